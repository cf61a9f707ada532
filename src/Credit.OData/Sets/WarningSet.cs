using Credit.Abstractions;
using Credit.Core.Store;

namespace Credit.OData.Sets;

/// <summary>The warning list, past entries included.</summary>
public sealed record WarningRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>The subject.</summary>
    public Guid SubjectId { get; init; }

    /// <summary>Its name.</summary>
    public string SubjectName { get; init; } = "";

    /// <summary>Unified social credit code; null for natural persons.</summary>
    public string? SubjectCode { get; init; }

    /// <summary>Key domains in which it is, or last was, watched.</summary>
    public string[] Domains { get; init; } = [];

    /// <summary>First day on the list.</summary>
    public DateOnly BegunOn { get; init; }

    /// <summary>Last day on the list, as the watch entries stand.</summary>
    public DateOnly LastDay { get; init; }

    /// <summary>Active or Exited; an active one whose last day is over holds no longer.</summary>
    public string State { get; init; } = "";

    /// <summary>First day no longer on the list.</summary>
    public DateOnly? EndedOn { get; init; }
}

/// <summary>The warning list, past entries included.</summary>
internal sealed class WarningSet(OfficialDbContext db) : IEntitySet<WarningRow>
{
    public static string Name => "Warnings";

    public static Surface Surface => Surface.Official;

    public static string Summary => "The warning list, past entries included.";

    public static void Shape(ISetShape<WarningRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.SubjectId, each => each.SubjectName, each => each.SubjectCode, each => each.BegunOn, each => each.LastDay, each => each.EndedOn)
        .Sort(each => each.BegunOn, each => each.LastDay)
        .Search(each => each.SubjectName, each => each.SubjectCode)
        .Navigate<SubjectRow>("Subject", each => each.SubjectId, target => target.Id)
        .Page(size: 100, max: 1000);

    public IQueryable<WarningRow> Rows() =>
        db.Warnings.Select(each => new WarningRow
        {
            Id = each.Id,
            SubjectId = each.SubjectId,
            SubjectName = each.SubjectName,
            SubjectCode = each.SubjectCode,
            Domains = each.Domains,
            BegunOn = each.BegunOn,
            LastDay = each.LastDay,
            State = each.State.ToString(),
            EndedOn = each.EndedOn,
        });
}
