using Credit.Domain.Enforcement;
using Credit.Domain.Listing;

namespace Credit.Abstractions;

/// <summary>What makes a memorandum's measures due: an entry of this list in one of these domains.</summary>
/// <param name="List">The list.</param>
/// <param name="Domains">Domains (领域); an entry of any of them triggers.</param>
public sealed record MemorandumTrigger(ListKind List, IReadOnlyList<string> Domains);

/// <summary>A memorandum of cooperation (合作备忘录) in one of its versions (R-3.5.2.a). Usually read from a data file.</summary>
public interface IMemorandum
{
    /// <summary>Code, unique in the host, for example <c>TAX-BLACK</c>.</summary>
    string Code { get; }

    /// <summary>Title as published.</summary>
    string Title { get; }

    /// <summary>Document number; empty when it could not be verified.</summary>
    string DocumentNumber { get; }

    /// <summary>Day of issue; null when unknown.</summary>
    DateOnly? IssuedOn { get; }

    /// <summary>Who signed, as the source states it: often a count only; empty when unknown.</summary>
    string Signers => "";

    /// <summary>The body in the lead, as printed; empty when unknown.</summary>
    string Lead => "";

    /// <summary>Whom it is aimed at, as printed; empty when unknown.</summary>
    string Targets => "";

    /// <summary>How often departments report back, as printed; null when the text does not say.</summary>
    string? FeedbackCadence => null;

    /// <summary>Version, counted from 1.</summary>
    int Version { get; }

    /// <summary>First day this version is in force.</summary>
    DateOnly EffectiveFrom { get; }

    /// <summary>Last day this version is in force; null while it is.</summary>
    DateOnly? EffectiveTo { get; }

    /// <summary>What triggers it.</summary>
    MemorandumTrigger Trigger { get; }

    /// <summary>All measures, drafts included.</summary>
    IReadOnlyList<Measure> Measures { get; }
}
