using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credit.Core.Enforcement;
using Credit.Domain.Enforcement;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Demo.Stories;

/// <summary>What a department does with one task.</summary>
internal enum Fate
{
    /// <summary>Nothing yet.</summary>
    Leave,

    /// <summary>Takes note.</summary>
    Acknowledge,

    /// <summary>Carries it out; the report is owed.</summary>
    Apply,

    /// <summary>Carries it out and reports.</summary>
    FeedBack,

    /// <summary>Finds nothing to carry it out on.</summary>
    FindNotApplicable,

    /// <summary>Declines it, if it may.</summary>
    Decline,

    /// <summary>Confirms the stop.</summary>
    ConfirmStop,

    /// <summary>Confirms the stop and closes.</summary>
    Close,
}

/// <summary>The departments at work on the measures of an entry: the fates go round among its tasks.</summary>
internal static class MeasureWork
{
    /// <summary>Works on tasks that nobody has touched.</summary>
    public static async Task CarryOutAsync(Stage stage, Guid entry, IReadOnlyList<Fate> fates)
    {
        var tasks = await TasksAsync(stage, entry, TaskState.Dispatched);
        for (var index = 0; index < tasks.Count; index++)
        {
            var fate = fates[index % fates.Count];
            if (fate != Fate.Leave)
            {
                await MoveAsync(stage, tasks[index], fate);
            }
        }
    }

    /// <summary>Answers stop orders.</summary>
    public static async Task StopAsync(Stage stage, Guid entry, IReadOnlyList<Fate> fates)
    {
        var tasks = await TasksAsync(stage, entry, TaskState.StopRequested);
        for (var index = 0; index < tasks.Count; index++)
        {
            if (fates[index % fates.Count] is not (Fate.ConfirmStop or Fate.Close) and not Fate.Leave)
            {
                throw new ArgumentException("A stop order is confirmed, closed or left.", nameof(fates));
            }

            if (fates[index % fates.Count] == Fate.Leave)
            {
                continue;
            }

            var task = tasks[index];
            var version = await AskAsync(stage, task, nameof(ConfirmStop), new { note = "已解除限制，恢复原状。" }, task.Version);
            if (fates[index % fates.Count] == Fate.Close)
            {
                await AskAsync(stage, task, nameof(CloseTask), body: null, version);
            }
        }
    }

    /// <summary>Some departments make a case each of what they reported, if they have.</summary>
    public static async Task CollectAsync(Stage stage, Guid entry, int cases)
    {
        var reported = await TasksAsync(stage, entry, TaskState.FedBack);
        foreach (var one in reported.GroupBy(task => (task.Department, task.Memorandum)).Take(cases))
        {
            var answer = await stage.AskAsync(DemoCaller.Officer(one.Key.Department), nameof(CollectCase), new
            {
                taskIds = one.Select(task => task.Id),
                title = $"{one.First().Domain}领域联合奖惩措施落实案例",
                effect = "措施实施后，当事主体主动履行义务并作出公开信用承诺。",
                typical = cases > 1,
            });
            if (stage.NextApproval() is { } decided)
            {
                await stage.AskAsync(
                    DemoCaller.LeadOffice(), nameof(DecideCase), new { approve = decided }, answer.GetProperty("id").GetGuid(), answer.GetProperty("version").GetInt32());
            }
        }
    }

    private static Task<List<MeasureTask>> TasksAsync(Stage stage, Guid entry, TaskState state) => stage.ReadAsync((db, cancel) => db.Tasks.AsNoTracking()
        .Where(task => task.EntryId == entry && task.State == state && task.Execution != TaskExecution.Suspended)
        .OrderBy(task => task.MeasureKey).ThenBy(task => task.Department).ToListAsync(cancel));

    private static async Task MoveAsync(Stage stage, MeasureTask task, Fate fate)
    {
        var version = await AskAsync(stage, task, nameof(AcknowledgeTask), body: null, task.Version);
        switch (fate)
        {
            case Fate.Apply:
                await AskAsync(stage, task, nameof(ApplyTask), body: null, version);
                break;
            case Fate.FindNotApplicable:
                var law = task.Obligation == MeasureObligation.Mandatory ? "该措施所依据法律的适用范围条款" : null;
                await AskAsync(stage, task, nameof(FindTaskNotApplicable), new { reason = "该主体在本部门无相关事项", legalBasis = law }, version);
                break;
            case Fate.Decline when task.Obligation == MeasureObligation.Recommended:
                await AskAsync(stage, task, nameof(DeclineTask), new { reason = "经审慎评估，暂不采用" }, version);
                break;
            case Fate.FeedBack or Fate.Decline:
                await FeedBackAsync(stage, task, version);
                break;
        }
    }

    private static Task<int> FeedBackAsync(Stage stage, MeasureTask task, int version) => stage.Modules.KindFor(task.Department, task.Canonical) switch
    {
        null => AskAsync(stage, task, nameof(ReportFeedback), new { handleType = 1, action = "已按备忘录要求实施", result = "措施已落实", occurredOn = stage.Today }, version),

        // A module that came after the demo district has no sample there: its department has not reported yet.
        { } kind when !stage.Tables.Feedback.ContainsKey(kind.Kind) => Task.FromResult(version),
        { } kind => AskAsync(stage, task, "Report-" + kind.Kind.Replace('/', '-'), Filled(stage, kind.Kind, task), version),
    };

    private static JsonNode Filled(Stage stage, string kind, MeasureTask task)
    {
        var year = stage.Today.Year.ToString(CultureInfo.InvariantCulture);
        var text = stage.Tables.Feedback[kind].ToJsonString(JsonSerializerOptions.Web)
            .Replace("\"{year:int}\"", year, StringComparison.Ordinal)
            .Replace("{year}", year, StringComparison.Ordinal)
            .Replace("{today}", stage.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{number}", ((uint)task.Id.GetHashCode() % 1000).ToString("000", CultureInfo.InvariantCulture), StringComparison.Ordinal);
        return JsonNode.Parse(text)!;
    }

    private static async Task<int> AskAsync(Stage stage, MeasureTask task, string useCase, object? body, int version) =>
        (await stage.AskAsync(DemoCaller.Officer(task.Department), useCase, body, task.Id, version)).GetProperty("version").GetInt32();
}
