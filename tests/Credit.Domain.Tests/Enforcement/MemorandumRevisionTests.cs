using Credit.Domain.Enforcement;
using Credit.Domain.Listing;
using Credit.Domain.Policy;

namespace Credit.Domain.Tests.Enforcement;

public sealed class MemorandumRevisionTests
{
    private static readonly DateOnly Today = new(2026, 11, 24);

    private static readonly Measure Sound = new()
    {
        Key = "RC-DUST/1",
        Ordinal = "1",
        Wording = "列为重点监管对象",
        Nature = MeasureNature.Administrative,
        Obligation = MeasureObligation.Recommended,
        Departments = ["housing"],
        LegalBases = [new("任信办〔2026〕12号第三条", LegalLevel.Document)],
        Within = new WorkingDays(10),
        Evidence = Evidence.Seen,
    };

    private static readonly MemorandumText Text = new()
    {
        Code = "RC-DUST",
        Title = "扬尘污染失信联合惩戒合作备忘录",
        Level = MemorandumLevel.District,
        SignedOn = Today,
        Parties = ["ecology", "housing"],
        List = ListKind.Black,
        Domains = ["生态环境"],
        EffectiveFrom = Today.AddDays(1),
        Measures = [Sound],
    };

    private static readonly MemorandumPast Nothing = new(0, null, Ended: false);

    public static TheoryData<RevisionState, RevisionTrigger> EveryPair()
    {
        var pairs = new TheoryData<RevisionState, RevisionTrigger>();
        foreach (var state in Enum.GetValues<RevisionState>())
        {
            foreach (var on in Enum.GetValues<RevisionTrigger>())
            {
                pairs.Add(state, on);
            }
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(EveryPair))]
    [Trait("Invariant", "I22")]
    [Trait("Requirement", "R-3.5.3.c")]
    public void A_revision_moves_as_its_table_says(RevisionState state, RevisionTrigger on)
    {
        var revision = In(state);

        var outcome = Fire(revision, on);

        outcome.Accepted.ShouldBe(MemorandumLifecycle.Table.Allows(state, on));
        revision.State.ShouldBe(outcome.Accepted ? MemorandumLifecycle.Table.Fire(state, on).Value.To : state);
    }

    [Fact]
    [Trait("Requirement", "R-3.5.2.a")]
    public void A_local_memorandum_names_its_day_its_parties_and_a_basis_for_each_measure()
    {
        CodesOf(Text).ShouldBeEmpty();
        CodesOf(Text with { SignedOn = null }).ShouldBe(["memorandum-parties"]);
        CodesOf(Text with { Parties = ["ecology", "ecology"] }).ShouldBe(["memorandum-parties"]);
        CodesOf(Text with { Level = MemorandumLevel.National, SignedOn = null, Parties = [] }).ShouldBeEmpty("a national one was signed elsewhere");
        CodesOf(Text with { Domains = [] }).ShouldBe(["memorandum-domain-missing"]);
        CodesOf(Text with { Measures = [] }).ShouldBe(["memorandum-without-measures"]);
        CodesOf(Sound with { LegalBases = [] }).ShouldBe(["measure-without-basis"]);
        CodesOf(Text with { Code = "rc-dust" }).ShouldBe(["memorandum-code"]);
        CodesOf(Text with { Measures = [Sound, Sound] }).ShouldBe(["measure-twice"]);
        CodesOf(Text with { EffectiveTo = Today }).ShouldBe(["memorandum-ends-before"]);
    }

