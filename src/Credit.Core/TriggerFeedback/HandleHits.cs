using System.Text.Json;
using Credit.Core.Deadlines;
using Credit.Core.Http;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Domain.Enforcement;
using Credit.Domain.Policy;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.TriggerFeedback;

/// <summary>
/// Moves the department's tasks behind each hit that is fed back (R-3.5.1.b): carried out is acknowledged and fed back, other is declined
/// where the measure is recommended. A mandatory measure is no way around its statutory reason (I43); a measure at rest is not executed (I39).
/// </summary>
internal sealed class HandleHits(CreditDbContext db, TriggerRequest request, string? messageNumber, Caller caller, TimeProvider clock)
{
    private readonly HashSet<Guid> _seen = [];

    /// <summary>Every reason against the message.</summary>
    public List<Refusal> Refusals { get; } = [];

    /// <summary>The hits answered, each once.</summary>
    public List<TriggerDetail> Answered { get; } = [];

    /// <summary>Takes the feedback on one hit; what was fed back before is ignored.</summary>
    public async Task TakeAsync(TakeTriggerFeedback.HitFeedback hit, string place, CancellationToken cancel)
    {
        if (!Guid.TryParse(hit.UnitedId, out var entryId) || request.Details.SingleOrDefault(detail => detail.EntryId == entryId) is not { } detail)
        {
            Refusals.Add(new("hit-unknown", "该查询结果中没有此命中项。", "The query has no such hit.", Clause.R("3.5.1.b"), $"{place}.unitedId"));
            return;
        }

        var today = clock.Today();
        var day = hit.ClTime ?? today;
        if (day < request.AskedOn || day > today)
        {
            Refusals.Add(new("date-out-of-range", "处理日期应在查询之日至今日之间。", "The day must lie between the query and today.", Clause.R("3.5.1.b"), $"{place}.clTime"));
            return;
        }

        if (detail.FedBackOn is not null || !_seen.Add(entryId))
        {
            return;
        }

        foreach (var task in await TasksOfAsync(detail, hit, place, today, cancel))
        {
            await MoveAsync(task, hit, day, place, cancel);
        }

        Answered.Add(detail with
        {
            HandleType = hit.HandleType,
            Result = string.Join('；', new[] { hit.Action, hit.FeedbackResult, hit.Remark }.Where(text => !string.IsNullOrWhiteSpace(text))),
            OccurredOn = day,
            FedBackOn = today,
        });
    }

    // Tasks of the entry for this subject that still have something to do; an entry out of its term has none (I33).
    private async Task<IReadOnlyList<MeasureTask>> TasksOfAsync(TriggerDetail detail, TakeTriggerFeedback.HitFeedback hit, string place, DateOnly today, CancellationToken cancel)
    {
        var entry = await db.Entries.AsNoTracking().SingleAsync(each => each.Id == detail.EntryId, cancel);
        var keys = detail.MeasureKeys.ToArray();
        var tasks = await db.Tasks
            .Where(task => task.EntryId == detail.EntryId && task.Department == request.Department && keys.Contains(task.MeasureKey)
                && (task.PersonId == request.SubjectId || (task.PersonId == null && task.SubjectId == request.SubjectId)))
            .OrderBy(task => task.Id).ToListAsync(cancel);
        if (Owing.Obliges(entry, today) && Owing.Runs(entry, today) && keys.Any(key => tasks.TrueForAll(task => task.MeasureKey != key)))
        {
            Refusals.Add(new(
                "task-not-given-out-yet", "措施任务正在下达，请稍后重试。", "The tasks of this hit are just being given out: send it again in a moment.", Clause.R("3.5.1.b")));
            return [];
        }

        var meant = (hit.UnionPairList ?? []).SelectMany(pair => pair.Contents).ToHashSet();
        var named = tasks.Where(task => meant.Count == 0 || meant.Contains(UnionPair.ContentOf(task.MeasureKey, task.Wording))).ToArray();
        if (meant.Count > named.Select(task => task.MeasureKey).Distinct().Count())
        {
            Refusals.Add(new("measure-not-in-hit", "所列措施不在该命中项中。", "A measure named is not among the hit's.", Clause.R("3.5.1.b"), $"{place}.unionPairList"));
        }

        return Owing.Obliges(entry, today) && Owing.Runs(entry, today)
            ? [.. named.Where(task => task.State is TaskState.Dispatched or TaskState.Acknowledged or TaskState.Applied or TaskState.FedBack)]
            : [];
    }

    private async Task MoveAsync(MeasureTask task, TakeTriggerFeedback.HitFeedback hit, DateOnly day, string place, CancellationToken cancel)
    {
        var today = clock.Today();
        if (hit.HandleType == 2 && task.Execution == TaskExecution.Suspended)
        {
            return;
        }

        if (task.State == TaskState.Dispatched)
        {
            // A move of its own in the register: the table of moves knows no shortcut.
            task.Acknowledge();
            await db.SaveChangesAsync(cancel);
        }

        if (hit.HandleType == 2 && task.State == TaskState.Acknowledged)
        {
            if (task.Obligation == MeasureObligation.Mandatory)
            {
                Refusals.Add(new(
                    "mandatory-not-carried-out",
                    "强制性措施尚未实施，不能以“其他”反馈；不适用的须引用法律依据。",
                    "A mandatory measure not carried out yet cannot be reported as other; find it not applicable and cite the law.",
                    Clause.R("3.5.1.b"),
                    $"{place}.handleType"));
                return;
            }

            Keep(task.Decline(hit.FeedbackResult!), place);
        }
        else
        {
            Keep(task.FeedBack(today), place);
            var report = JsonSerializer.Serialize(new { hit.Action, hit.FeedbackResult, hit.Remark, ClTime = day, RedblackRequestId = request.Number, RequestId = messageNumber }, RegisterInterceptor.Json);
            db.Add(Feedback.On(task, TakeTriggerFeedback.Kind, report, $"{hit.Action ?? "其他"}；{hit.FeedbackResult}", hit.HandleType, caller.User, clock.GetUtcNow()));
        }

        await DeadlineBook.MeetAsync(db, DeadlineKind.TaskFeedback, task.Id, clock, cancel);
    }

    private void Keep(Outcome<MeasureTask> moved, string place) => Refusals.AddRange(moved.Refusals.Select(refusal => refusal with { Field = place }));
}
