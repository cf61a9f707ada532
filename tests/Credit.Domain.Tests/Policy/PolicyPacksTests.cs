using System.Text.Json.Nodes;
using Credit.Domain.Listing;
using Credit.Domain.Policy;

namespace Credit.Domain.Tests.Policy;

/// <summary>Which pack applies, and what each says in numbers.</summary>
public sealed class PolicyPacksTests
{
    private static readonly PolicyPacks Packs = PolicyPacks.Shipped("rencheng-2019");

    private static readonly PolicyPack Rencheng = Packs.Named("rencheng-2019");

    private static readonly PolicyPack National = Packs.Named("national-2026");

    [Theory]
    [Trait("Invariant", "I93")]
    [InlineData("""{"longestPunishMonths":2147483647}""", "draft-pack-out-of-range")]
    [InlineData("""{"longestPunishMonths":1201}""", "draft-pack-out-of-range")]
    [InlineData("""{"longestPunishMonths":-5}""", "draft-pack-out-of-range")]
    [InlineData("""{"reportEntryDays":3651}""", "draft-pack-out-of-range")]
    [InlineData("""{"incentives":{"cleanYears":101}}""", "draft-pack-out-of-range")]
    [InlineData("""{"severityTerms":[{"severity":"Minor","minMonths":-1,"maxMonths":3}]}""", "draft-pack-out-of-range")]
    [InlineData("""{"reviewTicketsPerDay":1e300}""", "draft-pack-out-of-range")]
    [InlineData("""{"catalogue":null}""", "draft-pack-unreadable")]
    [InlineData("""{"longestPunishMonths":1200,"reportEntryDays":3650,"repairAfterMonths":0}""", null)]
    public void A_draft_stays_within_what_a_calendar_can_count(string changes, string? code)
    {
        var draft = Rencheng.Draft(JsonNode.Parse(changes)!.AsObject());

        draft.Refusals.Select(refusal => refusal.Code).Distinct().ShouldBe(code is null ? [] : [code]);
    }

    [Fact]
    [Trait("Invariant", "I93")]
    [Trait("Requirement", "R-3.6.1")]
    public void The_pack_in_force_follows_the_day_within_the_configured_framework_and_a_decision_finds_its_own()
    {
        var next = Rencheng with { Name = "rencheng-2027", EffectiveFrom = new(2027, 1, 1) };
        var packs = new PolicyPacks([next, Rencheng with { EffectiveTo = new(2026, 12, 31) }, National], "rencheng-2027");

        packs.InForce(new(2026, 12, 31)).Name.ShouldBe("rencheng-2019");
        packs.InForce(new(2027, 1, 1)).Name.ShouldBe("rencheng-2027");
        packs.InForce(new(2018, 1, 1)).Name.ShouldBe("rencheng-2019", "nothing applies before the first pack but the first pack");
        packs.Named("rencheng-2019").EffectiveTo.ShouldBe(new DateOnly(2026, 12, 31), "what decided is found for ever");
        new PolicyPacks(packs.All, "national-2026").InForce(new(2027, 1, 1)).Name.ShouldBe("national-2026");
    }

    [Fact]
    [Trait("Invariant", "I93")]
    public void Two_packs_of_a_framework_are_never_in_force_together_and_nothing_decided_is_guessed()
    {
        Should.Throw<ArgumentException>(() => new PolicyPacks([Rencheng, Rencheng with { Name = "rencheng-2027", EffectiveFrom = new(2027, 1, 1) }], "rencheng-2019"));
        Should.Throw<ArgumentException>(() => Packs.Named("rencheng-2099"));
        Should.Throw<ArgumentException>(() => PolicyPacks.Shipped("rencheng-2099"));
    }

    [Fact]
    [Trait("Requirement", "R-3.6.1")]
    public void Every_value_of_every_pack_shipped_names_its_source_or_is_ours()
    {
        foreach (var pack in Packs.All)
        {
            var values = pack.ToJson().Select(value => value.Key).ToHashSet();
            pack.Sources.Keys.Where(source => !values.Contains(source)).ShouldBeEmpty($"{pack.Name} cites sources of values it does not have");
            pack.SourceOf("reviewTicketsPerDay").ShouldBe("default");
        }

        Rencheng.SourceOf("reportEntryDays").ShouldContain("济任政发〔2019〕8号");
        National.SourceOf("severityTerms").ShouldContain("国办发〔2025〕22号");
    }

