using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Oversight;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Core.Subjects;
using Credit.Domain.Accountability;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Accountability;

/// <summary>
/// The organisation's registrar, or the recogniser of an entry of it, records who is, or was, in an office (R-3.4.6.a). Nobody
/// answers by it before a second officer of the department confirmed it (see <see cref="ConfirmOfficeholder"/>).
/// </summary>
internal sealed class RecordOfficeholder : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/subjects/{id:guid}/officeholders", HandleAsync)
            .RequireAuthorization(Access.Department)
            .AnswerNotKept()
            .WithoutVersionBecause(VersionlessCommands.New)
            .WithName(nameof(RecordOfficeholder))
            .WithSummary("Record who is, or was, in an office of an organisation")
            .Produces<OfficeholderView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new
            {
                person = new { name = "张某某", certificateType = "身份证", certificateNumber = "370811199001010014" },
                office = "LegalRepresentative",
                since = "2021-03-01",
                evidence = "企业登记档案：任市监登〔2021〕108号变更登记。",
            });

    private static async Task<IResult> HandleAsync(
        Guid id, OfficeBody body, CreditDbContext db, Caller caller, TimeProvider clock, DepartmentDirectory departments, SubjectFinder subjects,
        CancellationToken cancel)
    {
        var organisation = await db.Subjects.AsNoTracking().SingleOrDefaultAsync(subject => subject.Id == id, cancel);
        if (organisation is null)
        {
            return TypedResults.NotFound();
        }

        if (!await OfficeAccess.MayRecordAsync(db, organisation, departments, caller.Department!, cancel))
        {
            return OfficeAccess.NotYours.ToProblem();
        }

        if (PersonalText.IsIn(body.Evidence))
        {
            return new Refusal(
                "office-names-person", "任职依据和理由中不得出现证件号码或电话。", "What an office rests on may not hold identity numbers or telephone numbers.", Clause.R("3.4.6.a"), "evidence").ToProblem();
        }

        if (organisation.Kind == SubjectKind.NaturalPerson)
        {
            return new Refusal("not-an-organisation", "该主体是自然人，没有任职人员。", "The subject is a natural person: nobody holds an office in it.", Clause.R("3.4.6.a")).ToProblem();
        }

        var today = clock.Today();
        var found = await subjects.FindOrRegisterAsync(body.Person.ToReference(), today, cancel);
        if (!found.Accepted)
        {
            return found.Refusals.ToProblem();
        }

        await using var transaction = await db.LockSubjectAsync(id, cancel);
        var person = new PersonHeld(found.Value.Id, found.Value.Name, found.Value.Mask);
        var known = await db.Officeholders.AsNoTracking().Where(holder => holder.OrganisationId == id).ToListAsync(cancel);
        var recorded = Officeholder.Record(
            id, person, new(body.Office, body.Since, body.Until, body.Evidence, caller.Department!, caller.User), organisation.LegalRepresentative, today, known);
        if (!recorded.Accepted)
        {
            return recorded.Refusals.ToProblem();
        }

        db.Add(recorded.Value);
        AskSecondPerson.Open(db, caller.Department!, recorded.Value.Id, $"任职记录 {recorded.Value.Id} 待第二人确认", today);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Created((string?)null, OfficeholderView.Of(recorded.Value)).WithVersion(recorded.Value.Version);
    }

    /// <summary>An office.</summary>
    /// <param name="Person">Who holds it.</param>
    /// <param name="Office">The office.</param>
    /// <param name="Since">First day in office.</param>
    /// <param name="Evidence">What it rests on, without personal numbers.</param>
    /// <param name="Until">Last day in office; absent while in office.</param>
    internal sealed record OfficeBody(PersonReference Person, Responsibility Office, DateOnly Since, string Evidence, DateOnly? Until = null);
}
