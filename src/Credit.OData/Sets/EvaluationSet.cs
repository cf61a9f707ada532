using Credit.Abstractions;
using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Oversight;

namespace Credit.OData.Sets;

/// <summary>Evaluations of the departments, once published.</summary>
public sealed record EvaluationRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>First day evaluated.</summary>
    public DateOnly From { get; init; }

    /// <summary>Last day evaluated.</summary>
    public DateOnly To { get; init; }

    /// <summary>Third party that evaluated.</summary>
    public string? Evaluator { get; init; }

    /// <summary>Where it stands.</summary>
    public string State { get; init; } = "";

    /// <summary>Day of the run.</summary>
    public DateOnly RunOn { get; init; }

    /// <summary>Day published internally.</summary>
    public DateOnly? PublishedOn { get; init; }

    /// <summary>Day reported to the district government.</summary>
    public DateOnly? ReportedOn { get; init; }
}

/// <summary>Evaluations of the departments, once published.</summary>
internal sealed class EvaluationSet(OfficialDbContext db, Caller caller) : IEntitySet<EvaluationRow>
{
    public static string Name => "Evaluations";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Evaluations of the departments, once published.";

    public static void Shape(ISetShape<EvaluationRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.From, each => each.To, each => each.RunOn, each => each.PublishedOn)
        .Sort(each => each.RunOn)
        .Navigate<EvaluationScoreRow>("Scores", each => each.Id, target => target.EvaluationId)
        .Page(size: 100, max: 1000);

    public IQueryable<EvaluationRow> Rows() =>
        db.Evaluations
            .Where(each => caller.SeesAllDepartments || each.State != EvaluationState.Computed)
            .Select(each => new EvaluationRow
            {
                Id = each.Id,
                From = each.From,
                To = each.To,
                Evaluator = each.Evaluator,
                State = each.State.ToString(),
                RunOn = each.RunOn,
                PublishedOn = each.PublishedOn,
                ReportedOn = each.ReportedOn,
            });
}
