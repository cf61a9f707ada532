using System.Text.Json.Nodes;
using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Credit.Domain.Reports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Reports;

/// <summary>The custodian looks who made a report, for a stated purpose; the log says so before anything is shown (R-3.4.5.a, I77).</summary>
internal sealed class ReadInformant : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/reports/{id:guid}/informant", HandleAsync)
            .RequireAuthorization(Access.ReportCustodian)
            .AnswerNotKept()
            .WithoutVersionBecause(VersionlessCommands.Question)
            .WithName(nameof(ReadInformant))
            .WithSummary("See who made a report of misconduct, as its custodian")
            .Produces<Informant>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(
                new { purpose = "依法发放举报奖励", caseNumber = "任信举奖〔2026〕2号" },
                new { name = "（仅保管人可见）", phone = "（仅保管人可见）", address = "（仅保管人可见）" });

    private static async Task<IResult> HandleAsync(
        Guid id, VaultPurpose body, CreditDbContext db, InformantVault vault, RegisterPen pen, CancellationToken cancel)
    {
        if (!await db.MisconductReports.AnyAsync(report => report.Id == id, cancel))
        {
            return TypedResults.NotFound();
        }

        if (Against(body).ToArray() is { Length: > 0 } refusals)
        {
            return refusals.ToProblem();
        }

        db.Add(pen.Write(new VaultRead(id, body.Purpose, body.CaseNumber), "InformantVault", id, Clause.Standard("I77"), before: null, new JsonObject()));
        await db.SaveChangesAsync(cancel);
        return TypedResults.Ok(await vault.OpenAsync(id, cancel));
    }

    private static IEnumerable<Refusal> Against(VaultPurpose body)
    {
        if (string.IsNullOrWhiteSpace(body.Purpose) || body.Purpose.Length > 500)
        {
            yield return new("purpose-missing", "请写明使用目的。", "State what it is needed for.", Clause.R("3.4.5.a"), "purpose");
        }

        if (string.IsNullOrWhiteSpace(body.CaseNumber) || body.CaseNumber.Length > 200)
        {
            yield return new("case-number-missing", "请写明案件或事项编号。", "State the number of the case.", Clause.R("3.4.5.a"), "caseNumber");
        }

        if (PersonalText.IsIn(body.Purpose) || PersonalText.IsIn(body.CaseNumber))
        {
            yield return new(
                "purpose-names-person", "目的和编号中不得出现证件号码或电话。", "Purpose and case number may not hold identity numbers or telephone numbers.", Clause.R("3.4.5.a"), "purpose");
        }
    }

    /// <summary>Why.</summary>
    /// <param name="Purpose">What it is needed for.</param>
    /// <param name="CaseNumber">Number of the case it is needed in.</param>
    internal sealed record VaultPurpose(string Purpose, string CaseNumber);
}
