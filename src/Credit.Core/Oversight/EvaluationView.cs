using System.Text.Json;
using Credit.Core.Http;
using Credit.Core.Register;
using Credit.Domain.Oversight;

namespace Credit.Core.Oversight;

/// <summary>An evaluation as an official sees it: every score, and the figures behind its own department's.</summary>
/// <param name="Id">Identity.</param>
/// <param name="From">First day evaluated.</param>
/// <param name="To">Last day evaluated.</param>
/// <param name="Evaluator">Third party that evaluated; null when the lead office did itself.</param>
/// <param name="Formula">Formula applied.</param>
/// <param name="State">Where it stands.</param>
/// <param name="RunOn">Day of the run.</param>
/// <param name="PublishedOn">Day published internally.</param>
/// <param name="GovernmentReport">Report to the district government, for lead office and auditor; null before.</param>
/// <param name="ReportedOn">Day reported to the district government.</param>
/// <param name="Scores">Scores, best first.</param>
/// <param name="Version">Version, as in the ETag.</param>
internal sealed record EvaluationView(
    Guid Id, DateOnly From, DateOnly To, string? Evaluator, JsonElement Formula, EvaluationState State, DateOnly RunOn, DateOnly? PublishedOn,
    string? GovernmentReport, DateOnly? ReportedOn, IReadOnlyList<ScoreView> Scores, int Version)
{
    public static EvaluationView Of(Evaluation evaluation, Caller caller) => new(
        evaluation.Id, evaluation.From, evaluation.To, evaluation.Evaluator, JsonElement.Parse(evaluation.Formula), evaluation.State, evaluation.RunOn,
        evaluation.PublishedOn, caller.SeesAllDepartments ? evaluation.GovernmentReport : null, evaluation.ReportedOn,
        [
            .. evaluation.Scores.OrderByDescending(score => score.Score ?? -1).ThenBy(score => score.Department, StringComparer.Ordinal).Select(score => new ScoreView(
                score.Department, score.Score, score.Poor,
                caller.SeesAllDepartments || caller.Department == score.Department
                    ? JsonSerializer.Deserialize<FigureView[]>(score.Figures, RegisterInterceptor.Json)
                    : null)),
        ],
        evaluation.Version);

    /// <summary>Before its publication only lead office and auditor see it.</summary>
    public static bool MaySee(Evaluation evaluation, Caller caller) => caller.SeesAllDepartments || evaluation.State != EvaluationState.Computed;
}

/// <summary>The score of a department.</summary>
/// <param name="Department">Key of the department.</param>
/// <param name="Score">0 to 100; null when it had nothing to do.</param>
/// <param name="Poor">Below the threshold.</param>
/// <param name="Figures">What it is made of; null on other departments'.</param>
internal sealed record ScoreView(string Department, decimal? Score, bool Poor, IReadOnlyList<FigureView>? Figures);
