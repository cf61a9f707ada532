using Credit.Domain.Policy;
using static Credit.Domain.Oversight.EvaluationState;
using static Credit.Domain.Oversight.EvaluationTrigger;

namespace Credit.Domain.Oversight;

/// <summary>Where an evaluation stands.</summary>
public enum EvaluationState
{
    /// <summary>Computed and stored; the lead office alone sees it.</summary>
    Computed,

    /// <summary>Published internally; poor performers are notified (通报).</summary>
    Published,

    /// <summary>Reported to the district government.</summary>
    Reported,
}

/// <summary>What moves an evaluation.</summary>
public enum EvaluationTrigger
{
    /// <summary>Published internally.</summary>
    Publish,

    /// <summary>Reported to the district government.</summary>
    Report,
}

/// <summary>The life of an evaluation.</summary>
public static class EvaluationLifecycle
{
    /// <summary>The table.</summary>
    public static readonly Lifecycle<EvaluationState, EvaluationTrigger> Table = new("Evaluation", Computed,
        (Computed, Publish, Published, "R-4.3.b"),
        (Published, Report, Reported, "R-4.3.b"));
}

/// <summary>The score of a department in an evaluation, with the figures it was made of, as they were then.</summary>
public sealed class EvaluationScore
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The department.</summary>
    public string Department { get; init; } = "";

    /// <summary>0 to 100; null when it had nothing to do.</summary>
    public decimal? Score { get; init; }

    /// <summary>Below the threshold: notified and rectified.</summary>
    public bool Poor { get; init; }

    /// <summary>Figures of each indicator as JSON.</summary>
    public string Figures { get; init; } = "[]";
}

/// <summary>An evaluation of the departments over a period by the published formula (R-4.3.b). Scores are a snapshot: they never change.</summary>
public sealed class Evaluation : Aggregate
{
    private readonly List<EvaluationScore> _scores = [];

    private Evaluation()
    {
    }

    /// <summary>First day evaluated.</summary>
    public DateOnly From { get; private init; }

    /// <summary>Last day evaluated, included.</summary>
    public DateOnly To { get; private init; }

    /// <summary>Third party that evaluated; null when the lead office did itself.</summary>
    public string? Evaluator { get; private init; }

    /// <summary>Formula applied, as JSON.</summary>
    public string Formula { get; private init; } = "{}";

    /// <summary>Policy pack the formula came from.</summary>
    public string PolicyPack { get; private init; } = "";

    /// <summary>Account that ran it; another one publishes it (I84).</summary>
    public string RunBy { get; private init; } = "";

    /// <summary>Day of the run.</summary>
    public DateOnly RunOn { get; private init; }

    /// <summary>Where it stands.</summary>
    public EvaluationState State { get; private set; }

    /// <summary>Account that published it.</summary>
    public string? PublishedBy { get; private set; }

    /// <summary>Day published.</summary>
    public DateOnly? PublishedOn { get; private set; }

    /// <summary>The report to the district government, as sent; null before.</summary>
    public string? GovernmentReport { get; private set; }

    /// <summary>Day reported to the district government.</summary>
    public DateOnly? ReportedOn { get; private set; }

    /// <summary>One score for each department.</summary>
    public IReadOnlyList<EvaluationScore> Scores => _scores;

    internal static Evaluation Run(
        DateOnly from, DateOnly to, string? evaluator, EvaluationFormula formula, string formulaText, string pack, string by, DateOnly today,
        IEnumerable<(string Department, IReadOnlyList<IndicatorFigure> Figures, string FiguresText)> departments)
    {
        var evaluation = new Evaluation
        {
            From = from,
            To = to,
            Evaluator = evaluator,
            Formula = formulaText,
            PolicyPack = pack,
            RunBy = by,
            RunOn = today,
        };
        foreach (var (department, figures, text) in departments)
        {
            var score = formula.Score(figures);
            evaluation._scores.Add(new EvaluationScore { Department = department, Score = score, Poor = formula.IsPoor(score), Figures = text });
        }

        evaluation.Announce(new EvaluationRun(evaluation.Id, from, to), Clause.R("4.3.b"));
        return evaluation;
    }

    internal Outcome<Evaluation> Publish(string by, DateOnly today) => by == RunBy
        ? new Refusal("four-eyes", "考评人不得发布本次考评结果。", "Who ran the evaluation does not publish it.", Clause.Standard("I84"))
        : Fire(EvaluationTrigger.Publish, () => (PublishedBy, PublishedOn) = (by, today));

    internal Outcome<Evaluation> ReportToGovernment(string text, DateOnly today) =>
        Fire(EvaluationTrigger.Report, () => (GovernmentReport, ReportedOn) = (text, today));

    private Outcome<Evaluation> Fire(EvaluationTrigger on, Action effect) =>
        EvaluationLifecycle.Table.Fire(State, on).Then<Evaluation>(move =>
        {
            State = move.To;
            effect();
            Announce(new EvaluationMoved(Id, move.To), new Clause(Clause.Rencheng2019Document, move.Clause));
            return this;
        });
}
