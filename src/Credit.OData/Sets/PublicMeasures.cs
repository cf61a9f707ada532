using Credit.Abstractions;
using Credit.Core.Store;

namespace Credit.OData.Sets;

/// <summary>Measures of the memoranda; drafts are marked.</summary>
public sealed record PublicMeasureRow
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

    /// <summary>Applies to the watch list.</summary>
    public bool WatchApplicable { get; init; }

    /// <summary>Shown as a draft, never dispatched.</summary>
    public bool Draft { get; init; }
}

/// <summary>Measures of the memoranda; drafts are marked.</summary>
internal sealed class PublicMeasures(PublicDbContext db) : IEntitySet<PublicMeasureRow>
{
    public static string Name => "Measures";

    public static Surface Surface => Surface.Public;

    public static string Summary => "Measures of the memoranda; drafts are marked.";

    public static void Shape(ISetShape<PublicMeasureRow> row) => row
        .Key(each => each.Key)
        .Filter(each => each.MemorandumKey, each => each.Nature, each => each.Obligation, each => each.BasisFrom, each => each.WatchApplicable, each => each.Draft)
        .Sort(each => each.MemorandumKey)
        .Search(each => each.Wording)
        .Navigate<PublicMemorandumRow>("Memorandum", each => each.MemorandumKey, target => target.Key)
        .Page(size: 100, max: 1000);

    public IQueryable<PublicMeasureRow> Rows() =>
        db.Measures.Select(each => new PublicMeasureRow
        {
            Key = each.Key,
            MemorandumKey = each.MemorandumKey,
            Ordinal = each.Ordinal,
            Wording = each.Wording,
            Nature = each.Nature,
            Obligation = each.Obligation,
            Basis = each.Basis,
            BasisFrom = each.BasisFrom,
            WatchApplicable = each.WatchApplicable,
            Draft = each.Draft,
        });
}
