using Credit.Abstractions;
using Credit.Conformance;
using Credit.Core.Modules;
using Credit.Domain.Enforcement;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;
using Credit.Modules.Court;
using Credit.Modules.Court.Criteria;
using Credit.Modules.Court.Feedback;

namespace Credit.Modules.Tests;

public sealed class Court_keeps_the_contract : ModuleSpecification<CourtModule>
{
    private const string Case = "（2026）鲁0811执123号";

    private static readonly DateOnly Listed = new(2026, 11, 24);

    protected override IEnumerable<object> ValidReports =>
    [
        new HighConsumptionOrder { CaseNumber = Case, OrderNumber = "（2026）鲁0811执123号之一", IssuedOn = Task.Today, RepresentativesToo = true },
        new ExitRestriction { CaseNumber = Case, DecisionNumber = "限出〔2026〕1号", AssistanceNotice = "协执〔2026〕7号", RestrictedOn = Task.Today, Until = Task.Today.AddYears(1) },
        new EnforcementListing { CaseNumber = Case, DecisionNumber = "失信决定〔2026〕1号", Situation = 1, ListedOn = Task.Today },
        new EnforcementListing { CaseNumber = Case, DecisionNumber = "失信决定〔2026〕2号", Situation = 4, ListedOn = Task.Today, LastDay = Task.Today.AddYears(2) },
        new ListPublication { Channel = "中国执行信息公开网", PublishedOn = Task.Today },
        new PropertyInquiry { AssistanceNotice = "协查〔2026〕3号", Matter = "不动产", ItemsFound = 2, Controlled = true, AnsweredOn = Task.Today },
        new PropertyInquiry { AssistanceNotice = "协查〔2026〕4号", Matter = "车辆", AnsweredOn = Task.Today },
        new CrimeReferral { CaseNumber = Case, Step = "移送公安机关", DocumentNumber = "移〔2026〕1号", TakenOn = Task.Today },
        new EnforcementListing { CaseNumber = Case, DecisionNumber = "失信决定〔2026〕3号", Situation = 2, ListedOn = Task.Today, LastDay = Task.Today.AddYears(5).AddDays(-1) },
        new OfficeBarNotified { JudgmentNumber = "（2026）鲁0811刑初12号", NoticeNumber = "任法通〔2026〕1号", SentenceEndsOn = Task.Today.AddYears(3), BarredUntil = Task.Today.AddYears(8), NotifiedOn = Task.Today },
        new OfficeBarNotified { JudgmentNumber = "（2026）鲁0811刑初13号", NoticeNumber = "任法通〔2026〕2号", Suspended = true, SentenceEndsOn = Task.Today.AddYears(-1), BarredUntil = Task.Today.AddYears(1), NotifiedOn = Task.Today },
    ];

    protected override IEnumerable<object> InvalidReports =>
    [
        new HighConsumptionOrder { CaseNumber = "2026-123", OrderNumber = "", IssuedOn = Task.Today.AddDays(1) },
        new ExitRestriction { CaseNumber = Case, DecisionNumber = "限出〔2026〕1号", AssistanceNotice = "协执〔2026〕7号", RestrictedOn = Task.Today, Until = Task.Today.AddDays(-1) },
        new EnforcementListing { CaseNumber = Case, DecisionNumber = "失信决定〔2026〕1号", Situation = 7, ListedOn = Task.Today, LastDay = Task.Today.AddYears(2) },
        new EnforcementListing { CaseNumber = Case, DecisionNumber = "失信决定〔2026〕1号", Situation = 1, ListedOn = Task.Today, LastDay = Task.Today.AddYears(2) },
        new EnforcementListing { CaseNumber = Case, DecisionNumber = "失信决定〔2026〕1号", Situation = 2, ListedOn = Task.Today },
        new ListPublication { Channel = " ", PublishedOn = Task.Today },
        new PropertyInquiry { AssistanceNotice = "协查〔2026〕3号", Matter = "住址", ItemsFound = 1, AnsweredOn = Task.Today },
        new PropertyInquiry { AssistanceNotice = "协查〔2026〕3号", Matter = "不动产", ItemsFound = 0, Controlled = true, AnsweredOn = Task.Today },
        new EnforcementListing { CaseNumber = Case, DecisionNumber = "失信决定〔2026〕1号", Situation = 2, ListedOn = Task.Today, LastDay = Task.Today.AddMonths(6) },
        new EnforcementListing { CaseNumber = Case, DecisionNumber = "失信决定〔2026〕1号", Situation = 2, ListedOn = Task.Today, LastDay = Task.Today.AddMonths(30) },
        new EnforcementListing { CaseNumber = Case, DecisionNumber = "失信决定〔2026〕1号", Situation = 2, ListedOn = Task.Today, LastDay = Task.Today.AddYears(5).AddDays(1) },
        new OfficeBarNotified { JudgmentNumber = "（2026）鲁0811刑初12号", NoticeNumber = "任法通〔2026〕1号", SentenceEndsOn = Task.Today.AddYears(-6), BarredUntil = Task.Today, NotifiedOn = Task.Today },
        new OfficeBarNotified { JudgmentNumber = "（2026）鲁0811刑初12号", NoticeNumber = "任法通〔2026〕1号", Suspended = true, SentenceEndsOn = Task.Today, BarredUntil = Task.Today.AddYears(3), NotifiedOn = Task.Today },
        new OfficeBarNotified { JudgmentNumber = "（2026）鲁0811刑初12号", NoticeNumber = "任法通〔2026〕1号", SentenceEndsOn = Task.Today.AddYears(26), BarredUntil = Task.Today.AddYears(30), NotifiedOn = Task.Today },
        new CrimeReferral { CaseNumber = Case, Step = "商量", DocumentNumber = "移〔2026〕1号", TakenOn = Task.Today },
    ];