    [Theory]
    [InlineData("2026-03-31", "rencheng-2019")]
    [InlineData("2026-04-01", "national-2026")]
    [Trait("Invariant", "I93")]
    public void Whose_rules_govern_a_repair_is_a_switch_of_the_pack_of_the_day(string appliedOn, string governs)
    {
        // A district that moved to the national order on 2026-04-01; what it decided before was decided under its own.
        var moved = new PolicyPacks([Rencheng with { Framework = "national", EffectiveTo = new(2026, 3, 31) }, National], "national-2026");

        moved.ForRepair("rencheng-2019", DateOnly.Parse(appliedOn, null)).Name.ShouldBe(governs);
        var byDecision = new PolicyPacks([moved.Named("rencheng-2019"), National with { RepairRule = RepairRule.DecisionDay }], "national-2026");
        byDecision.ForRepair("rencheng-2019", DateOnly.Parse(appliedOn, null)).Name.ShouldBe("rencheng-2019");
    }

    [Theory]
    [InlineData(Severity.Minor, false, 0, 3)]
    [InlineData(Severity.Ordinary, true, 3, 12)]
    [InlineData(Severity.Serious, true, 12, 36)]
    [Trait("Invariant", "I20")]
    public void The_national_order_has_three_grades(Severity severity, bool shown, int least, int longest)
    {
        National.TermOf(severity).ShouldBe(new SeverityTerm(severity, shown, least, longest));
        National.LongestMonthsOf(severity).ShouldBe(longest);
        Rencheng.TermOf(severity).ShouldBeNull();
        Rencheng.LongestMonthsOf(severity).ShouldBe(60, "the province's five years");
        Rencheng.SeverityOf(ListKind.Black, severity).ShouldBeNull("the district's policy knows no grades");
        (National with { LongestPunishMonths = 2 }).LongestMonthsOf(severity).ShouldBe(2, "the shortest of all that apply");
    }

    [Theory]
    [InlineData("警告", Severity.Minor)]
    [InlineData("警告;罚款", Severity.Ordinary)]
    [InlineData("罚款;吊销许可证件", Severity.Serious)]
    [InlineData("行政拘留", Severity.Ordinary)]
    [Trait("Invariant", "I20")]
    public void A_penalty_has_the_grade_of_its_heaviest_kind(string categories, Severity severity)
    {
        National.SeverityOfPenalty(categories).ShouldBe(severity);
        Rencheng.SeverityOfPenalty(categories).ShouldBeNull();
    }

    [Fact]
    [Trait("Invariant", "I20")]
    [Trait("Requirement", "R-3.1.4.h")]
    public void A_penalty_is_shown_from_its_document_on_and_never_beyond_its_longest_term()
    {
        var decided = new DateOnly(2026, 1, 15);

        National.PenaltyPublicUntil(decided, null, Severity.Ordinary).ShouldBe(new DateOnly(2027, 1, 15));
        National.PenaltyPublicUntil(decided, new(2026, 6, 1), Severity.Ordinary).ShouldBe(new DateOnly(2026, 6, 1));
        National.PenaltyPublicUntil(decided, new(2029, 6, 1), Severity.Ordinary).ShouldBe(new DateOnly(2027, 1, 15));
        Rencheng.PenaltyPublicUntil(decided, null, null).ShouldBe(new DateOnly(2027, 1, 15), "twelve months of the pack");
        Rencheng.PenaltyPublicUntil(decided, new(2099, 12, 31), null).ShouldBe(new DateOnly(2031, 1, 15), "five years of the province");
    }

    [Fact]
    [Trait("Invariant", "I93")]
    public void A_draft_is_a_pack_with_other_values_and_nothing_unknown()
    {
        var draft = Rencheng.Draft(new JsonObject { ["longestPunishMonths"] = 36, ["watchPublication"] = false }).Value;
        (draft.Name, draft.LongestPunishMonths, draft.WatchPublication, draft.DefenceDays).ShouldBe(("rencheng-2019+draft", 36, false, 5));
        Rencheng.LongestPunishMonths.ShouldBe(60);

        foreach (var wrong in new JsonObject[] { new() { ["noSuchRule"] = 1 }, new() { ["longestPunishMonths"] = "long" }, new() { ["name"] = "national-2026" }, new() { ["lists"] = "Green" } })
        {
            Rencheng.Draft(wrong).Refusals.ShouldHaveSingleItem().Code.ShouldBe("draft-pack-unreadable");
        }
    }

    [Fact]
    [Trait("Requirement", "R-2.1")]
    public void Every_item_of_the_catalogue_names_the_item_above_it() =>
        Packs.All.SelectMany(pack => pack.Catalogue).ShouldAllBe(item => item.UpstreamItem.StartsWith("全国公共信用信息基础目录", StringComparison.Ordinal));
}
