using Credit.Abstractions;
using Credit.Core.Http;
using Credit.Core.Store;

namespace Credit.OData.Sets;

/// <summary>Checks before decisions, without what they answered: a check's own address shows that.</summary>
public sealed record CheckReceiptRow
{
    /// <summary>查询编号.</summary>
    public string Number { get; init; } = "";

    /// <summary>Department that asked.</summary>
    public string Department { get; init; } = "";

    /// <summary>Account that asked.</summary>
    public string Account { get; init; } = "";

    /// <summary>Purpose stated.</summary>
    public string Purpose { get; init; } = "";

    /// <summary>Kind of matter.</summary>
    public string MatterKind { get; init; } = "";

    /// <summary>Reference number of the matter.</summary>
    public string Reference { get; init; } = "";

    /// <summary>The department's procedure.</summary>
    public string Procedure { get; init; } = "";

    /// <summary>Instant of the answer, UTC.</summary>
    public DateTimeOffset AskedAt { get; init; }

    /// <summary>Entries found.</summary>
    public int Hits { get; init; }

    /// <summary>Told of a restriction.</summary>
    public bool Restricted { get; init; }
}

/// <summary>Checks of the own department; of all for those who see all.</summary>
internal sealed class CheckReceiptSet(OfficialDbContext db, Caller caller) : IEntitySet<CheckReceiptRow>
{
    public static string Name => "CheckReceipts";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Checks the own department made before its decisions, by query number.";

    public static void Shape(ISetShape<CheckReceiptRow> row) => row
        .Key(each => each.Number)
        .Filter(each => each.Department, each => each.Purpose, each => each.MatterKind, each => each.Reference, each => each.AskedAt, each => each.Hits, each => each.Restricted)
        .Sort(each => each.AskedAt)
        .Page(size: 100, max: 1000);

    public IQueryable<CheckReceiptRow> Rows() =>
        db.CheckReceipts
            .Where(each => caller.SeesAllDepartments || each.Department == caller.Department)
            .Select(each => new CheckReceiptRow
            {
                Number = each.Number,
                Department = each.Department,
                Account = each.Account,
                Purpose = each.Purpose.ToString(),
                MatterKind = each.Kind.ToString(),
                Reference = each.Reference,
                Procedure = each.Procedure,
                AskedAt = each.AskedAt,
                Hits = each.Hits,
                Restricted = each.Restricted,
            });
}
