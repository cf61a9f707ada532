using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Rules;

/// <summary>Holds every entry of the register against a pack and a day; the register stays as it is (architecture §6).</summary>
internal static class ReplayRegister
{
    /// <summary>Entries with differences on one page, at most.</summary>
    public const int LongestPage = 500;

    /// <summary>Counts over the whole register, and a page of the entries that would change.</summary>
    public static async Task<IResult> RunAsync(
        CreditDbContext db, PolicyPacks packs, PolicyPack under, DateOnly today, DateOnly on, Guid? after, int take, CancellationToken cancel)
    {
        if (take is < 1 or > LongestPage)
        {
            return new Refusal(
                "page-out-of-range", $"每页应为1至{LongestPage}条。", $"A page holds 1 to {LongestPage} entries.", Clause.Standard("I93"), "take").ToProblem();
        }

        var counts = PolicyComparison.Kinds.ToDictionary(kind => kind, _ => 0, StringComparer.Ordinal);
        var (entries, changed, more) = (0, 0, false);
        List<EntryUnderPack> page = [];
        await foreach (var entry in db.Entries.AsNoTracking().Where(each => each.State != EntryState.Cancelled).OrderBy(each => each.Id).AsAsyncEnumerable().WithCancellation(cancel))
        {
            entries++;
            var differences = PolicyComparison.Of(entry, packs.Named(entry.PolicyPack), today, under, on);
            foreach (var difference in differences)
            {
                counts[difference.Kind]++;
            }

            if (differences.Count == 0)
            {
                continue;
            }

            changed++;
            if (after is not { } seen || IsAfter(entry.Id, seen))
            {
                more = page.Count == take;
                if (!more)
                {
                    page.Add(EntryUnderPack.Of(entry, differences));
                }
            }
        }

        return TypedResults.Ok(new SimulationView(under.Name, on, entries, changed, counts, page, more ? page[^1].EntryId : null));
    }

    // The database sorts identities by their bytes as written, and so does this.
    private static bool IsAfter(Guid id, Guid seen) => string.CompareOrdinal(id.ToString("N"), seen.ToString("N")) > 0;
}

/// <summary>What a pack would make of the register.</summary>
/// <param name="Pack">The pack.</param>
/// <param name="AsOf">The day.</param>
/// <param name="Entries">Entries looked at: all but those that never came to be.</param>
/// <param name="Changed">Entries that would be other than they are.</param>
/// <param name="Counts">How many, by kind of difference.</param>
/// <param name="Items">A page of them.</param>
/// <param name="Next">Identity to go on after; null on the last page.</param>
internal sealed record SimulationView(
    string Pack, DateOnly AsOf, int Entries, int Changed, IReadOnlyDictionary<string, int> Counts, IReadOnlyList<EntryUnderPack> Items, Guid? Next);

/// <summary>An entry that would change.</summary>
/// <param name="EntryId">The entry.</param>
/// <param name="List">The list.</param>
/// <param name="Domain">领域.</param>
/// <param name="Recogniser">Recognising department.</param>
/// <param name="State">Where it stands.</param>
/// <param name="DecidedUnder">Pack it was decided under.</param>
/// <param name="Differences">What would change, by which rule and clause.</param>
internal sealed record EntryUnderPack(
    Guid EntryId, ListKind List, string Domain, string Recogniser, EntryState State, string DecidedUnder, IReadOnlyList<DifferenceView> Differences)
{
    public static EntryUnderPack Of(ListEntry entry, IReadOnlyList<PolicyDifference> differences) => new(
        entry.Id, entry.List, entry.Domain, entry.Recogniser, entry.State, entry.PolicyPack,
        [.. differences.Select(each => new DifferenceView(each.Kind, each.Rule, each.Clause.ToString(), each.Was, each.Under))]);
}

/// <summary>A difference.</summary>
/// <param name="Kind">What changes.</param>
/// <param name="Rule">Value of the pack that makes it.</param>
/// <param name="Clause">Clause of the rule.</param>
/// <param name="Was">As it is.</param>
/// <param name="Under">As it would be.</param>
internal sealed record DifferenceView(string Kind, string Rule, string Clause, string Was, string Under);
