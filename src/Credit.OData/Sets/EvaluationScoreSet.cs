using Credit.Abstractions;
using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Oversight;

namespace Credit.OData.Sets;

/// <summary>Scores of departments in published evaluations.</summary>
public sealed record EvaluationScoreRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>The evaluation.</summary>
    public Guid EvaluationId { get; init; }

    /// <summary>The department.</summary>
    public string Department { get; init; } = "";

    /// <summary>0 to 100; null when it had nothing to do.</summary>
    public decimal? Score { get; init; }

    /// <summary>Below the threshold.</summary>
    public bool Poor { get; init; }
}

/// <summary>Scores of departments in published evaluations.</summary>
internal sealed class EvaluationScoreSet(OfficialDbContext db, Caller caller) : IEntitySet<EvaluationScoreRow>
{
    public static string Name => "EvaluationScores";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Scores of departments in published evaluations.";

    public static void Shape(ISetShape<EvaluationScoreRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.EvaluationId, each => each.Department, each => each.Score, each => each.Poor)
        .Sort(each => each.Department)
        .Navigate<EvaluationRow>("Evaluation", each => each.EvaluationId, target => target.Id)
        .Page(size: 100, max: 1000);

    public IQueryable<EvaluationScoreRow> Rows() =>
        from evaluation in db.Evaluations
        where caller.SeesAllDepartments || evaluation.State != EvaluationState.Computed
        from score in evaluation.Scores
        select new EvaluationScoreRow
        {
            Id = score.Id,
            EvaluationId = evaluation.Id,
            Department = score.Department,
            Score = score.Score,
            Poor = score.Poor,
        };
}
