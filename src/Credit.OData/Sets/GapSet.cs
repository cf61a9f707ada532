using Credit.Abstractions;
using Credit.Core.Http;
using Credit.Core.Store;

namespace Credit.OData.Sets;

/// <summary>Decisions nobody checked, and rewards nobody gave.</summary>
public sealed record GapRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>What it is.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Who owed it.</summary>
    public string Department { get; init; } = "";

    /// <summary>The licence, the matter or the measure task.</summary>
    public Guid AboutId { get; init; }

    /// <summary>The entry because of which it was owed.</summary>
    public Guid EntryId { get; init; }

    /// <summary>List of the entry.</summary>
    public string List { get; init; } = "";

    /// <summary>Domain of the entry.</summary>
    public string Domain { get; init; } = "";

    /// <summary>Day of the decision, or last day to give the reward.</summary>
    public DateOnly On { get; init; }

    /// <summary>The department carries out a measure because of the entry.</summary>
    public bool Bound { get; init; }

    /// <summary>Why it is a gap.</summary>
    public string Chinese { get; init; } = "";

    /// <summary>The same in English.</summary>
    public string English { get; init; } = "";

    /// <summary>Day it was first found.</summary>
    public DateOnly FoundOn { get; init; }

    /// <summary>Where it stands.</summary>
    public string State { get; init; } = "";

    /// <summary>What the department said.</summary>
    public string? Explanation { get; init; }

    /// <summary>Query number it proved its check by.</summary>
    public string? ProvedBy { get; init; }

    /// <summary>Why it is closed.</summary>
    public string? Closure { get; init; }

    /// <summary>Day it was closed.</summary>
    public DateOnly? ClosedOn { get; init; }
}

/// <summary>Gaps of the own department; of all for those who see all.</summary>
internal sealed class GapSet(OfficialDbContext db, Caller caller) : IEntitySet<GapRow>
{
    public static string Name => "Gaps";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Decisions about listed subjects that the own department did not check, and rewards it did not give (应查未查, 应奖未奖).";

    public static void Shape(ISetShape<GapRow> row) => row
        .Key(each => each.Id)
        .Filter(
            each => each.Kind, each => each.Department, each => each.AboutId, each => each.EntryId, each => each.List, each => each.Domain, each => each.On, each => each.Bound,
            each => each.State, each => each.Closure)
        .Sort(each => each.On, each => each.FoundOn)
        .Page(size: 100, max: 1000);

    public IQueryable<GapRow> Rows() =>
        db.Gaps
            .Where(each => caller.SeesAllDepartments || each.Department == caller.Department)
            .Select(each => new GapRow
            {
                Id = each.Id,
                Kind = each.Kind.ToString(),
                Department = each.Department,
                AboutId = each.AboutId,
                EntryId = each.EntryId,
                List = each.List.ToString(),
                Domain = each.Domain,
                On = each.On,
                Bound = each.Bound,
                Chinese = each.Chinese,
                English = each.English,
                FoundOn = each.FoundOn,
                State = each.State.ToString(),
                Explanation = each.Explanation,
                ProvedBy = each.ProvedBy,
                Closure = each.Closure == null ? null : each.Closure.ToString(),
                ClosedOn = each.ClosedOn,
            });
}
