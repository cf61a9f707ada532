using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Tests.Enforcement;

namespace Credit.Domain.Tests.Listing;

/// <summary>What another pack would make of an entry that one pack decided.</summary>
[Trait("Requirement", "R-3.6.1")]
public sealed class PolicyComparisonTests
{
    private static readonly PolicyPack Rencheng = PolicyPack.Shipped("rencheng-2019");

    private static readonly PolicyPack National = PolicyPack.Shipped("national-2026");

    [Fact]
    public void The_same_pack_on_the_same_day_changes_nothing()
    {
        foreach (var list in Enum.GetValues<ListKind>())
        {
            Of(Sample.InForce(list), Rencheng).ShouldBeEmpty();
            Of(Sample.Proposed(list), Rencheng).ShouldBeEmpty();
        }
    }

    [Fact]
    public void A_black_entry_of_the_district_would_be_followed_by_nothing_and_repaired_later_and_at_once()
    {
        var entry = InForce(Sample.Proposal() with { Repairable = true, RepairModes = "公开信用承诺" });

        var differences = Of(entry, National);

        differences.Select(each => (each.Kind, each.Rule, each.Was, each.Under)).ShouldBe(
        [
            ("watch-after-exit", "watchAfterBlack", "true", "false"),
            ("repair-from", "severityTerms", "2026-11-24", "2027-11-24"),
            ("repair-ends-listing", "repairEndsListing", "false", "true"),
        ]);
        differences[0].Clause.ShouldBe(Clause.R("3.5.5.g"));
    }

    [Fact]
    public void A_provincial_list_would_be_refused_and_four_years_cut_to_three()
    {
        var entry = InForce(Sample.Proposal() with { StandardLevel = StandardLevel.Provincial, StandardApproval = "鲁政字〔2026〕1号", ValidTo = Sample.Today.AddYears(4) });

        var differences = Of(entry, National);

        differences.Single(each => each.Kind == "refused").Under.ShouldBe("local-list-without-law,term-too-long");
        differences.Single(each => each.Kind == "valid-to").ShouldBe(new PolicyDifference("valid-to", "severityTerms", Clause.Standard("I20"), "2030-11-24", "2029-11-24"));
    }

    [Fact]
    public void A_watch_entry_shown_by_choice_would_be_hidden_and_oblige_nobody()
    {
        var watch = Sample.InForce(ListKind.Watch);
        _ = watch.ChoosePublication(shown: true, "公共安全", "tax.reviewer", Sample.Today).Value;

        var differences = Of(watch, National with { SeverityTerms = [] });

        differences.Select(each => each.Kind).ShouldBe(["publication", "measures"]);
    }

    [Fact]
    public void A_minor_entry_would_not_be_shown_and_be_over_after_three_months()
    {
        var entry = InForce(Sample.Proposal() with { Severity = Severity.Minor });

        PolicyComparison.Of(entry, Rencheng, Sample.Today, National, Sample.Today).Select(each => each.Kind).ShouldBe(["refused", "valid-to", "publication", "watch-after-exit"]);
        PolicyComparison.Of(entry, Rencheng, Sample.Today, National, Sample.Today.AddMonths(4)).Select(each => each.Kind)
            .ShouldBe(["refused", "valid-to", "in-force", "publication", "watch-after-exit"]);
    }

    [Fact]
    public void Another_day_under_the_same_pack_shows_what_time_does()
    {
        var entry = Sample.InForce();

        PolicyComparison.Of(entry, Rencheng, Sample.Today, Rencheng, entry.ValidTo).ShouldBeEmpty();
        PolicyComparison.Of(entry, Rencheng, Sample.Today, Rencheng, entry.ValidTo.AddDays(1)).Select(each => each.Kind).ShouldBe(["in-force", "publication"]);
    }

    [Fact]
    public void What_followed_a_black_entry_would_not_exist_and_what_was_repaired_would_be_shared_with_nobody()
    {
        var black = Sample.InForce();
        _ = black.Exit(EntryTrigger.ExitEarly, Sample.Today).Value;
        var watch = ListEntry.WatchAfterBlack(black, Sample.Today);

        Of(watch, National).Select(each => each.Kind).ShouldContain("would-not-exist");
        Of(black, National).Select(each => each.Kind).ShouldBe(["sharing"]);
    }

    private static IReadOnlyList<PolicyDifference> Of(ListEntry entry, PolicyPack under) => PolicyComparison.Of(entry, Rencheng, Sample.Today, under, Sample.Today);

    private static ListEntry InForce(EntryProposal proposal)
    {
        var entry = ListEntry.Propose(proposal).Value;
        _ = entry.Recognise(Sample.Recognition()).Value;
        _ = entry.Report(Sample.Today, "tax.approver", [PublicationChannel.DepartmentSite]).Value;
        return entry;
    }
}
