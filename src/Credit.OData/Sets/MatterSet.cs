using Credit.Abstractions;
using Credit.Core.Http;
using Credit.Core.Store;

namespace Credit.OData.Sets;

/// <summary>Decided matters in embedded procedures.</summary>
public sealed record MatterRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>Deciding department.</summary>
    public string Department { get; init; } = "";

    /// <summary>Kind of matter.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Reference number.</summary>
    public string Reference { get; init; } = "";

    /// <summary>The department's procedure.</summary>
    public string Procedure { get; init; } = "";

    /// <summary>The subject, when the register knew it.</summary>
    public Guid? SubjectId { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly DecidedOn { get; init; }

    /// <summary>Query number stated.</summary>
    public string? QueryNumber { get; init; }

    /// <summary>True when the check before it was its own.</summary>
    public bool Checked { get; init; }

    /// <summary>Why it counts as 应查未查.</summary>
    public string? Missed { get; init; }
}

/// <summary>Decided matters of the own department; of all for those who see all.</summary>
internal sealed class MatterSet(OfficialDbContext db, Caller caller) : IEntitySet<MatterRow>
{
    public static string Name => "Matters";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Matters the own department decided, and whether it checked before.";

    public static void Shape(ISetShape<MatterRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.Department, each => each.Kind, each => each.Reference, each => each.SubjectId, each => each.DecidedOn, each => each.Checked)
        .Sort(each => each.DecidedOn)
        .Navigate<SubjectRow>("Subject", each => each.SubjectId, target => target.Id)
        .Navigate<CheckReceiptRow>("Receipt", each => each.QueryNumber, target => target.Number)
        .Page(size: 100, max: 1000);

    public IQueryable<MatterRow> Rows() =>
        db.DecidedMatters
            .Where(each => caller.SeesAllDepartments || each.Department == caller.Department)
            .Select(each => new MatterRow
            {
                Id = each.Id,
                Department = each.Department,
                Kind = each.Kind.ToString(),
                Reference = each.Reference,
                Procedure = each.Procedure,
                SubjectId = each.SubjectId,
                DecidedOn = each.DecidedOn,
                QueryNumber = each.QueryNumber,
                Checked = each.Missed == null,
                Missed = each.Missed == null ? null : each.Missed.ToString(),
            });
}
