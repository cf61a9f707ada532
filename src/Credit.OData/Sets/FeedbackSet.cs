using Credit.Abstractions;
using Credit.Core.Http;
using Credit.Core.Store;

namespace Credit.OData.Sets;

/// <summary>Feedback of the own department, and on entries it recognised.</summary>
public sealed record FeedbackRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>The task.</summary>
    public Guid TaskId { get; init; }

    /// <summary>Kind of feedback.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Measure.</summary>
    public string MeasureKey { get; init; } = "";

    /// <summary>Department.</summary>
    public string Department { get; init; } = "";

    /// <summary>What was done.</summary>
    public string Description { get; init; } = "";

    /// <summary>1 carried out, 2 other.</summary>
    public int HandleType { get; init; }

    /// <summary>Instant, UTC.</summary>
    public DateTimeOffset ReportedAt { get; init; }
}

/// <summary>Feedback of the own department, and on entries it recognised.</summary>
internal sealed class FeedbackSet(OfficialDbContext db, Caller caller) : IEntitySet<FeedbackRow>
{
    public static string Name => "Feedback";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Feedback of the own department, and on entries it recognised.";

    public static void Shape(ISetShape<FeedbackRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.TaskId, each => each.Kind, each => each.MeasureKey, each => each.Department, each => each.HandleType, each => each.ReportedAt)
        .Sort(each => each.ReportedAt, each => each.Department)
        .Navigate<MeasureTaskRow>("Task", each => each.TaskId, target => target.Id)
        .Page(size: 100, max: 1000);

    public IQueryable<FeedbackRow> Rows() =>
        db.Feedback
            .Where(each => caller.SeesAllDepartments || each.Department == caller.Department
                || db.Tasks.Any(task => task.Id == each.TaskId && db.Entries.Any(entry => entry.Id == task.EntryId && entry.Recogniser == caller.Department)))
            .Select(each => new FeedbackRow
            {
                Id = each.Id,
                TaskId = each.TaskId,
                Kind = each.Kind,
                MeasureKey = each.MeasureKey,
                Department = each.Department,
                Description = each.Description,
                HandleType = each.HandleType,
                ReportedAt = each.ReportedAt,
            });
}
