using Credit.Abstractions;
using Credit.Core.Store;

namespace Credit.OData.Sets;

/// <summary>Measures of the memoranda; drafts are marked.</summary>
public sealed record OfficialMeasureRow
{
    /// <summary>Key.</summary>
    public string Key { get; init; } = "";

    /// <summary>Memorandum version.</summary>
    public string MemorandumKey { get; init; } = "";

    /// <summary>Ordinal.</summary>
    public string Ordinal { get; init; } = "";

    /// <summary>Wording.</summary>
    public string Wording { get; init; } = "";

    /// <summary>Nature.</summary>
    public string Nature { get; init; } = "";

    /// <summary>Mandatory or Recommended.</summary>
    public string Obligation { get; init; } = "";

    /// <summary>Laws and documents it rests on; what is still to be checked says so.</summary>
    public string Basis { get; init; } = "";

    /// <summary>Memorandum when the memorandum cites them; Dictionary when the dictionary of measures does (R-3.5.3.a).</summary>
    public string BasisFrom { get; init; } = "";

    /// <summary>Mandatory where the memorandum prints so and ours is weaker, because no law is cited or its nature forbids.</summary>
    public string? PrintedObligation { get; init; }

    /// <summary>Persons of a listed unit whom the memorandum says it reaches, separated by commas; empty where the dictionary decides.</summary>
    public string Reaches { get; init; } = "";

    /// <summary>Applies to the watch list.</summary>
    public bool WatchApplicable { get; init; }

    /// <summary>Shown as a draft, never dispatched.</summary>
    public bool Draft { get; init; }
}

/// <summary>Measures of the memoranda; drafts are marked.</summary>
internal sealed class OfficialMeasures(OfficialDbContext db) : IEntitySet<OfficialMeasureRow>
{
    public static string Name => "Measures";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Measures of the memoranda; drafts are marked.";

    public static void Shape(ISetShape<OfficialMeasureRow> row) => row
        .Key(each => each.Key)
        .Filter(each => each.MemorandumKey, each => each.Nature, each => each.Obligation, each => each.BasisFrom, each => each.WatchApplicable, each => each.Draft)
        .Sort(each => each.MemorandumKey)
        .Search(each => each.Wording)
        .Navigate<OfficialMemorandumRow>("Memorandum", each => each.MemorandumKey, target => target.Key)
        .Page(size: 100, max: 1000);

    public IQueryable<OfficialMeasureRow> Rows() =>
        db.Measures.Select(each => new OfficialMeasureRow
        {
            Key = each.Key,
            MemorandumKey = each.MemorandumKey,
            Ordinal = each.Ordinal,
            Wording = each.Wording,
            Nature = each.Nature,
            Obligation = each.Obligation,
            Basis = each.Basis,
            BasisFrom = each.BasisFrom,
            PrintedObligation = each.PrintedObligation,
            Reaches = string.Join(",", each.Reaches),
            WatchApplicable = each.WatchApplicable,
            Draft = each.Draft,
        });
}
