using Credit.Core.Tests.Listing;
using Credit.Testing;

namespace Credit.Core.Tests.Enforcement;

/// <summary>
/// For every memorandum file of every module: a subject listed in each of its domains through the API sets off exactly the tasks the
/// papers say, whichever modules there are.
/// </summary>
public sealed class EveryMemorandumTests(HostFixture host) : IClassFixture<HostFixture>
{
    private static readonly DateOnly Today = new(2026, 11, 24);

    private readonly TaskJourney _journey = new(host);

    public static TheoryData<string, string, bool> Listings
    {
        get
        {
            var listings = new TheoryData<string, string, bool>();
            foreach (var (list, domain) in MemorandumPapers.Triggers)
            {
                listings.Add(list, domain, false);
                if (list == "Black")
                {
                    listings.Add(list, domain, true);
                    listings.Add("Watch", domain, false);
                    listings.Add("Watch", domain, true);
                }
            }

            return listings;
        }
    }

    [Theory]
    [Trait("Requirement", "R-3.5.1.b")]
    [Trait("Requirement", "R-3.3.3.e")]
    [Trait("Requirement", "R-3.4.3.b")]
    [Trait("Requirement", "R-3.5.5.b")]
    [Trait("Invariant", "I41")]
    [Trait("Invariant", "I42")]
    [MemberData(nameof(Listings))]
    public async Task A_listing_sets_off_the_tasks_its_papers_say_and_no_other(string list, string domain, bool ableButRefuses)
    {
        var code = Proposals.Code(Mark(list, domain, ableButRefuses));
        var proposal = (list switch { "Red" => Proposals.Red(code), "Watch" => Proposals.Watch(code), _ => Proposals.Black(code) })
            .With(("domain", domain), ("ableButRefuses", ableButRefuses));
        var entry = await _journey.Entries.InForceAsync("tax", proposal);

        await host.SettleAsync();

        entry.ValidFrom.ShouldBe("2026-11-24");
        (await _journey.TasksAsync(entry.Id)).Select(task => new OwedTask(task.Department, task.MeasureKey, task.Obligation.ToString()))
            .ShouldBe(MemorandumPapers.Owed(list, domain, ableButRefuses, Today), ignoreOrder: true);
    }

    [Fact]
    public void The_papers_are_found_and_tell_refusers_the_watched_and_the_listed_apart()
    {
        MemorandumPapers.Count.ShouldBeGreaterThanOrEqualTo(8);
        var plain = MemorandumPapers.Owed("Black", "税收征管", ableButRefuses: false, Today);
        var refusers = MemorandumPapers.Owed("Black", "税收征管", ableButRefuses: true, Today);
        var watched = MemorandumPapers.Owed("Watch", "税收征管", ableButRefuses: false, Today);
        plain.ShouldBeSubsetOf(refusers);
        refusers.Count.ShouldBeGreaterThan(plain.Count);
        watched.ShouldBeSubsetOf(plain);
        plain.Count.ShouldBeGreaterThan(watched.Count);
        plain.Select(task => task.Obligation).Distinct().Order(StringComparer.Ordinal).ShouldBe(["Mandatory", "Recommended"]);
        MemorandumPapers.Owed("Black", "税收征管", ableButRefuses: true, new DateOnly(2016, 12, 31)).ShouldBeEmpty("no version was in force");
    }

    // A code of its own for each listing, in three letters that a unified code may hold.
    private static string Mark(string list, string domain, bool ableButRefuses)
    {
        const string Letters = "0123456789ABCDEFGHJKLMNPQRTUWXY";
        var place = Listings.Select(listing => ((string)listing[0], (string)listing[1], (bool)listing[2])).ToList().IndexOf((list, domain, ableButRefuses));
        return $"P{Letters[place / Letters.Length]}{Letters[place % Letters.Length]}";
    }
}
