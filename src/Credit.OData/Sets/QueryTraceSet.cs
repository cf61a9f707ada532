using Credit.Abstractions;
using Credit.Core.Http;
using Credit.Core.Store;

namespace Credit.OData.Sets;

/// <summary>That somebody asked for non-public credit information, and what for.</summary>
public sealed record QueryTraceRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>Instant, UTC.</summary>
    public DateTimeOffset AskedAt { get; init; }

    /// <summary>Account or client.</summary>
    public string Account { get; init; } = "";

    /// <summary>Its department.</summary>
    public string? Department { get; init; }

    /// <summary>Purpose stated.</summary>
    public string Purpose { get; init; } = "";

    /// <summary>Use case, or set of the official feed.</summary>
    public string Resource { get; init; } = "";

    /// <summary>Subject or entry asked for.</summary>
    public Guid? AboutId { get; init; }
}

/// <summary>Queries of the own department; of all for those who see all.</summary>
internal sealed class QueryTraceSet(OfficialDbContext db, Caller caller) : IEntitySet<QueryTraceRow>
{
    public static string Name => "QueryTraces";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Queries of non-public credit information by the own department, with their purposes.";

    public static void Shape(ISetShape<QueryTraceRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.AskedAt, each => each.Account, each => each.Department, each => each.Purpose, each => each.Resource, each => each.AboutId)
        .Sort(each => each.AskedAt)
        .Page(size: 100, max: 1000);

    public IQueryable<QueryTraceRow> Rows() =>
        db.QueryTraces
            .Where(each => caller.SeesAllDepartments || (each.Department != null && each.Department == caller.Department))
            .Select(each => new QueryTraceRow
            {
                Id = each.Id,
                AskedAt = each.AskedAt,
                Account = each.Account,
                Department = each.Department,
                Purpose = each.Purpose.ToString(),
                Resource = each.Resource,
                AboutId = each.AboutId,
            });
}
