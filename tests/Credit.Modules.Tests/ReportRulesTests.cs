using Credit.Conformance;
using Credit.Core.Enforcement;
using Credit.Modules.PublicResourceTrading.Feedback;

namespace Credit.Modules.Tests;

/// <summary>What the core refuses in any report, whatever module takes it in.</summary>
public sealed class ReportRulesTests
{
    private static readonly RefusedBid Sound = new() { Project = "某某道路工程", TenderDocument = "RC-2026-001", RefusedOn = ModuleUnderTest.SampleTask.Today };

    [Fact]
    public void A_sound_report_is_accepted() => Codes(Sound).ShouldBeEmpty();

    [Fact]
    public void What_is_missing_is_said_before_the_module_is_asked() =>
        Codes(Sound with { Project = null!, TenderDocument = null! }).ShouldBe(["field-required project", "field-required tenderDocument"]);

    [Theory]
    [Trait("Requirement", "R-3.1.4.i")]
    [InlineData("联系13812345678", "text-names-person")]
    [InlineData("证件370811199001011234", "text-names-person")]
    [InlineData("道路\n工程", "text-control-characters")]
    [InlineData(" ", "field-required")]
    public void A_text_that_cannot_stand_is_refused(string project, string code) => Codes(Sound with { Project = project }).ShouldBe([$"{code} project"]);

    [Fact]
    public void A_text_too_long_is_refused_for_its_length_alone() => Codes(Sound with { Project = new string('1', 3000) }).ShouldBe(["text-too-long project"]);

    [Fact]
    public void Where_the_module_speaks_of_a_member_its_words_stand() =>
        ReportRules.Check(Sound with { Project = "" }, new RefusedBidFeedback(), ModuleUnderTest.SampleTask).ShouldHaveSingleItem().Chinese.ShouldBe("请填写项目名称。");

    private static IEnumerable<string> Codes(RefusedBid report) =>
        ReportRules.Check(report, new RefusedBidFeedback(), ModuleUnderTest.SampleTask).Select(refusal => $"{refusal.Code} {refusal.Field}");
}
