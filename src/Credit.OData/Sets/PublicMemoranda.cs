using Credit.Abstractions;
using Credit.Core.Store;

namespace Credit.OData.Sets;

/// <summary>Memoranda of cooperation by version.</summary>
public sealed record PublicMemorandumRow
{
    /// <summary>Code and version.</summary>
    public string Key { get; init; } = "";

    /// <summary>Code.</summary>
    public string Code { get; init; } = "";

    /// <summary>Version.</summary>
    public int Version { get; init; }

    /// <summary>Title.</summary>
    public string Title { get; init; } = "";

    /// <summary>Document number; empty when not verified.</summary>
    public string DocumentNumber { get; init; } = "";

    /// <summary>Day of issue.</summary>
    public DateOnly? IssuedOn { get; init; }

    /// <summary>Who signed, as the source states it: often a count only; empty when unknown.</summary>
    public string Signers { get; init; } = "";

    /// <summary>The body in the lead, as printed; empty when unknown.</summary>
    public string Lead { get; init; } = "";

    /// <summary>Whom it is aimed at, as printed; empty when unknown.</summary>
    public string Targets { get; init; } = "";

    /// <summary>How often departments report back, as printed; absent when the text does not say.</summary>
    public string? FeedbackCadence { get; init; }

    /// <summary>First day in force.</summary>
    public DateOnly EffectiveFrom { get; init; }

    /// <summary>Last day in force.</summary>
    public DateOnly? EffectiveTo { get; init; }

    /// <summary>List that triggers it.</summary>
    public string List { get; init; } = "";
}

/// <summary>Memoranda of cooperation by version.</summary>
internal sealed class PublicMemoranda(PublicDbContext db) : IEntitySet<PublicMemorandumRow>
{
    public static string Name => "Memoranda";

    public static Surface Surface => Surface.Public;

    public static string Summary => "Memoranda of cooperation by version.";

    public static void Shape(ISetShape<PublicMemorandumRow> row) => row
        .Key(each => each.Key)
        .Filter(each => each.Code, each => each.Version, each => each.List, each => each.EffectiveFrom, each => each.EffectiveTo, each => each.Lead, each => each.FeedbackCadence)
        .Sort(each => each.Code, each => each.Version, each => each.EffectiveFrom)
        .Search(each => each.Title, each => each.DocumentNumber)
        .Navigate<PublicMeasureRow>("Measures", each => each.Key, target => target.MemorandumKey)
        .Page(size: 100, max: 1000);

    public IQueryable<PublicMemorandumRow> Rows() =>
        db.Memoranda.Select(each => new PublicMemorandumRow
        {
            Key = each.Key,
            Code = each.Code,
            Version = each.Version,
            Title = each.Title,
            DocumentNumber = each.DocumentNumber,
            IssuedOn = each.IssuedOn,
            Signers = each.Signers,
            Lead = each.Lead,
            Targets = each.Targets,
            FeedbackCadence = each.FeedbackCadence,
            EffectiveFrom = each.EffectiveFrom,
            EffectiveTo = each.EffectiveTo,
            List = each.List,
        });
}
