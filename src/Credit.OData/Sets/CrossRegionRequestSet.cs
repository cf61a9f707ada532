using Credit.Abstractions;
using Credit.Core.Http;
using Credit.Core.Store;

namespace Credit.OData.Sets;

/// <summary>Requests to and from other regions that concern the own department.</summary>
public sealed record CrossRegionRequestRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>Outgoing or Incoming.</summary>
    public string Direction { get; init; } = "";

    /// <summary>Reward or Punishment.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Six digits of the other region.</summary>
    public string Region { get; init; } = "";

    /// <summary>Its name.</summary>
    public string RegionName { get; init; } = "";

    /// <summary>Own entry; null on what comes in, and on what rests on an exemplar.</summary>
    public Guid? EntryId { get; init; }

    /// <summary>Own honest exemplar it rests on; null where none.</summary>
    public Guid? ExemplarId { get; init; }

    /// <summary>Name of the organisation; empty for natural persons.</summary>
    public string SubjectName { get; init; } = "";

    /// <summary>Unified code, or mask of a natural person.</summary>
    public string SubjectCode { get; init; } = "";

    /// <summary>Measures asked for.</summary>
    public string Measures { get; init; } = "";

    /// <summary>Department that asks or answers.</summary>
    public string? Department { get; init; }

    /// <summary>Day sent, or received.</summary>
    public DateOnly SentOn { get; init; }

    /// <summary>Sent, Accepted, Refused or Done.</summary>
    public string State { get; init; } = "";
}

/// <summary>Requests to and from other regions that concern the own department.</summary>
internal sealed class CrossRegionRequestSet(OfficialDbContext db, Caller caller) : IEntitySet<CrossRegionRequestRow>
{
    public static string Name => "CrossRegionRequests";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Requests to and from other regions that concern the own department.";

    public static void Shape(ISetShape<CrossRegionRequestRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.Region, each => each.EntryId, each => each.Department, each => each.SentOn)
        .Sort(each => each.SentOn)
        .Page(size: 100, max: 1000);

    public IQueryable<CrossRegionRequestRow> Rows() =>
        db.CrossRegionRequests
            .Where(each => caller.SeesAllDepartments || each.Department == caller.Department)
            .Select(each => new CrossRegionRequestRow
            {
                Id = each.Id,
                Direction = each.Direction.ToString(),
                Kind = each.Kind.ToString(),
                Region = each.Region,
                RegionName = each.RegionName,
                EntryId = each.EntryId,
                ExemplarId = each.ExemplarId,
                SubjectName = each.SubjectName,
                SubjectCode = each.SubjectCode,
                Measures = each.Measures,
                Department = each.Department,
                SentOn = each.SentOn,
                State = each.State.ToString(),
            });
}
