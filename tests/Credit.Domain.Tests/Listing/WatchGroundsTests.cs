using Credit.Domain.Enforcement;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Tests.Enforcement;

namespace Credit.Domain.Tests.Listing;

/// <summary>What carries a watch entry, and what may be done to a watched subject.</summary>
public sealed class WatchGroundsTests
{
    private static readonly PolicyPack Pack = PolicyPack.Shipped("rencheng-2019");

    [Theory]
    [InlineData(WatchReason.Heavier, null, null)]
    [InlineData(WatchReason.Heavier, 2, "minor-offences-not-counted")]
    [InlineData(WatchReason.RepeatedMinor, null, "minor-offences-too-few")]
    [InlineData(WatchReason.RepeatedMinor, 1, "minor-offences-too-few")]
    [InlineData(WatchReason.RepeatedMinor, 2, null)]
    [Trait("Requirement", "R-3.5.5.a")]
    public void Repeated_minor_offences_are_counted_and_heavier_ones_are_not(WatchReason reason, int? count, string? code) =>
        WatchGrounds.Against(reason, count, Pack).Select(refusal => refusal.Code).SingleOrDefault().ShouldBe(code);

    [Theory]
    [InlineData(null)]
    [InlineData(WatchReason.AfterBlack)]
    [Trait("Requirement", "R-3.5.5.a")]
    public void A_watch_entry_states_its_reason_and_nobody_proposes_what_only_follows(WatchReason? reason) =>
        ListEntry.Propose(Sample.Proposal(ListKind.Watch) with { WatchReason = reason }).Refusals.ShouldContain(refusal => refusal.Code == "watch-reason");

    [Fact]
    [Trait("Requirement", "R-3.5.5.b")]
    [Trait("Invariant", "I48")]
    public void Watched_subjects_are_supervised_or_go_without_benefits_and_are_never_barred()
    {
        Proportion.FitsWatch(MeasureNature.Administrative, [WatchGrade.Supervision]).ShouldBeTrue();
        Proportion.FitsWatch(MeasureNature.Administrative, [WatchGrade.Benefit, WatchGrade.Supervision]).ShouldBeTrue();
        Proportion.FitsWatch(MeasureNature.Administrative, [WatchGrade.Supervision, null]).ShouldBeFalse("part of it is a ban");
        Proportion.FitsWatch(MeasureNature.Administrative, []).ShouldBeFalse("nobody graded it");
        Proportion.FitsWatch(MeasureNature.Market, [WatchGrade.Benefit]).ShouldBeFalse();
    }
}
