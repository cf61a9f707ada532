using Credit.Domain.Checks;

namespace Credit.Domain.Tests.Checks;

public sealed class DecidedMatterTests
{
    private static readonly DateOnly Decided = new(2026, 11, 24);

    private static readonly MatterReport Sound = new()
    {
        Department = "finance",
        Kind = MatterKind.Fiscal,
        Reference = "任财补〔2026〕9号",
        Procedure = "财政补贴审批",
        SubjectLookup = "aa",
        DecidedOn = Decided,
        QueryNumber = "CX1",
    };

    private static readonly QueryMade Check = new("finance", MatterKind.Fiscal, "任财补〔2026〕9号", ["bb", "aa"], Decided);

    [Fact]
    [Trait("Requirement", "R-3.1.6.a")]
    [Trait("Invariant", "I54")]
    public void A_matter_is_checked_by_a_query_of_its_department_subject_and_kind_on_the_day_of_the_decision_at_the_latest()
    {
        DecidedMatter.MissedBy(Sound, Check).ShouldBeNull();
        DecidedMatter.MissedBy(Sound, Check with { AskedOn = Decided.AddDays(-1) }).ShouldBeNull();
        DecidedMatter.MissedBy(Sound, Check with { AskedOn = Decided.AddDays(1) }).ShouldBe(MissedCheck.AfterDecision);
        DecidedMatter.MissedBy(Sound with { QueryNumber = null }, null).ShouldBe(MissedCheck.NoNumber);
        DecidedMatter.MissedBy(Sound, null).ShouldBe(MissedCheck.NumberUnknown);
        DecidedMatter.MissedBy(Sound, Check with { Department = "tax" }).ShouldBe(MissedCheck.NumberUnknown);
        DecidedMatter.MissedBy(Sound, Check with { Lookups = ["bb"] }).ShouldBe(MissedCheck.OtherSubject);
        DecidedMatter.MissedBy(Sound, Check with { Kind = MatterKind.Trading }).ShouldBe(MissedCheck.OtherMatter);
        DecidedMatter.MissedBy(Sound, Check with { Reference = "任财补〔2026〕8号" }).ShouldBe(MissedCheck.OtherMatter, "one number does not cover the next matter");
    }

    [Fact]
    [Trait("Requirement", "R-3.1.6.a")]
    public void That_nobody_checked_is_recorded_and_a_matter_that_says_nothing_or_lies_ahead_is_refused()
    {
        var missed = DecidedMatter.Report(Sound with { QueryNumber = null }, null, "finance.officer", Decided);
        missed.Value.Missed.ShouldBe(MissedCheck.NoNumber);
        missed.Value.Announcements.ShouldHaveSingleItem().Announcement.ShouldBeOfType<MatterDecided>().Missed.ShouldBe(MissedCheck.NoNumber);

        CodesOf(Sound with { Reference = " " }).ShouldBe(["matter-missing"]);
        CodesOf(Sound with { Procedure = "" }).ShouldBe(["matter-missing"]);
        CodesOf(Sound with { Procedure = new string('项', 201) }).ShouldBe(["text-too-long"]);
        CodesOf(Sound with { DecidedOn = Decided.AddDays(1) }).ShouldBe(["matter-in-future"]);
    }

    [Theory]
    [InlineData(MatterKind.Fiscal, "P06", true)]
    [InlineData(MatterKind.Fiscal, "P02", false)]
    [InlineData(MatterKind.Trading, "P02", true)]
    [InlineData(MatterKind.Approval, "P08", true)]
    [InlineData(MatterKind.Approval, "P32", false)]
    [InlineData(MatterKind.Other, "P32", true)]
    [InlineData(MatterKind.Honour, "", true)]
    [Trait("Requirement", "R-3.1.6.a")]
    public void A_measure_concerns_the_matters_it_can_restrict_and_in_doubt_every_matter(MatterKind kind, string canonical, bool concerns) =>
        MatterMeasures.Concern(kind, canonical.Length == 0 ? [] : [canonical]).ShouldBe(concerns);

    private static IEnumerable<string> CodesOf(MatterReport report) => DecidedMatter.Report(report, Check, "finance.officer", Decided).Refusals.Select(refusal => refusal.Code);
}
