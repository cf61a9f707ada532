using Credit.Domain.Enforcement;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;
using Credit.Domain.Tests.Enforcement;

namespace Credit.Domain.Tests.Listing;

/// <summary>What the two packs say of one and the same entry.</summary>
public sealed class EntryRulesTests
{
    private static readonly PolicyPack Rencheng = PolicyPack.Shipped("rencheng-2019");

    private static readonly PolicyPack National = PolicyPack.Shipped("national-2026");

    [Fact]
    [Trait("Invariant", "I14")]
    [Trait("Requirement", "R-3.2.1.a")]
    public void A_provincial_standard_backs_a_list_of_the_district_and_none_of_the_national_order()
    {
        var local = Sample.Proposal() with { StandardLevel = StandardLevel.Provincial, Severity = Severity.Serious };

        Codes(local, Rencheng).ShouldBeEmpty();
        Codes(local, National).ShouldBe(["local-list-without-law"]);
        Codes(local with { List = ListKind.Red, Severity = null }, National).ShouldBeEmpty("a red list punishes nobody");
        Codes(local with { StandardLevel = StandardLevel.National }, National).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Severity.Minor, 3)]
    [InlineData(Severity.Ordinary, 12)]
    [InlineData(Severity.Serious, 36)]
    [Trait("Invariant", "I20")]
    public void The_longest_term_of_a_grade_runs_from_the_document(Severity severity, int months)
    {
        var decided = Sample.Today.AddDays(-40);
        var proposal = Sample.Proposal() with { Severity = severity, DecidedOn = decided, ValidTo = decided.AddMonths(months) };

        Codes(proposal, National).ShouldBeEmpty();
        Codes(proposal with { ValidTo = decided.AddMonths(months).AddDays(1) }, National).ShouldBe(["term-too-long"]);
        Codes(proposal with { DecidedOn = null, ValidTo = Sample.Today.AddMonths(months) }, National).ShouldBeEmpty("without a document the proposal's day counts");
    }

    [Theory]
    [InlineData(Severity.Ordinary, 3)]
    [InlineData(Severity.Serious, 12)]
    [Trait("Invariant", "I60")]
    [Trait("Requirement", "R-3.5.4.a")]
    public void A_term_shorter_than_the_grades_shortest_is_refused_because_it_could_never_be_repaired(Severity severity, int months)
    {
        var proposal = Sample.Proposal() with { Severity = severity, DecidedOn = Sample.Today, ValidTo = Sample.Today.AddMonths(months) };

        Codes(proposal, National).ShouldBeEmpty("the last day can still be applied on");
        Codes(proposal with { ValidTo = proposal.ValidTo.AddDays(-1) }, National).ShouldBe(["term-too-short"]);
        Codes(proposal with { ValidTo = proposal.ValidTo.AddDays(-1) }, Rencheng).ShouldBeEmpty("the district's pack has no shortest term");
        Codes(proposal with { List = ListKind.Red, ValidTo = proposal.ValidTo.AddDays(-1) }, National).ShouldBeEmpty("nothing is repaired on a red list");
        Codes(proposal with { Severity = Severity.Minor, ValidTo = Sample.Today.AddDays(1) }, National).ShouldBeEmpty("minor conduct has no shortest term");
    }

    [Fact]
    [Trait("Invariant", "I60")]
    public void Without_a_document_the_day_of_recognition_decides_whether_the_term_is_long_enough()
    {
        var entry = ListEntry.Propose(Sample.Proposal() with { Severity = Severity.Serious, DecidedOn = null, ValidTo = Sample.Today.AddMonths(12) }).Value;

        EntryRules.AgainstRecognition(National, entry, Sample.Today).ShouldBeNull();
        EntryRules.AgainstRecognition(National, entry, Sample.Today.AddDays(1))!.Code.ShouldBe("term-too-short");
    }

    [Fact]
    [Trait("Invariant", "I20")]
    public void The_districts_longest_term_is_the_provinces_five_years_from_the_listing()
    {
        var proposal = Sample.Proposal() with { DecidedOn = Sample.Today.AddDays(-40), ValidTo = Sample.Today.AddMonths(60) };

        Codes(proposal, Rencheng).ShouldBeEmpty();
        Codes(proposal with { ValidTo = Sample.Today.AddMonths(60).AddDays(1) }, Rencheng).ShouldBe(["term-too-long"]);
        Codes(proposal with { List = ListKind.Red, ValidTo = Sample.Today.AddYears(9) }, Rencheng).ShouldBeEmpty("no term of dishonesty bounds a red entry");
    }

    [Fact]
    [Trait("Invariant", "I20")]
    public void A_grade_is_owed_where_the_framework_knows_grades_and_a_list_it_lacks_is_refused()
    {
        Codes(Sample.Proposal(), National).ShouldBe(["severity-missing"]);
        Codes(Sample.Proposal(), Rencheng).ShouldBeEmpty();
        Codes(Sample.Proposal(ListKind.Watch), Rencheng with { Lists = [ListKind.Red, ListKind.Black] }).ShouldBe(["list-not-admitted"]);
        Codes(Repairable() with { Severity = Severity.Serious, RepairMonths = 11 }, National).ShouldBe(["repair-term-out-of-range"]);
    }

    [Theory]
    [InlineData(Severity.Minor, 0)]
    [InlineData(Severity.Ordinary, 3)]
    [InlineData(Severity.Serious, 12)]
    [Trait("Invariant", "I60")]
    [Trait("Requirement", "R-3.5.4.a")]
    public void Repair_begins_after_the_shortest_term_of_the_grade_counted_from_the_document(Severity severity, int months)
    {
        var decided = Sample.Today.AddMonths(-2);
        var entry = InForce(Repairable() with { Severity = severity, DecidedOn = decided, RepairMonths = 30 });
        var first = decided.AddMonths(months);

        EntryRules.RepairFrom(National, entry).ShouldBe(first > Sample.Today ? first : Sample.Today, "nobody repairs what is not in force yet");
        EntryRules.RepairFrom(Rencheng, entry).ShouldBe(Sample.Today, "the district sets no shortest term");
        EntryRules.RepairFrom(Rencheng with { RepairAfterMonths = 6 }, entry).ShouldBe(Sample.Today.AddMonths(6));
        entry.StateRepairDates(Rencheng);
        (entry.RepairFrom, entry.RepairUntil).ShouldBe((Sample.Today, Sample.Today.AddMonths(30)));
    }

    [Fact]
    [Trait("Requirement", "R-3.5.4.a")]
    public void A_corrected_term_moves_the_last_day_of_repair_and_an_entry_beyond_repair_has_none()
    {
        var entry = InForce(Repairable());
        entry.StateRepairDates(Rencheng);
        entry.RepairUntil.ShouldBe(Sample.Today.AddYears(3));
        _ = entry.Verify().Value;
        _ = entry.Correct(null, Sample.Today.AddMonths(5), Sample.Today).Value;
        entry.RepairUntil.ShouldBe(Sample.Today.AddMonths(5));

        var hopeless = Sample.InForce();
        hopeless.StateRepairDates(Rencheng);
        (hopeless.RepairFrom, hopeless.RepairUntil).ShouldBe((null, null));
    }

    [Theory]
    [InlineData(EntryTrigger.Expire, true)]
    [InlineData(EntryTrigger.ExitEarly, true)]
    [InlineData(EntryTrigger.StandardChanged, true)]
    [InlineData(EntryTrigger.FindWrong, false)]
    [Trait("Requirement", "R-3.5.5.g")]
    public void A_watch_entry_follows_a_black_one_in_the_district_and_never_in_the_national_order(EntryTrigger on, bool follows)
    {
        EntryRules.WatchFollows(Rencheng, ListKind.Black, on).ShouldBe(follows);
        EntryRules.WatchFollows(Rencheng, ListKind.Watch, on).ShouldBeFalse();
        EntryRules.WatchFollows(National, ListKind.Black, on).ShouldBeFalse();
        EntryRules.WatchFollows(Rencheng with { WatchAfterRepair = false }, ListKind.Black, EntryTrigger.ExitEarly).ShouldBeFalse();
        EntryRules.WatchFollows(Rencheng with { WatchAfterStandardChange = false }, ListKind.Black, EntryTrigger.StandardChanged).ShouldBeFalse();
    }

    [Fact]
    [Trait("Requirement", "R-3.5.5.b")]
    public void A_measure_without_law_is_given_out_by_the_district_and_refused_by_the_national_order()
    {
        var lawful = Sample.Measure();
        var ruled = lawful with { LegalBases = [new LegalBasis("部门规章", LegalLevel.Rule)] };

        EntryRules.Admits(National, ListKind.Black, lawful).ShouldBeTrue();
        EntryRules.Admits(National, ListKind.Black, lawful with { LegalBases = [new LegalBasis("地方性法规", LegalLevel.Regulation)] }).ShouldBeTrue();
        EntryRules.Admits(National, ListKind.Black, ruled).ShouldBeFalse();
        EntryRules.Admits(National, ListKind.Black, lawful with { LegalBases = [] }).ShouldBeFalse();
        EntryRules.Admits(National, ListKind.Red, ruled).ShouldBeTrue("a reward takes nothing from anybody");
        EntryRules.Admits(National, ListKind.Watch, lawful).ShouldBeFalse("an internal grading obliges nobody");
        EntryRules.Admits(Rencheng, ListKind.Black, ruled).ShouldBeTrue();
        EntryRules.Admits(Rencheng, ListKind.Watch, ruled).ShouldBeTrue();
    }

    [Fact]
    [Trait("Requirement", "R-3.2.2.d")]
    public void Whether_persons_are_told_before_a_watch_entry_is_a_switch()
    {
        var watch = ListEntry.Propose(Sample.Proposal(ListKind.Watch, SubjectKind.NaturalPerson) with { NoticeDeliveredOn = null }).Value;

        watch.Recognise(Sample.Recognition()).Refusals.ShouldHaveSingleItem().Code.ShouldBe("prior-notice-missing");
        var untold = Sample.Recognition() with { NoticeFirst = EntryRules.NoticeFirst(Rencheng with { NoticeBeforeWatch = false }, ListKind.Watch) };
        watch.Recognise(untold).Accepted.ShouldBeTrue();
        EntryRules.NoticeFirst(Rencheng with { NoticeBeforeWatch = false }, ListKind.Black).ShouldBeTrue();
    }

    [Fact]
    [Trait("Invariant", "I62")]
    public void Repair_ends_publication_sharing_and_use_and_none_comes_back()
    {
        var entry = Sample.InForce();
        var day = Sample.Today.AddDays(5);
        (entry.Published(day), entry.Shared(day), entry.Usable(day)).ShouldBe((true, true, true));

        _ = entry.Exit(EntryTrigger.ExitEarly, day, EntryRules.EndsSharing(National, EntryTrigger.ExitEarly)).Value;

        (entry.PublicationEndedOn, entry.SharingEndedOn, entry.UseEndedOn).ShouldBe((day, day, day));
        (entry.Published(day), entry.Shared(day), entry.Usable(day)).ShouldBe((false, false, false));
        (EntryRules.EndsSharing(Rencheng, EntryTrigger.ExitEarly), EntryRules.EndsSharing(National, EntryTrigger.Expire)).ShouldBe((false, false));
    }

    [Fact]
    [Trait("Invariant", "I62")]
    [Trait("Invariant", "I38")]
    public void An_exit_of_the_district_leaves_the_record_with_the_departments_and_verification_stops_use_alone()
    {
        var entry = Sample.InForce();
        _ = entry.Verify().Value;
        (entry.Published(Sample.Today), entry.Shared(Sample.Today), entry.Usable(Sample.Today)).ShouldBe((true, true, false));
        entry.Published(entry.ValidTo.AddDays(1)).ShouldBeFalse("the clock of validity runs on");

        _ = entry.Exit(EntryTrigger.Expire, entry.ValidTo.AddDays(1)).Value;
        (entry.Published(entry.ValidTo.AddDays(1)), entry.Shared(entry.ValidTo.AddDays(1)), entry.SharingEndedOn).ShouldBe((false, true, null));
    }

    private static EntryProposal Repairable() => Sample.Proposal() with { Repairable = true, RepairModes = "公开信用承诺" };

    private static ListEntry InForce(EntryProposal proposal)
    {
        var entry = ListEntry.Propose(proposal).Value;
        _ = entry.Recognise(Sample.Recognition()).Value;
        _ = entry.Report(Sample.Today, "tax.approver", [PublicationChannel.DepartmentSite]).Value;
        return entry;
    }

    private static string[] Codes(EntryProposal proposal, PolicyPack pack) => [.. EntryRules.Against(proposal, pack).Select(refusal => refusal.Code)];
}