    [Fact]
    [Trait("Requirement", "R-3.5.3.b")]
    [Trait("Requirement", "R-3.4.3.c")]
    public void Mandatory_needs_a_law_or_regulation_and_market_industry_and_social_measures_only_recommend()
    {
        var mandatory = Sound with { Obligation = MeasureObligation.Mandatory };
        CodesOf(mandatory).ShouldBe(["mandatory-without-law"]);
        CodesOf(mandatory with { LegalBases = [new("部门规章", LegalLevel.Rule)] }).ShouldBe(["mandatory-without-law"]);
        CodesOf(mandatory with { LegalBases = [new("大气污染防治法", LegalLevel.Law)] }).ShouldBeEmpty();
        CodesOf(mandatory with { LegalBases = [new("山东省社会信用条例", LegalLevel.Regulation)] }).ShouldBeEmpty();
        foreach (var nature in new[] { MeasureNature.Market, MeasureNature.Industry, MeasureNature.Social })
        {
            CodesOf(mandatory with { Nature = nature, LegalBases = [new("法", LegalLevel.Law)] }).ShouldBe(["nature-recommended-only"]);
            CodesOf(Sound with { Nature = nature }).ShouldBeEmpty();
        }

        CodesOf(Sound with { Departments = [] }).ShouldBe(["measure-without-department"]);
        CodesOf(Sound with { Within = new WorkingDays(0) }).ShouldBe(["measure-term"]);
        CodesOf(Sound with { Evidence = Evidence.Medium, LegalBases = [] }).ShouldBeEmpty("a draft is shown, never dispatched");
    }

    [Theory]
    [InlineData("P26")]
    [InlineData("P27")]
    [InlineData("P42")]
    [Trait("Requirement", "R-3.4.3.b")]
    public void What_urges_performance_is_for_those_who_are_able_but_refuse_or_comes_from_the_court(string canonical)
    {
        var urging = Sound with { Canonical = [canonical] };
        CodesOf(Text with { List = Credit.Domain.Listing.ListKind.Red, Measures = [Sound with { Canonical = ["P24"] }] }).ShouldBe(["measure-of-other-list"], "a red entry restricts nobody");
        CodesOf(urging).ShouldBe(["urging-for-refusers-only"]);
        CodesOf(urging with { OnlyAbleButRefuses = true }).ShouldBeEmpty();
        CodesOf(Text with { Measures = [urging], Domains = ["司法执行"] }).ShouldBeEmpty();
        CodesOf(Text with { Measures = [urging], Domains = ["司法执行", "税收征管"] }).ShouldBe(["urging-for-refusers-only"]);
    }

    [Fact]
    [Trait("Invariant", "I93")]
    [Trait("Requirement", "R-3.5.3.c")]
    public void A_revision_takes_effect_after_today_and_after_the_version_before_it()
    {
        CodesOf(Text with { EffectiveFrom = Today }).ShouldBe(["memorandum-too-early"]);
        var past = new MemorandumPast(3, Today.AddDays(10), Ended: false);
        Draw(Text with { EffectiveFrom = Today.AddDays(10) }, past).Refusals.Select(refusal => refusal.Code).ShouldBe(["memorandum-before-last"]);
        var drawn = Draw(Text with { EffectiveFrom = Today.AddDays(11) }, past).Value;
        (drawn.Kind, drawn.Number).ShouldBe((RevisionKind.NewVersion, 4));
    }

    [Fact]
    [Trait("Invariant", "I84")]
    [Trait("Invariant", "I93")]
    public void A_second_person_decides_with_a_reason_and_not_about_what_was_overtaken_or_comes_too_late()
    {
        var revision = In(RevisionState.Submitted);

        Codes(revision.Decide(approve: true, "通过", Nothing, "one", Today)).ShouldBe(["four-eyes"]);
        Codes(revision.Decide(approve: false, "不通过", Nothing, "one", Today)).ShouldBe(["four-eyes"]);
        Codes(revision.Decide(approve: true, " ", Nothing, "two", Today)).ShouldBe(["finding-missing"]);
        Codes(revision.Decide(approve: true, "通过", new(1, Today, Ended: false), "two", Today)).ShouldBe(["memorandum-overtaken"]);
        Codes(revision.Decide(approve: true, "通过", Nothing, "two", Today.AddDays(1))).ShouldBe(["memorandum-too-early"]);
        revision.Decide(approve: false, "依据不足", Nothing, "two", Today.AddDays(1)).Value.State.ShouldBe(RevisionState.Rejected);
    }

