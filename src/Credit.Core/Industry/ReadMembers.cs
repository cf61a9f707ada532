using Credit.Core.Http;
using Credit.Core.Records;
using Credit.Core.Store;
using Credit.Domain.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Industry;

/// <summary>会员信用档案: the members of the caller's association, each with the sanctions the association imposed (R-3.4.4.a).</summary>
internal sealed class ReadMembers : IUseCase
{
    private const int Most = 1000;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/association-members", HandleAsync)
            .RequireAuthorization(Access.Association)
            .WithName(nameof(ReadMembers))
            .WithSummary("Read the members of the own association and their credit files")
            .Produces<MembersView>();

    private static async Task<IResult> HandleAsync(CreditDbContext db, Caller caller, CancellationToken cancel)
    {
        var members = await (
            from member in db.AssociationMembers.AsNoTracking()
            join subject in db.Subjects on member.SubjectId equals subject.Id
            where member.Association == caller.Association
            orderby member.AppliedOn descending, member.Id
            select new { Member = member, subject.Name, subject.Code }).Take(Most).ToListAsync(cancel);
        var subjects = members.Select(each => each.Member.SubjectId).ToArray();
        var sanctions = (await db.CreditRecords.AsNoTracking()
            .Where(record => record.Provider == caller.Association && subjects.Contains(record.SubjectId) && record.State == RecordState.Current)
            .OrderBy(record => record.FormedOn).ThenBy(record => record.Id).ToListAsync(cancel)).ToLookup(record => record.SubjectId);
        return TypedResults.Ok(new MembersView([.. members.Select(each => new MemberFile(
            MemberView.Of(each.Member), each.Name, each.Code, [.. sanctions[each.Member.SubjectId].Select(CreditRecordView.Of)]))]));
    }

    /// <summary>Members of an association.</summary>
    /// <param name="Members">The latest first, 1000 at most.</param>
    internal sealed record MembersView(IReadOnlyList<MemberFile> Members);

    /// <summary>A member's credit file.</summary>
    /// <param name="Member">The membership.</param>
    /// <param name="Name">Name of the organisation.</param>
    /// <param name="Code">Its code.</param>
    /// <param name="Sanctions">Sanctions of the association, the earliest first.</param>
    internal sealed record MemberFile(MemberView Member, string Name, string? Code, IReadOnlyList<CreditRecordView> Sanctions);
}
