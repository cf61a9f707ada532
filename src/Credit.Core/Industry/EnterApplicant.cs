using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Core.Subjects;
using Credit.Domain.Industry;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Industry;

/// <summary>An association enters an organisation that applied for membership in its registry (R-3.4.4.a).</summary>
internal sealed class EnterApplicant : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/association-members", HandleAsync)
            .RequireAuthorization(Access.Association)
            .WithoutVersionBecause(VersionlessCommands.New)
            .WithName(nameof(EnterApplicant))
            .WithSummary("Enter an applicant in the association's registry of members")
            .Produces<MemberView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { subject = new { kind = "LegalPerson", name = "任城某某餐饮有限公司", code = "91370811MA3TEXT0X0" } });

    private static async Task<IResult> HandleAsync(
        ApplicantBody body, CreditDbContext db, Caller caller, TimeProvider clock, SubjectFinder subjects, CancellationToken cancel)
    {
        var today = clock.Today();
        var found = await subjects.FindOrRegisterAsync(body.Subject, today, cancel);
        var entered = found.Then(subject => AssociationMember.Apply(caller.Association!, subject, today));
        if (!entered.Accepted)
        {
            return entered.Refusals.ToProblem();
        }

        await using var transaction = await db.LockSubjectAsync(found.Value.Id, cancel);
        var already = await db.AssociationMembers.AnyAsync(
            each => each.Association == caller.Association && each.SubjectId == found.Value.Id
                && (each.State == MembershipState.Applicant || each.State == MembershipState.Member),
            cancel);
        if (already)
        {
            return new Refusal("member-already", "该单位已是会员或已申请入会。", "The organisation is a member or applicant already.", Clause.R("3.4.4.a")).ToProblem();
        }

        db.Add(entered.Value);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Created($"/api/association-members/{entered.Value.Id}", MemberView.Of(entered.Value)).WithVersion(entered.Value.Version);
    }

    /// <summary>An applicant.</summary>
    /// <param name="Subject">The organisation, by identifier.</param>
    internal sealed record ApplicantBody(SubjectReference Subject);
}
