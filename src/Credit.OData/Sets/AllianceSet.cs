using Credit.Abstractions;
using Credit.Core.Store;

namespace Credit.OData.Sets;

/// <summary>Credit alliances of cities.</summary>
public sealed record AllianceRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>Name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Document that founds it.</summary>
    public string Document { get; init; } = "";

    /// <summary>Member cities, separated by commas.</summary>
    public string Members { get; init; } = "";

    /// <summary>What is shared, separated by commas.</summary>
    public string SharedItems { get; init; } = "";

    /// <summary>First day in force.</summary>
    public DateOnly From { get; init; }

    /// <summary>Last day in force.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Grades are recognised.</summary>
    public bool MutualRecognition { get; init; }
}

/// <summary>Credit alliances of cities.</summary>
internal sealed class AllianceSet(OfficialDbContext db) : IEntitySet<AllianceRow>
{
    public static string Name => "Alliances";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Credit alliances of cities.";

    public static void Shape(ISetShape<AllianceRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.Name, each => each.From, each => each.To, each => each.MutualRecognition)
        .Sort(each => each.Name)
        .Page(size: 100, max: 1000);

    public IQueryable<AllianceRow> Rows() =>
        db.Alliances.Select(each => new AllianceRow
        {
            Id = each.Id,
            Name = each.Name,
            Document = each.Document,
            Members = string.Join(",", each.Members),
            SharedItems = string.Join(",", each.SharedItems),
            From = each.From,
            To = each.To,
            MutualRecognition = each.MutualRecognition,
        });
}