    [Fact]
    public void Every_fault_of_an_order_comes_back_at_once() =>
        new HighConsumptionOrderFeedback().Check(new HighConsumptionOrder { CaseNumber = "", OrderNumber = "", IssuedOn = Task.IssuedOn.AddDays(-1) }, Task)
            .Select(refusal => refusal.Field).ShouldBe(["caseNumber", "orderNumber", "issuedOn"]);

    [Theory]
    [InlineData("（2026）鲁0811执123号", true)]
    [InlineData("(2025)鲁0811执恢9号之二", true)]
    [InlineData("（2026）鲁0811民初123号", false)]
    [InlineData("（26）鲁0811执123号", false)]
    [InlineData("鲁0811执123号", false)]
    [InlineData(null, false)]
    public void A_case_of_enforcement_has_the_number_of_one(string? number, bool holds) => CaseNumbers.Holds(number).ShouldBe(holds);

    [Fact]
    public void An_inquiry_answers_the_court_and_never_carries_out_the_exit_ban_of_a_tax_debtor()
    {
        var report = new PropertyInquiry { AssistanceNotice = "协查〔2026〕3号", Matter = "不动产", AnsweredOn = Task.Today };
        var check = new PropertyInquiryFeedback();
        check.Check(report, Task with { MeasureKey = "COURT/8" }).ShouldBeEmpty();
        check.Check(report, Task with { MeasureKey = "TAX-BLACK/2" }).ShouldHaveSingleItem().Code.ShouldBe("inquiry-is-no-exit-ban");
    }

    [Theory]
    [InlineData("有履行能力而拒不履行生效法律文书确定的义务。", false, 59, null)]
    [InlineData("未履行。", true, 59, null)]
    [InlineData("以暴力、威胁方法抗拒执行。", false, 24, null)]
    [InlineData("以暴力、威胁方法抗拒执行。", false, 25, "term-too-long")]
    [InlineData("以暴力、威胁方法抗拒执行，情节严重。", false, 60, null)]
    [InlineData("以暴力、威胁方法抗拒执行，情节严重。", false, 61, "term-too-long")]
    [InlineData("以虚假诉讼规避执行。", false, 24, null)]
    [InlineData("以隐匿财产规避执行，并违反财产报告制度。", false, 60, null)]
    [InlineData("违反财产报告制度。", false, 25, "term-too-long")]
    [InlineData("违反限制消费令。", false, 25, "term-too-long")]
    [InlineData("无正当理由拒不履行执行和解协议。", false, 24, null)]
    [InlineData("未履行。", false, 24, "situation-not-stated")]
    public void A_debtor_is_listed_in_one_of_six_situations_and_for_its_term(string facts, bool ableButRefuses, int months, string? refusal) =>
        Refusals(facts, ableButRefuses, months, BasisKind.UnfulfilledJudgment).ShouldBe(refusal is null ? [] : [refusal]);

    [Fact]
    public void Every_reason_against_a_proposal_comes_back_at_once() =>
        Refusals("未履行。", false, 24, BasisKind.AdministrativeAct).ShouldBe(["basis-does-not-fit", "situation-not-stated"]);

    [Fact]
    [Trait("Requirement", "R-3.5.3.a")]
    public void What_lies_outside_the_platforms_remit_is_known_and_given_to_nobody()
    {
        var court = ModuleCatalog.Discover().Memoranda.Single(memorandum => memorandum.Code == "COURT");
        court.Measures.Where(measure => measure.Ordinal is "3.6" or "3.7" or "3.8").ShouldAllBe(measure => measure.Departments.Count == 0 && !measure.IsDraft);
        court.Measures.Single(measure => measure.Ordinal == "7.1").Departments.ShouldBeEmpty("railways and airlines are not the district's");
        court.Measures.Where(measure => measure.Nature is MeasureNature.Market or MeasureNature.Industry or MeasureNature.Social)
            .ShouldAllBe(measure => measure.Obligation == MeasureObligation.Recommended);
    }

    private static IEnumerable<string> Refusals(string facts, bool ableButRefuses, int months, BasisKind basis) =>
        new UntrustworthyJudgmentDebtor().Check(new ProposalFacts(SubjectKind.LegalPerson, facts, basis, Listed, new Validity(Listed, Listed.AddMonths(months)), ableButRefuses))
            .Select(each => each.Code);
}
