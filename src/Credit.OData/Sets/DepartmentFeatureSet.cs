using Credit.Abstractions;
using Credit.Core.Store;

namespace Credit.OData.Sets;

/// <summary>What departments were switched on for, or off, and by which document.</summary>
public sealed record DepartmentFeatureRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>The department.</summary>
    public string Department { get; init; } = "";

    /// <summary>What is switched.</summary>
    public string Feature { get; init; } = "";

    /// <summary>On or off.</summary>
    public bool Enabled { get; init; }

    /// <summary>First day it holds.</summary>
    public DateOnly From { get; init; }

    /// <summary>Last day it holds.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Title of the document.</summary>
    public string Document { get; init; } = "";

    /// <summary>Its number.</summary>
    public string DocumentNumber { get; init; } = "";

    /// <summary>Instant it was set, UTC.</summary>
    public DateTimeOffset SetAt { get; init; }
}

/// <summary>What departments were switched on for, or off, and by which document.</summary>
internal sealed class DepartmentFeatureSet(OfficialDbContext db) : IEntitySet<DepartmentFeatureRow>
{
    public static string Name => "DepartmentFeatures";

    public static Surface Surface => Surface.Official;

    public static string Summary => "What departments were switched on for, or off, and by which document.";

    public static void Shape(ISetShape<DepartmentFeatureRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.Department, each => each.Enabled, each => each.From, each => each.To)
        .Sort(each => each.Department, each => each.From)
        .Page(size: 100, max: 1000);

    public IQueryable<DepartmentFeatureRow> Rows() =>
        db.DepartmentFeatures.Select(each => new DepartmentFeatureRow
        {
            Id = each.Id,
            Department = each.Department,
            Feature = each.Feature.ToString(),
            Enabled = each.Enabled,
            From = each.From,
            To = each.To,
            Document = each.Document,
            DocumentNumber = each.DocumentNumber,
            SetAt = each.SetAt,
        });
}
