using System.Text.Json;
using Credit.Core.Deadlines;
using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Domain.Oversight;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Oversight;

/// <summary>A department reports progress, figures and cases on its part of a task to the lead office (R-4.3.a).</summary>
internal sealed class ReportProgress : IUseCase
{
    private const int MostFigures = 50;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/oversight/progress", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithoutVersionBecause(VersionlessCommands.New)
            .WithName(nameof(ReportProgress))
            .WithSummary("Report progress on a task of the annex for a period")
            .Produces<ProgressView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new
            {
                taskNo = 13,
                from = "2026-10-01",
                text = "本季度对严重失信主体实施联合惩戒12家次，督促缴清税款3起。",
                figures = new[] { new { name = "联合惩戒家次", value = 12, unit = "家次" } },
                cases = Array.Empty<string>(),
            });

    private static async Task<IResult> HandleAsync(ProgressBody body, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var term = await db.ProgressTerms
            .FromSql($"SELECT * FROM core.progress_term WHERE task_no = {body.TaskNo} AND department = {caller.Department} AND \"from\" = {body.From} FOR UPDATE")
            .SingleOrDefaultAsync(cancel);
        var refusals = await AgainstAsync(body, term, db, caller, cancel);
        if (refusals.Count > 0)
        {
            return refusals.ToProblem();
        }

        var today = clock.Today();
        var submitted = ProgressReport.Submit(
            body.TaskNo, term!.Department, new ReportingPeriod(term.From, term.To), term.DueOn, body.Text,
            JsonSerializer.Serialize(body.Figures ?? [], RegisterInterceptor.Json), [.. (body.Cases ?? []).Distinct()], caller.User, today);
        if (!submitted.Accepted)
        {
            return submitted.Refusals.ToProblem();
        }

        db.Add(submitted.Value);
        (term.ReportId, term.ReportedOn) = (submitted.Value.Id, today);
        await DeadlineBook.MeetAsync(db, DeadlineKind.ReportProgress, term.Id, clock, cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Created($"/api/oversight/progress/{submitted.Value.Id}", ProgressView.Of(submitted.Value)).WithVersion(submitted.Value.Version);
    }

    private static async Task<IReadOnlyList<Refusal>> AgainstAsync(ProgressBody body, ProgressTerm? term, CreditDbContext db, Caller caller, CancellationToken cancel)
    {
        List<Refusal> refusals = [];
        if (term is null)
        {
            refusals.Add(new(
                "progress-not-owed", "本部门在该期间没有该项任务的报送义务。", "Your department owes no report on this task for this period.", Clause.R("4.3.a"), "taskNo"));
        }
        else if (term.ReportId is not null)
        {
            refusals.Add(new("progress-reported", "该期间的工作进展已报送。", "Progress of this period is already reported.", Clause.R("4.3.a")));
        }

        var figures = body.Figures ?? [];
        if (figures.Count > MostFigures || figures.Any(figure => string.IsNullOrWhiteSpace(figure.Name) || figure.Name.Length > 200 || figure.Unit?.Length > 50))
        {
            refusals.Add(new("figures-invalid", "指标最多50项，每项须有名称。", "At most 50 figures, each with a name.", Clause.R("4.3.a"), "figures"));
        }

        refusals.AddRange(TextNamesPerson.Against(
            Clause.R("4.3.a"), [(body.Text, "text"), .. figures.SelectMany(figure => new[] { (figure.Name, "figures"), (figure.Unit, "figures") })]));
        var cases = (body.Cases ?? []).Distinct().ToArray();
        if (await db.Cases.CountAsync(each => cases.Contains(each.Id) && each.Department == caller.Department, cancel) < cases.Length)
        {
            refusals.Add(new("progress-cases-unknown", "请列出本部门归集的案例。", "Name cases that your department collected.", Clause.R("3.5.1.c"), "cases"));
        }

        return refusals;
    }

    /// <summary>A report.</summary>
    /// <param name="TaskNo">序号 of the task.</param>
    /// <param name="From">First day of the period.</param>
    /// <param name="Text">Progress, without personal data.</param>
    /// <param name="Figures">Figures.</param>
    /// <param name="Cases">Cases the department collected.</param>
    internal sealed record ProgressBody(int TaskNo, DateOnly From, string Text, IReadOnlyList<ProgressFigure>? Figures, IReadOnlyList<Guid>? Cases);
}

/// <summary>A figure of a progress report.</summary>
/// <param name="Name">What is counted.</param>
/// <param name="Value">How much.</param>
/// <param name="Unit">In what; null when it needs none.</param>
internal sealed record ProgressFigure(string Name, decimal Value, string? Unit);

/// <summary>A progress report as departments see it.</summary>
/// <param name="Id">Identity.</param>
/// <param name="TaskNo">序号 of the task.</param>
/// <param name="Department">Reporting department.</param>
/// <param name="From">First day of the period.</param>
/// <param name="To">Last day of the period.</param>
/// <param name="Text">Progress.</param>
/// <param name="Figures">Figures.</param>
/// <param name="Cases">Cases.</param>
/// <param name="ReportedOn">Day of the report.</param>
/// <param name="Late">Reported after the last day in time.</param>
/// <param name="Version">Version, as in the ETag.</param>
internal sealed record ProgressView(
    Guid Id, int TaskNo, string Department, DateOnly From, DateOnly To, string Text, IReadOnlyList<ProgressFigure> Figures, IReadOnlyList<Guid> Cases,
    DateOnly ReportedOn, bool Late, int Version)
{
    public static ProgressView Of(ProgressReport report) => new(
        report.Id, report.TaskNo, report.Department, report.From, report.To, report.Text,
        JsonSerializer.Deserialize<ProgressFigure[]>(report.Figures, RegisterInterceptor.Json)!, report.Cases, report.ReportedOn, report.Late, report.Version);
}
