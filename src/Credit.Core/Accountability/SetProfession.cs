using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Accountability;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Accountability;

/// <summary>
/// A department tags a person with a profession of the key groups. The tag of public servants opens the integrity file
/// and is for those who keep these files alone (R-3.4.2.b).
/// </summary>
internal sealed class SetProfession : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/persons/{id:guid}/professions", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithoutVersionBecause(VersionlessCommands.New)
            .WithName(nameof(SetProfession))
            .WithSummary("Tag a person with a profession of the key groups")
            .Produces<ProfessionView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithExample(new { profession = "Teacher" });

    private static async Task<IResult> HandleAsync(
        Guid id, ProfessionBody body, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel)
    {
        if (body.Profession == Profession.PublicServant && !caller.Is(Roles.IntegrityFile))
        {
            return new Refusal(
                "integrity-file-not-yours", "公职人员诚信档案由组织、人社部门建立。", "Integrity files of public servants are kept by the departments of organisation and human resources.", Clause.R("3.4.2.b")).ToProblem();
        }

        if (!await db.Subjects.AnyAsync(subject => subject.Id == id && subject.Kind == SubjectKind.NaturalPerson, cancel))
        {
            return TypedResults.NotFound();
        }

        await using var transaction = await db.LockSubjectAsync(id, cancel);
        if (await db.ProfessionTags.AnyAsync(each => each.PersonId == id && each.Profession == body.Profession && each.EndedOn == null, cancel))
        {
            return new Refusal("profession-already-set", "该职业标签已存在。", "The person already has that profession tag.", Clause.R("3.6.3")).ToProblem();
        }

        var tag = ProfessionTag.Set(id, body.Profession, caller.Department!, clock.Today());
        db.Add(tag);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Created((string?)null, ProfessionView.Of(tag)).WithVersion(tag.Version);
    }

    /// <summary>A profession.</summary>
    /// <param name="Profession">One of the key groups.</param>
    internal sealed record ProfessionBody(Profession Profession);
}

/// <summary>A profession tag.</summary>
/// <param name="Id">Identity.</param>
/// <param name="PersonId">The person.</param>
/// <param name="Profession">The profession.</param>
/// <param name="SetOn">Day set.</param>
/// <param name="EndedOn">First day it no longer holds.</param>
/// <param name="Version">Version, as in the ETag.</param>
internal sealed record ProfessionView(Guid Id, Guid PersonId, Profession Profession, DateOnly SetOn, DateOnly? EndedOn, int Version)
{
    public static ProfessionView Of(ProfessionTag tag) => new(tag.Id, tag.PersonId, tag.Profession, tag.SetOn, tag.EndedOn, tag.Version);
}
