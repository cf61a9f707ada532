using System.Text.Json.Nodes;
using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Domain.Accountability;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Accountability;

/// <summary>
/// 公职人员诚信档案: a reference for appointment, hiring, assessment and honours (R-3.4.2.b). Shown to who keeps these files, for a
/// stated purpose, and to the person itself; each reading is in the log before the file is shown.
/// </summary>
internal sealed class ReadPublicServantFile : IUseCase
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/persons/{id:guid}/public-servant-file/readings", ConsultAsync)
            .RequireAuthorization(Access.IntegrityFile)
            .AnswerNotKept()
            .WithoutVersionBecause(VersionlessCommands.Question)
            .WithName("ConsultPublicServantFile")
            .WithSummary("Read a public servant's integrity file for a stated purpose")
            .Produces<PersonalFile>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { purpose = "Appointment", caseNumber = "任组干〔2026〕12号" });
        api.MapGet("/persons/{id:guid}/public-servant-file", ReadOwnAsync)
            .RequireAuthorization(Access.Authenticated)
            .WithName(nameof(ReadPublicServantFile))
            .WithSummary("Read one's own integrity file as a public servant")
            .Produces<PersonalFile>()
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ConsultAsync(
        Guid id, IntegrityReading body, CreditDbContext db, RegisterPen pen, TimeProvider clock, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(body.CaseNumber) || body.CaseNumber.Length > 200)
        {
            return new Refusal("case-number-missing", "请写明案件或事项编号。", "State the number of the case.", Clause.R("3.4.2.b"), "caseNumber").ToProblem();
        }

        return PersonalText.IsIn(body.CaseNumber)
            ? new Refusal(
                "purpose-names-person", "目的和编号中不得出现证件号码或电话。", "Purpose and case number may not hold identity numbers or telephone numbers.", Clause.R("3.4.2.b"), "caseNumber").ToProblem()
            : await ShowAsync(id, new PublicServantFileRead(id, body.Purpose, body.CaseNumber), db, pen, clock, cancel);
    }

    private static Task<IResult> ReadOwnAsync(Guid id, CreditDbContext db, Caller caller, RegisterPen pen, TimeProvider clock, CancellationToken cancel) =>
        caller.SubjectId == id
            ? ShowAsync(id, new PublicServantFileRead(id, Purpose: null, CaseNumber: null), db, pen, clock, cancel)
            : Task.FromResult<IResult>(TypedResults.NotFound());

    private static async Task<IResult> ShowAsync(
        Guid id, PublicServantFileRead reading, CreditDbContext db, RegisterPen pen, TimeProvider clock, CancellationToken cancel)
    {
        if (!await db.ProfessionTags.AnyAsync(tag => tag.PersonId == id && tag.Profession == Profession.PublicServant && tag.EndedOn == null, cancel))
        {
            return TypedResults.NotFound();
        }

        var file = await PersonalFile.OfAsync(db, id, clock.Today(), whole: true, cancel);
        db.Add(pen.Write(reading, "PublicServantFile", id, Clause.R("3.4.2.b"), before: null, new JsonObject()));
        await db.SaveChangesAsync(cancel);
        return TypedResults.Ok(file);
    }

    /// <summary>Why the file is read.</summary>
    /// <param name="Purpose">What it is a reference for.</param>
    /// <param name="CaseNumber">Number of the procedure.</param>
    internal sealed record IntegrityReading(IntegrityPurpose Purpose, string CaseNumber);
}
