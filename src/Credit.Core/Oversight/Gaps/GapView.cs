using Credit.Domain.Listing;
using Credit.Domain.Oversight;

namespace Credit.Core.Oversight.Gaps;

/// <summary>A gap as its department and the lead office see it.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Department">Who owed it.</param>
/// <param name="AboutId">The licence, the matter or the measure task.</param>
/// <param name="EntryId">The entry because of which it was owed.</param>
/// <param name="List">List of the entry.</param>
/// <param name="Domain">Domain of the entry.</param>
/// <param name="On">Day of the decision, or last day to give the reward.</param>
/// <param name="Bound">The department carries out a measure because of the entry.</param>
/// <param name="Chinese">Why it is a gap.</param>
/// <param name="English">The same in English.</param>
/// <param name="Clause">Clause it rests on.</param>
/// <param name="FoundOn">Day it was first found.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Explanation">What the department said.</param>
/// <param name="ExplainedOn">Day it did.</param>
/// <param name="ProvedBy">Query number it proved its check by.</param>
/// <param name="Closure">Why it is closed.</param>
/// <param name="ClosedOn">Day it was closed.</param>
/// <param name="Version">Version, as in the ETag.</param>
internal sealed record GapView(
    Guid Id, GapKind Kind, string Department, Guid AboutId, Guid EntryId, ListKind List, string Domain, DateOnly On, bool Bound, string Chinese, string English, string Clause,
    DateOnly FoundOn, GapState State, string? Explanation, DateOnly? ExplainedOn, string? ProvedBy, GapClosure? Closure, DateOnly? ClosedOn, int Version)
{
    /// <summary>The clause a gap rests on.</summary>
    public const string Rests = "R-3.1.6.a";

    public static GapView Of(CreditGap gap) => new(
        gap.Id, gap.Kind, gap.Department, gap.AboutId, gap.EntryId, gap.List, gap.Domain, gap.On, gap.Bound, gap.Chinese, gap.English, Rests, gap.FoundOn, gap.State,
        gap.Explanation, gap.ExplainedOn, gap.ProvedBy, gap.Closure, gap.ClosedOn, gap.Version);
}
