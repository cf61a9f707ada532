using Credit.Domain.Checks;
using Credit.Domain.Incentives;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;

namespace Credit.Domain.Tests.Incentives;

/// <summary>What follows from where a subject stands, over every standing there can be.</summary>
public sealed class StandingTests
{
    private static readonly IncentiveTerms Terms = PolicyPack.Shipped("rencheng-2019").Incentives;

    [Fact]
    [Trait("Requirement", "R-3.1.6.c")]
    public void Good_credit_is_never_advised_against_and_bad_credit_never_rewarded()
    {
        foreach (var (standing, matter) in Pairs())
        {
            var kinds = AdviceOn(standing, matter).Select(item => item.Kind).ToArray();
            kinds.Any(Advice.IsRestrictive).ShouldBe(standing.Punished, $"{standing} {matter}");
            kinds.All(Advice.IsRestrictive).ShouldBe(standing.Punished || kinds.Length == 0, $"{standing} {matter}");
        }
    }

    [Fact]
    [Trait("Requirement", "R-3.1.6.c")]
    public void A_red_entry_brings_priority_and_restricts_nobody_and_only_a_black_one_restricts()
    {
        AdviceOn(new() { Red = true, Clean = true }, MatterKind.Other).Select(item => item.Kind).ShouldBe([AdviceKind.Priority]);
        AdviceOn(new() { Black = true }, MatterKind.Other).Select(item => item.Kind).ShouldBe([AdviceKind.StricterCheck, AdviceKind.WithdrawBenefit, AdviceKind.Restrict]);
        AdviceOn(new() { Watch = true }, MatterKind.Fiscal).Select(item => item.Kind).ShouldBe([AdviceKind.StricterCheck, AdviceKind.WithdrawBenefit]);
        AdviceOn(new() { Black = true, Resting = true }, MatterKind.Fiscal).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Requirement", "R-3.3.3.a")]
    public void Red_and_exemplar_come_first_for_fiscal_money_and_a_clean_record_alone_does_not()
    {
        foreach (var standing in new CreditStanding[] { new() { Red = true }, new() { Exemplar = true } })
        {
            var advice = AdviceOn(standing, MatterKind.Fiscal);
            advice.Select(item => item.Kind).ShouldBe([AdviceKind.Priority, AdviceKind.Support]);
            advice.ShouldAllBe(item => item.Clause == "R-3.3.3.a");
        }

        AdviceOn(new() { Clean = true }, MatterKind.Fiscal).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Invariant", "I49")]
    [Trait("Requirement", "R-3.3.2.b")]
    public void The_green_channel_is_open_for_exemplars_and_for_a_clean_record_and_for_nobody_on_a_list_in_execution()
    {
        foreach (var standing in Standings())
        {
            var answer = Convenience.Of(standing, 3);
            answer.Eligible.ShouldBe((standing.Exemplar || standing.Clean) && !standing.Punished, $"{standing}");
            answer.Reasons.Any(reason => reason.For == answer.Eligible).ShouldBeTrue($"{standing}: a reason for the answer");
        }
    }

    [Fact]
    [Trait("Invariant", "I49")]
    public void A_reward_needs_red_or_exemplar_and_no_list_in_execution()
    {
        foreach (var standing in Standings())
        {
            standing.Rewardable.ShouldBe((standing.Red || standing.Exemplar) && !(standing.Listed && !standing.Resting));
            BidBonus.Give(Guid.CreateVersion7(), standing, "RC-2026-001", "第三章 3.4", 2, 2, "finance", "finance.officer", new(2026, 11, 24)).Accepted.ShouldBe(standing.Rewardable);
        }
    }

    [Fact]
    [Trait("Requirement", "R-3.1.6.b")]
    [Trait("Requirement", "R-3.3.3.d")]
    public void The_class_has_its_basis_and_good_classes_are_inspected_less_and_bad_ones_more()
    {
        Supervision.Derive(new() { Exemplar = true, Clean = true }).ShouldBe(new(SupervisionClass.A, ClassBasis.Exemplar));
        Supervision.Derive(new() { Red = true }).ShouldBe(new(SupervisionClass.A, ClassBasis.RedEntry));
        Supervision.Derive(new() { Clean = true }).ShouldBe(new(SupervisionClass.B, ClassBasis.CleanRecord));
        Supervision.Derive(new()).ShouldBe(new(SupervisionClass.C, ClassBasis.NegativeRecord));
        Supervision.Derive(new() { Watch = true, Clean = true }).ShouldBe(new(SupervisionClass.C, ClassBasis.WatchEntry));
        Supervision.Derive(new() { Black = true, Watch = true }).ShouldBe(new(SupervisionClass.D, ClassBasis.BlackEntry));
        foreach (var @class in Enum.GetValues<SupervisionClass>())
        {
            var factor = Supervision.FactorOf(@class, new(), Terms);
            (factor < 1).ShouldBe(@class <= SupervisionClass.B, $"{@class}");
            (factor > 1).ShouldBe(@class >= SupervisionClass.C, $"{@class}");
            Supervision.FactorOf(@class, new() { Black = true, Resting = true }, Terms).ShouldBeLessThanOrEqualTo(1m, "while it is verified");
        }
    }

    [Theory]
    [InlineData(SupervisionClass.A, false, SupervisionClass.A)]
    [InlineData(SupervisionClass.D, false, SupervisionClass.D)]
    [InlineData(SupervisionClass.A, true, SupervisionClass.D)]
    [InlineData(SupervisionClass.D, true, SupervisionClass.D)]
    [Trait("Requirement", "R-3.1.6.b")]
    public void A_department_sets_the_class_but_never_a_better_one_than_the_black_list_leaves(SupervisionClass own, bool black, SupervisionClass shown) =>
        Supervision.Of(new() { Clean = true, Black = black }, own).Class.ShouldBe(shown);

    [Theory]
    [InlineData(OfferNeed.Exemplar)]
    [InlineData(OfferNeed.RedEntry)]
    [InlineData(OfferNeed.CleanRecord)]
    [Trait("Requirement", "R-3.3.3.f")]
    [Trait("Invariant", "I49")]
    public void An_offer_admits_whom_it_is_for_and_nobody_on_a_list_in_execution(OfferNeed need)
    {
        var offer = Offer.Open(
            new() { Programme = OfferProgramme.Lodging, Provider = OfferProvider.Enterprise, ProviderName = "某某宾馆", Title = "免押金", Terms = "免收押金。", Need = need, CleanYears = need == OfferNeed.CleanRecord ? 3 : null, Audience = OfferAudience.Persons },
            "culture-tourism", new(2026, 11, 24)).Value;
        foreach (var standing in Standings())
        {
            var has = need switch { OfferNeed.Exemplar => standing.Exemplar, OfferNeed.RedEntry => standing.Red, _ => standing.Clean };
            offer.Admits(SubjectKind.NaturalPerson, standing).ShouldBe(has && !standing.Punished, $"{standing}");
            offer.Admits(SubjectKind.LegalPerson, standing).ShouldBeFalse("it is for persons");
        }
    }

    private static IReadOnlyList<AdviceItem> AdviceOn(CreditStanding standing, MatterKind matter) => Advice.Of(standing, Supervision.Derive(standing).Class, matter);

    private static IEnumerable<(CreditStanding Standing, MatterKind Matter)> Pairs() =>
        from standing in Standings() from matter in Enum.GetValues<MatterKind>() select (standing, matter);

    private static IEnumerable<CreditStanding> Standings() => Enumerable.Range(0, 64).Select(bits => new CreditStanding
    {
        Red = (bits & 1) != 0,
        Black = (bits & 2) != 0,
        Watch = (bits & 4) != 0,
        Resting = (bits & 8) != 0,
        Exemplar = (bits & 16) != 0,
        Clean = (bits & 32) != 0,
    });
}
