using Credit.Domain.Listing;
using Credit.Domain.Policy;
using static Credit.Domain.Enforcement.TriggerRequestState;
using static Credit.Domain.Enforcement.TriggerRequestTrigger;

namespace Credit.Domain.Enforcement;

/// <summary>How far a department's feedback on one query has come.</summary>
public enum TriggerRequestState
{
    /// <summary>未反馈: none of its hits is answered.</summary>
    NotFedBack,

    /// <summary>反馈中: some are.</summary>
    InFeedback,

    /// <summary>已完成: all are, or there was nothing to answer.</summary>
    Completed,
}

/// <summary>What moves a trigger request.</summary>
public enum TriggerRequestTrigger
{
    /// <summary>A hit was answered and others are not.</summary>
    FeedBackSome,

    /// <summary>The last hit was answered.</summary>
    FeedBackAll,
}

/// <summary>The life of a trigger request: 未反馈 → 反馈中 → 已完成.</summary>
public static class TriggerRequestLifecycle
{
    /// <summary>The table.</summary>
    public static readonly Lifecycle<TriggerRequestState, TriggerRequestTrigger> Table = new("TriggerRequest", NotFedBack,
        (NotFedBack, FeedBackSome, InFeedback, "R-3.5.1.b"),
        (NotFedBack, FeedBackAll, Completed, "R-3.5.1.b"),
        (InFeedback, FeedBackSome, InFeedback, "R-3.5.1.b"),
        (InFeedback, FeedBackAll, Completed, "R-3.5.1.b"));
}

/// <summary>One hit of a query, with what the department did about it.</summary>
/// <param name="EntryId">The entry found.</param>
/// <param name="List">Its list.</param>
/// <param name="MeasureKeys">Measures named to the department.</param>
/// <param name="HandleType">1 实施奖惩, 2 其他; null until fed back.</param>
/// <param name="Result">What was done and what came of it; null until then.</param>
/// <param name="OccurredOn">Day it was done; null until then.</param>
/// <param name="FedBackOn">Day it was fed back; null until then.</param>
public sealed record TriggerDetail(
    Guid EntryId, ListKind List, IReadOnlyList<string> MeasureKeys, int? HandleType = null, string? Result = null, DateOnly? OccurredOn = null, DateOnly? FedBackOn = null);

/// <summary>
/// A department's system asked about a subject and owes feedback on every hit (触发反馈, 发起—响应—反馈; .a, R-3.5.1.b). A hit
/// fed back once stays as it is: the second time is ignored.
/// </summary>
public sealed class TriggerRequest : Aggregate
{
    private TriggerRequest()
    {
    }

    /// <summary>查询编号 of the check behind it: the request's identity for the department's system.</summary>
    public string Number { get; private init; } = "";

    /// <summary>Department that asked.</summary>
    public string Department { get; private init; } = "";

    /// <summary>The subject; null when the register does not know it.</summary>
    [GoneAfterRetention]
    public Guid? SubjectId { get; private init; }

    /// <summary>Day asked.</summary>
    public DateOnly AskedOn { get; private init; }

    /// <summary>How far it is.</summary>
    public TriggerRequestState State { get; private set; }

    /// <summary>The hits.</summary>
    public IReadOnlyList<TriggerDetail> Details { get; private set; } = [];

    /// <summary>Opens the request with the hits of a check. Without hits there is nothing to feed back.</summary>
    internal static TriggerRequest Open(string number, string department, Guid? subjectId, IReadOnlyList<TriggerDetail> details, DateOnly today)
    {
        var opened = new TriggerRequest { Number = number, Department = department, SubjectId = subjectId, AskedOn = today, Details = details };
        opened.State = details.Count == 0 ? Completed : TriggerRequestLifecycle.Table.Start;
        opened.Announce(new TriggerRequestMoved(opened.Id, number, department, details.Count, 0, opened.State), Clause.R("3.5.1.a"));
        return opened;
    }

    /// <summary>The retention of the question is over: whom it was about and what people wrote is gone, that there were hits and answers stays (I91).</summary>
    internal void Anonymise(Guid nobody)
    {
        Details = [.. Details.Select(detail => detail with { Result = null })];
        EmptyWith(Id, nobody);
    }

    /// <summary>Takes the feedback on hits that have none yet.</summary>
    internal Outcome<TriggerRequest> FeedBack(IReadOnlyList<TriggerDetail> answered)
    {
        var given = answered.ToDictionary(detail => detail.EntryId);
        TriggerDetail[] after = [.. Details.Select(detail => detail.FedBackOn is null && given.TryGetValue(detail.EntryId, out var answer) ? answer : detail)];
        var done = after.Count(detail => detail.FedBackOn is not null);
        return TriggerRequestLifecycle.Table.Fire(State, done == after.Length ? FeedBackAll : FeedBackSome).Then<TriggerRequest>(move =>
        {
            (State, Details) = (move.To, after);
            Announce(new TriggerRequestMoved(Id, Number, Department, after.Length, done, move.To), new Clause(Clause.Rencheng2019Document, move.Clause));
            return this;
        });
    }
}

/// <summary>A department's query was opened, or fed back on in part or whole.</summary>
[WireName("trigger-request.moved.v1")]
public sealed record TriggerRequestMoved(Guid RequestId, string Number, string Department, int Hits, int FedBack, TriggerRequestState To);
