using System.Collections.Frozen;
using Credit.Domain.Policy;

namespace Credit.Domain.Enforcement;

/// <summary>What a measure must be to stand in a memorandum, whether it comes from a module's file or is proposed at run time (R-3.5.3.b, R-3.4.3.c).</summary>
public static class MeasureRules
{
    /// <summary>Domain of the courts' list of those who refuse to perform judgments.</summary>
    private const string CourtDomain = "司法执行";

    /// <summary>Canonical measures that urge performance.</summary>
    private static readonly FrozenSet<string> Urging = FrozenSet.Create(StringComparer.Ordinal, "P26", "P27", "P42");

    /// <summary>Every reason against the measure. Drafts are shown and never dispatched, so the rule on legal bases waits for them.</summary>
    /// <param name="measure">The measure.</param>
    /// <param name="outsideDistrict">True when it says that nobody in the district carries it out.</param>
    /// <param name="domains">Domains that trigger its memorandum.</param>
    /// <param name="list">List that triggers its memorandum.</param>
    public static IEnumerable<Refusal> Against(Measure measure, bool outsideDistrict, IReadOnlyList<string> domains, Listing.ListKind list)
    {
        var ordinal = measure.Ordinal;

        // Canonical punishments begin with P, rewards with R; a red entry restricts nobody (R-3.1.6.c).
        if (measure.Canonical.Any(key => key.StartsWith(list == Listing.ListKind.Red ? 'P' : 'R')))
        {
            yield return new(
                "measure-of-other-list",
                $"措施{ordinal}: 红名单只适用激励措施，黑名单、重点关注名单只适用惩戒措施。",
                $"measure {ordinal}: rewards follow red entries, punishments black and watch ones (R-3.1.6.c).",
                Clause.R("3.1.6.c"),
                "measures");
        }

        if (measure.Obligation == MeasureObligation.Mandatory && !measure.IsDraft && !measure.LegalBases.Any(basis => basis.Level is LegalLevel.Law or LegalLevel.Regulation))
        {
            yield return new(
                "mandatory-without-law",
                $"措施{ordinal}: 强制性措施须引用法律或法规，否则应为推荐性措施。",
                $"measure {ordinal}: mandatory without a law or regulation (R-3.5.3.b). Cite one, or make it recommended.",
                Clause.R("3.5.3.b"),
                "measures");
        }

        if (measure.Nature is MeasureNature.Market or MeasureNature.Industry or MeasureNature.Social && measure.Obligation == MeasureObligation.Mandatory)
        {
            yield return new(
                "nature-recommended-only",
                $"措施{ordinal}: 市场性、行业性、社会性措施只能为推荐性。",
                $"measure {ordinal}: of {measure.Nature} nature, so it can only be recommended (R-3.4.3.c).",
                Clause.R("3.4.3.c"),
                "measures");
        }

        // What a memorandum prints as mandatory is weakened only where we may not command it.
        if (measure.PrintedObligation is { } printed
            && (printed != MeasureObligation.Mandatory || measure.Obligation != MeasureObligation.Recommended
                || (measure.Nature is MeasureNature.Administrative or MeasureNature.Judicial && measure.LegalBases.Any(basis => basis.Level is LegalLevel.Law or LegalLevel.Regulation))))
        {
            yield return new(
                "printed-obligation",
                $"措施{ordinal}: 仅当备忘录列为强制性、而本处未引用法律法规或性质只能推荐时，才填写printedObligation。",
                $"measure {ordinal}: printedObligation stands only where the memorandum says mandatory and ours is recommended for lack of a law or for its nature (R-3.5.3.b).",
                Clause.R("3.5.3.b"),
                "measures");
        }

        // Exit bans and bans on high consumption bind those who could perform and will not; the courts' own list is that (R-3.4.3.b).
        if (!measure.IsDraft && !measure.OnlyAbleButRefuses && measure.Canonical.Any(Urging.Contains) && domains.Any(domain => domain != CourtDomain))
        {
            yield return new(
                "urging-for-refusers-only",
                $"措施{ordinal}: 限制出境、高消费、购置不动产等措施只适用于有能力履行而拒不履行的主体。",
                $"measure {ordinal}: exit, high consumption and real estate are restricted for those who are able but refuse only (R-3.4.3.b). Set onlyAbleButRefuses.",
                Clause.R("3.4.3.b"),
                "measures");
        }

        if (measure.Departments.Count == 0 != outsideDistrict)
        {
            yield return new(
                "measure-without-department",
                $"措施{ordinal}: 请写明区内实施部门，或注明由区外单位实施，二者取一。",
                $"measure {ordinal}: name a department of the district, or set outsideDistrict; one of the two.",
                Clause.R("3.5.3.a"),
                "measures");
        }

        if (measure.Within.Count < 1)
        {
            yield return new(
                "measure-term", $"措施{ordinal}: 反馈时限至少1个工作日。", $"measure {ordinal}: withinWorkingDays is {measure.Within.Count}; at least 1.", Clause.R("3.5.1.b"), "measures");
        }

        if (string.IsNullOrWhiteSpace(measure.Wording))
        {
            yield return new("measure-wording-missing", $"措施{ordinal}: 缺少措施内容。", $"measure {ordinal}: no wording.", Clause.R("3.5.3.a"), "measures");
        }
    }
}
