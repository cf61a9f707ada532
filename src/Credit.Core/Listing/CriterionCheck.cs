using Credit.Abstractions;
using Credit.Core.Modules;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;

namespace Credit.Core.Listing;

/// <summary>Holds a proposal against the recognition standard a module declares, whichever way the proposal came (R-3.2.1.a).</summary>
internal static class CriterionCheck
{
    /// <summary>The criterion with this title for this list and domain; null when no module declares it.</summary>
    public static ICriterion? FindCriterion(this ModuleCatalog modules, ListKind list, string domain, string standard) =>
        modules.Criteria.FirstOrDefault(each => each.List == list && each.Domain == domain && each.Title == standard);

    /// <summary>Every reason of the standard against the proposal; none when no module declares it.</summary>
    public static IEnumerable<Refusal> Against(ICriterion? criterion, EntryProposal proposal, SubjectKind kind) => Against(
        criterion, proposal.StandardLevel, proposal.Facts, proposal.Bases, proposal.DecidedOn ?? proposal.ProposedOn, new(proposal.ProposedOn, proposal.ValidTo), proposal.AbleButRefuses, kind);

    /// <summary>Every reason of the standard against recognising the entry on this day.</summary>
    public static IEnumerable<Refusal> Against(ICriterion? criterion, ListEntry entry, DateOnly recognisedOn)
    {
        var refusals = Against(criterion, entry.StandardLevel, entry.Facts, entry.Bases, recognisedOn, new(entry.ProposedOn, entry.ValidTo), entry.AbleButRefuses, entry.SubjectKind);
        return criterion is { NoticeBeforeRecognition: true } && entry.NoticedOn is null && entry.NoticeExemption is null && entry.SubjectKind != SubjectKind.NaturalPerson
            ? refusals.Append(new(
                "prior-notice-missing",
                "该认定标准要求事前告知或公示；请先送达告知书。",
                "This standard wants the subject told, or the proposal made public, before recognition.",
                Clause.R("3.2.2.c")))
            : refusals;
    }

    /// <summary>Every reason against this last day of an entry that is in force: the standard's longest term runs from its first day.</summary>
    public static IEnumerable<Refusal> AgainstTerm(ICriterion? criterion, ListEntry entry, DateOnly validTo) =>
        criterion?.LongestTermInMonths is { } months && validTo > entry.ValidFrom?.AddMonths(months) ? [TooLong(months)] : [];

    private static IEnumerable<Refusal> Against(
        ICriterion? criterion, StandardLevel level, string facts, IReadOnlyList<EntryBasis> bases, DateOnly from, Term term, bool ableButRefuses, SubjectKind kind)
    {
        if (criterion is null)
        {
            yield break;
        }

        if (level != criterion.Level)
        {
            yield return new(
                "standard-level-differs", "所填级别与该认定标准的级别不符。", "This is not the level of the standard.", Clause.R("3.2.1.a"), "standardLevel");
        }

        if (from < criterion.EffectiveFrom || from > criterion.EffectiveTo)
        {
            yield return new("standard-not-in-force", "认定标准在该日不在有效期内。", "The standard is not in force on that day.", Clause.R("3.2.1.a"), "standard");
        }

        // The term runs from the listing, which cannot come before the proposal.
        if (criterion.LongestTermInMonths is { } months && term.ValidTo > term.Earliest.AddMonths(months))
        {
            yield return TooLong(months);
        }

        // A term that ends before it begins has its own refusal.
        var basis = bases.Count > 0 ? bases[0].Kind : BasisKind.Other;
        foreach (var refusal in term.ValidTo < from ? [] : criterion.Check(new ProposalFacts(kind, facts, basis, from, new Validity(from, term.ValidTo), ableButRefuses)))
        {
            yield return refusal;
        }
    }

    private static Refusal TooLong(int months) =>
        new("term-too-long", $"有效期超过该标准规定的最长{months}个月。", $"The standard allows at most {months} months.", Clause.R("3.2.3.b"), "validTo");

    private readonly record struct Term(DateOnly Earliest, DateOnly ValidTo);
}