    [Fact]
    [Trait("Invariant", "I41")]
    [Trait("Invariant", "I93")]
    public void A_version_counts_to_the_day_before_the_next_one_and_a_later_file_overwrites_nothing()
    {
        VersionSpan file = new("A", 1, new(2017, 1, 1), null, AtRunTime: false);
        VersionSpan next = new("A", 2, new(2027, 1, 1), null, AtRunTime: true);
        VersionSpan end = new("A", 3, new(2028, 1, 1), null, AtRunTime: true, Ends: true);
        VersionSpan newerFile = new("A", 2, new(2027, 6, 1), null, AtRunTime: false);
        VersionSpan other = new("B", 1, new(2017, 1, 1), new(2027, 5, 31), AtRunTime: false);
        VersionSpan[] all = [file, next, end, newerFile, other];

        MemorandumTerms.LastDay(file, [file]).ShouldBeNull();
        MemorandumTerms.LastDay(file, all).ShouldBe(new(2026, 12, 31));
        MemorandumTerms.LastDay(next, all).ShouldBe(new(2027, 12, 31));
        MemorandumTerms.LastDay(other, all).ShouldBe(new(2027, 5, 31));
        all.Where(version => MemorandumTerms.Counts(version, all)).ShouldBe([file, next, other]);
        MemorandumTerms.Counts(newerFile, [file, newerFile]).ShouldBeTrue("nothing was approved at run time");
    }

    [Fact]
    [Trait("Requirement", "R-3.5.3.c")]
    public void Departments_learn_what_a_version_adds_changes_and_ends_for_them_and_drafts_bind_nobody()
    {
        Measure Other(string ordinal, params string[] departments) => Sound with { Ordinal = ordinal, Departments = departments };
        Measure[] before = [Other("1", "housing"), Other("2", "housing", "transport"), Other("3", "tax")];
        Measure[] after = [Other("1", "housing") with { Wording = "提高抽查频次" }, Other("2", "transport"), Other("3", "tax"), Other("4", "finance") with { Evidence = Evidence.Low }, Other("5", "finance")];

        var changes = DepartmentChange.Between(before, after);

        changes.Select(change => (change.Department, string.Join(',', change.Added), string.Join(',', change.Changed), string.Join(',', change.Ended)))
            .ShouldBe([("finance", "5", "", ""), ("housing", "", "1", "2")]);
    }

    private static IEnumerable<string> CodesOf(MemorandumText text) => Draw(text, Nothing).Refusals.Select(refusal => refusal.Code);

    private static IEnumerable<string> CodesOf(Measure measure) => CodesOf(Text with { Measures = [measure] });

    private static IEnumerable<string> Codes(Outcome<MemorandumRevision> outcome) => outcome.Refusals.Select(refusal => refusal.Code);

    private static Outcome<MemorandumRevision> Draw(MemorandumText text, MemorandumPast past) => MemorandumRevision.Draw(text, past, [], "联席会议议定", "one", Today);

    private static MemorandumRevision In(RevisionState state)
    {
        var revision = Draw(Text, Nothing).Value;
        if (state != RevisionState.Draft)
        {
            revision.Submit().Accepted.ShouldBeTrue();
        }

        if (state is RevisionState.InForce or RevisionState.Retired or RevisionState.Rejected)
        {
            revision.Decide(state != RevisionState.Rejected, "已审议", Nothing, "two", Today).Accepted.ShouldBeTrue();
        }

        if (state == RevisionState.Retired)
        {
            revision.Retire().Accepted.ShouldBeTrue();
        }

        revision.State.ShouldBe(state);
        return revision;
    }

    private static Outcome<MemorandumRevision> Fire(MemorandumRevision revision, RevisionTrigger on) => on switch
    {
        RevisionTrigger.Submit => revision.Submit(),
        RevisionTrigger.Approve => revision.Decide(approve: true, "已审议", Nothing, "two", Today),
        RevisionTrigger.Reject => revision.Decide(approve: false, "已审议", Nothing, "two", Today),
        _ => revision.Retire(),
    };
}
