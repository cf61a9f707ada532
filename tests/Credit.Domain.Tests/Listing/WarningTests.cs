using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;
using Credit.Domain.Tests.Enforcement;

namespace Credit.Domain.Tests.Listing;

/// <summary>When a subject is on the warning list (R-3.5.5.e): a pure function of its watch entries.</summary>
public sealed class WarningTests
{
    private static readonly PolicyPack Pack = PolicyPack.Shipped("rencheng-2019");

    [Theory]
    [InlineData(false, "税收征管", "安全生产")]
    [InlineData(false, "税收征管", "税收征管", "安全生产")]
    [InlineData(true, "税收征管", "安全生产", "生态环境")]
    [InlineData(true, "税收征管", "税收征管", "安全生产", "生态环境")]
    [InlineData(false, "税收征管", "安全生产", "志愿服务")]
    [InlineData(false, "税收征管", "安全生产", "精神文明")]
    [Trait("Requirement", "R-3.5.5.e")]
    [Trait("Invariant", "I9")]
    public void Three_distinct_key_domains_warn_and_nothing_less(bool warned, params string[] domains) =>
        (WarningEntry.Follow(null, [.. domains.Select(domain => Watch(domain))], Pack, Sample.Today) is not null).ShouldBe(warned);

    [Fact]
    [Trait("Requirement", "R-3.5.5.e")]
    [Trait("Invariant", "I9")]
    public void Black_and_red_entries_and_watch_entries_not_in_force_do_not_count()
    {
        var exited = Watch("生态环境");
        _ = exited.Exit(EntryTrigger.StandardChanged, Sample.Today).Value;
        var others = new[] { Sample.InForce(ListKind.Black), Sample.Proposed(ListKind.Watch), exited };

        WarningEntry.Follow(null, [Watch("税收征管"), Watch("安全生产"), .. others], Pack, Sample.Today).ShouldBeNull();
    }

    [Fact]
    [Trait("Requirement", "R-3.5.5.e")]
    public void A_watch_entry_under_verification_still_counts()
    {
        var verified = Watch("生态环境");
        _ = verified.Verify().Value;

        WarningEntry.Follow(null, [Watch("税收征管"), Watch("安全生产"), verified], Pack, Sample.Today).ShouldNotBeNull();
    }

    [Fact]
    [Trait("Invariant", "I10")]
    public void It_is_created_once_and_ends_on_the_day_the_count_falls_below()
    {
        ListEntry[] watches = [Watch("税收征管"), Watch("安全生产"), Watch("生态环境"), Watch("消防安全")];
        var warning = WarningEntry.Follow(null, watches, Pack, Sample.Today)!;

        WarningEntry.Follow(warning, watches, Pack, Sample.Today).ShouldBeNull("it is there already");
        _ = watches[0].Exit(EntryTrigger.StandardChanged, Sample.Today.AddDays(1)).Value;
        WarningEntry.Follow(warning, watches, Pack, Sample.Today.AddDays(1)).ShouldBeNull();
        (warning.State, warning.Domains).ShouldBe((WarningState.Active, warning.Domains));
        warning.Domains.ShouldBe(["安全生产", "消防安全", "生态环境"], ignoreOrder: true);
        _ = watches[1].Exit(EntryTrigger.StandardChanged, Sample.Today.AddDays(2)).Value;
        WarningEntry.Follow(warning, watches, Pack, Sample.Today.AddDays(2)).ShouldBeNull();

        (warning.State, warning.EndedOn).ShouldBe((WarningState.Exited, Sample.Today.AddDays(2)));
        watches[2].State.ShouldBe(EntryState.Active, "watch entries stay as they are (D5)");
    }

    [Fact]
    [Trait("Invariant", "I10")]
    [Trait("Invariant", "I33")]
    public void Its_last_day_is_the_day_on_which_enough_entries_are_last_in_force()
    {
        ListEntry[] watches = [Watch("税收征管", 10), Watch("税收征管", 30), Watch("安全生产", 20), Watch("生态环境", 40), Watch("消防安全", 5)];

        var warning = WarningEntry.Follow(null, watches, Pack, Sample.Today)!;

        // 消防安全 goes on the 5th, 安全生产 on the 20th: from the 21st on there are two.
        warning.LastDay.ShouldBe(Sample.Today.AddDays(20));
        (warning.InForce(Sample.Today.AddDays(20)), warning.InForce(Sample.Today.AddDays(21))).ShouldBe((true, false));
    }

    [Fact]
    [Trait("Invariant", "I10")]
    public void A_warning_that_ended_unnoticed_is_ended_on_its_own_day_and_a_new_one_begins()
    {
        var old = WarningEntry.Follow(null, [Watch("税收征管", 10), Watch("安全生产"), Watch("生态环境")], Pack, Sample.Today)!;
        var later = Sample.Today.AddDays(15);

        var begun = WarningEntry.Follow(old, [Watch("安全生产"), Watch("生态环境"), Watch("消防安全")], Pack, later);

        (old.State, old.EndedOn).ShouldBe((WarningState.Exited, Sample.Today.AddDays(11)));
        begun.ShouldNotBeNull().BegunOn.ShouldBe(later);
    }

    [Fact]
    [Trait("Invariant", "I11")]
    [Trait("Invariant", "I67")]
    public void The_public_is_not_warned_of_persons_unless_the_pack_says_so_nor_by_entries_that_may_not_be_published()
    {
        ListEntry[] persons = [.. new[] { "税收征管", "安全生产", "生态环境" }.Select(domain => Watch(domain, kind: SubjectKind.NaturalPerson))];
        WarningEntry.Follow(null, persons, Pack, Sample.Today)!.PublicLastDay.ShouldBeNull();
        WarningEntry.Follow(null, persons, Pack with { WarnPublicOfPersons = true }, Sample.Today)!.PublicLastDay.ShouldNotBeNull();

        ListEntry[] secret = [Watch("税收征管"), Watch("安全生产"), Watch("生态环境", publishable: false)];
        var warning = WarningEntry.Follow(null, secret, Pack, Sample.Today)!;
        (warning.InForce(Sample.Today), warning.PublicLastDay).ShouldBe((true, null));
    }

    private static ListEntry Watch(string domain, int days = 365, SubjectKind kind = SubjectKind.LegalPerson, bool publishable = true)
    {
        var entry = ListEntry.Propose(Sample.Proposal(ListKind.Watch, kind) with
        {
            Domain = domain,
            ValidTo = Sample.Today.AddDays(days),
            Publishable = publishable,
            UnpublishableReason = publishable ? null : "涉密",
        }).Value;
        _ = entry.Recognise(Sample.Recognition()).Value;
        _ = entry.Report(Sample.Today, "tax.approver", []).Value;
        return entry;
    }
}
