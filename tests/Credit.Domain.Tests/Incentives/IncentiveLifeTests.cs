using Credit.Domain.Incentives;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;
using Credit.Domain.Tests.Enforcement;

namespace Credit.Domain.Tests.Incentives;

/// <summary>Exemplars, commitments and acceptances move as their tables say, and refuse what the policy refuses.</summary>
public sealed class IncentiveLifeTests
{
    private static readonly PolicyPack Pack = PolicyPack.Shipped("rencheng-2019");

    private static readonly CreditStanding Clean = new() { Clean = true };

    private static readonly Subject Company = Subject.Register(SubjectKind.LegalPerson, "任城某某商贸有限公司", new(), Clause.R("3.1.1.a"));

    private static readonly DateOnly Due = Sample.Today.AddDays(14);

    [Theory]
    [MemberData(nameof(ExemplarPairs))]
    [Trait("Invariant", "I22")]
    [Trait("Requirement", "R-3.3.1.a")]
    public void An_exemplar_moves_as_its_table_says(ExemplarState state, ExemplarTrigger on)
    {
        var exemplar = Nominated();
        if (state != ExemplarState.Nominated)
        {
            _ = exemplar.Decide(Clean, state != ExemplarState.Refused, "理由", "publicity.approver", Sample.Today, Due).Value;
            _ = state == ExemplarState.Published ? exemplar.Publish(["信用中国（济宁任城）"], Sample.Today).Value : exemplar;
            _ = state == ExemplarState.Revoked ? exemplar.Revoke(RevocationReason.Withdrawn, Sample.Today).Value : exemplar;
        }

        exemplar.State.ShouldBe(state);
        var outcome = on switch
        {
            ExemplarTrigger.Approve => exemplar.Decide(Clean, approve: true, null, "publicity.approver", Sample.Today, Due),
            ExemplarTrigger.Refuse => exemplar.Decide(Clean, approve: false, "理由", "publicity.approver", Sample.Today, Due),
            ExemplarTrigger.Publish => exemplar.Publish(["政府网站"], Sample.Today),
            _ => exemplar.Revoke(RevocationReason.Blacklisted, Sample.Today),
        };

        outcome.Accepted.ShouldBe(ExemplarLifecycle.Table.Allows(state, on));
    }

    public static TheoryData<ExemplarState, ExemplarTrigger> ExemplarPairs()
    {
        var pairs = new TheoryData<ExemplarState, ExemplarTrigger>();
        foreach (var state in Enum.GetValues<ExemplarState>())
        {
            foreach (var on in Enum.GetValues<ExemplarTrigger>())
            {
                pairs.Add(state, on);
            }
        }

        return pairs;
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [Trait("Requirement", "R-3.3.1.a")]
    public void Whoever_is_on_the_black_or_watch_list_is_neither_nominated_nor_approved(bool black, bool watch)
    {
        CreditStanding listed = new() { Black = black, Watch = watch, Clean = true };
        Exemplar.Nominate(Company, listed, ExemplarSource.Department, "", "事迹", "publicity", "publicity.officer", Sample.Today)
            .Refusals.ShouldHaveSingleItem().Code.ShouldBe("exemplar-listed");
        Nominated().Decide(listed, approve: true, null, "publicity.approver", Sample.Today, Due).Refusals.ShouldHaveSingleItem().Code.ShouldBe("exemplar-listed");
        Nominated().Decide(listed, approve: false, "已列入名单", "publicity.approver", Sample.Today, Due).Accepted.ShouldBeTrue();
    }

    [Fact]
    [Trait("Invariant", "I84")]
    [Trait("Requirement", "R-3.3.1.a")]
    public void Who_nominated_does_not_decide_and_a_recommended_one_names_who_recommended_it()
    {
        Nominated().Decide(Clean, approve: true, null, "publicity.officer", Sample.Today, Due).Refusals.ShouldHaveSingleItem().Code.ShouldBe("four-eyes");
        foreach (var source in new[] { ExemplarSource.AssociationMember, ExemplarSource.MediaFound })
        {
            Exemplar.Nominate(Company, Clean, source, " ", "事迹", "publicity", "publicity.officer", Sample.Today).Refusals.ShouldHaveSingleItem().Code.ShouldBe("recommender-missing");
            Exemplar.Nominate(Company, Clean, source, "餐饮行业协会", "事迹", "publicity", "publicity.officer", Sample.Today).Accepted.ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData(14, false)]
    [InlineData(15, true)]
    [Trait("Requirement", "R-3.3.1.c")]
    public void An_exemplar_shown_after_its_last_day_is_late(int days, bool late)
    {
        var exemplar = Nominated().Decide(Clean, approve: true, null, "publicity.approver", Sample.Today, Due).Value;
        exemplar.Publish([], Sample.Today).Refusals.ShouldHaveSingleItem().Code.ShouldBe("exemplar-channel-missing");
        exemplar.Publish(["政府网站"], Sample.Today.AddDays(days)).Value.PublishedLate.ShouldBe(late);
    }

    [Fact]
    [Trait("Requirement", "R-3.3.1.d")]
    [Trait("Invariant", "I51")]
    public void A_commitment_is_kept_or_broken_once_and_not_by_who_recorded_it()
    {
        Made().Break("未按时补齐", "administrative-approval.officer", Sample.Today, Due).Refusals.ShouldHaveSingleItem().Code.ShouldBe("four-eyes");
        Made().Break(" ", "administrative-approval.approver", Sample.Today, Due).Refusals.ShouldHaveSingleItem().Code.ShouldBe("finding-missing");
        var broken = Made().Break("未按时补齐", "administrative-approval.approver", Sample.Today, Due).Value;
        (broken.State, broken.PublicUntil).ShouldBe((CommitmentState.Broken, Due));
        broken.Break("再次", "administrative-approval.approver", Sample.Today, Due).Accepted.ShouldBeFalse();
        broken.Keep("已履行", "administrative-approval.approver", Sample.Today).Accepted.ShouldBeFalse();
        Made().Keep("已履行", "administrative-approval.approver", Sample.Today).Value.Break("再次", "administrative-approval.approver", Sample.Today, Due).Accepted.ShouldBeFalse();
    }

    [Fact]
    [Trait("Requirement", "R-3.3.2.c")]
    public void A_paper_that_law_requires_is_never_missing_and_a_complete_file_is_no_tolerant_acceptance()
    {
        CodesOf(Clean, [Paper("营业执照", missing: true, "行政许可法第三十一条")]).ShouldBe(["paper-never-deferrable"]);
        CodesOf(Clean, [Paper("营业执照", missing: true, "行政许可法第三十一条"), Paper("平面图", missing: true)]).ShouldBe(["paper-never-deferrable"]);
        CodesOf(Clean, [Paper("营业执照", missing: false, "行政许可法第三十一条"), Paper("平面图", missing: true)]).ShouldBeEmpty();
        CodesOf(Clean, [Paper("营业执照", missing: false, "行政许可法第三十一条"), Paper("营业执照", missing: true)]).ShouldBe(["paper-never-deferrable"], "a second line of the same paper does not defer it");
        CodesOf(Clean, [Paper("平面图", missing: false)]).ShouldBe(["nothing-missing"]);
        CodesOf(Clean, [Paper("平面图", missing: true, "")]).ShouldContain("paper-untitled");
    }

    [Fact]
    [Trait("Invariant", "I49")]
    [Trait("Invariant", "I51")]
    public void Nothing_is_accepted_without_the_standing_and_an_unused_commitment_of_the_subject_before_the_department()
    {
        CodesOf(new() { Red = true }, [Paper("平面图", missing: true)]).ShouldBe(["green-channel-closed"]);
        CodesOf(new() { Exemplar = true }, [Paper("平面图", missing: true)]).ShouldBeEmpty();
        CodesOf(new() { Exemplar = true, Clean = true, Watch = true }, [Paper("平面图", missing: true)]).ShouldBe(["green-channel-closed"]);
        foreach (var wrong in new[] { null, Made(CommitmentKind.Comprehensive), Made().Keep("已履行", "a", Sample.Today).Value, Made(department: "finance") })
        {
            Accept(Clean, [Paper("平面图", missing: true)], wrong).Refusals.ShouldHaveSingleItem().Code.ShouldBe("commitment-not-fit");
        }
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(30, false)]
    [InlineData(31, true)]
    [Trait("Requirement", "R-3.3.2.c")]
    public void The_time_to_supply_is_within_the_pack(int days, bool refused) => TolerantAcceptance.AgainstTerm(days, Pack.Incentives).Any().ShouldBe(refused);

    [Fact]
    [Trait("Requirement", "R-3.3.2.c")]
    [Trait("Invariant", "I51")]
    public void Papers_are_supplied_until_the_last_day_and_the_acceptance_is_revoked_after_it()
    {
        RequiredPaper[] papers = [Paper("平面图", missing: true), Paper("租赁合同", missing: true)];
        var accepted = Accept(Clean, papers, Made()).Value;
        accepted.Revoke(Due).Refusals.ShouldHaveSingleItem().Code.ShouldBe("supply-term-runs");
        accepted.Supply(papers[0].Id, Due).Value.State.ShouldBe(AcceptanceState.Accepted);
        accepted.Supply(papers[0].Id, Due).Refusals.ShouldHaveSingleItem().Code.ShouldBe("paper-not-owed");
        accepted.Supply(papers[1].Id, Due.AddDays(1)).Refusals.ShouldHaveSingleItem().Code.ShouldBe("supply-too-late");
        accepted.Revoke(Due.AddDays(1)).Value.State.ShouldBe(AcceptanceState.Revoked);
        accepted.Supply(papers[1].Id, Due).Refusals.ShouldHaveSingleItem().Code.ShouldBe("state-does-not-allow");

        var whole = Accept(Clean, [Paper("平面图", missing: true)], Made()).Value;
        whole.Supply(whole.Papers[0].Id, Due).Value.State.ShouldBe(AcceptanceState.Completed);
        whole.Revoke(Due.AddDays(1)).Accepted.ShouldBeFalse();
    }

    [Fact]
    [Trait("Requirement", "R-3.3.3.b")]
    public void A_bonus_is_given_only_where_the_tender_provides_for_it_and_within_its_points()
    {
        CodesOf(null, 2).ShouldBe(["tender-without-bonus"]);
        CodesOf("第三章 3.4", 2.01m).ShouldBe(["bonus-out-of-range"]);
        CodesOf("第三章 3.4", 0).ShouldBe(["bonus-out-of-range"]);
        CodesOf("第三章 3.4", 2).ShouldBeEmpty();

        static string[] CodesOf(string? clause, decimal points) =>
            [.. BidBonus.Give(Company.Id, new() { Red = true }, "RC-2026-001", clause, points, 2, "finance", "finance.officer", Sample.Today).Refusals.Select(refusal => refusal.Code)];
    }

    [Fact]
    [Trait("Requirement", "R-3.3.4.a")]
    public void An_authorisation_covers_its_days_until_it_is_taken_back()
    {
        OfferAuthorisation.Grant(Guid.CreateVersion7(), Company.Id, false, Sample.Today.AddDays(-1), Sample.Today).Refusals.ShouldHaveSingleItem().Code.ShouldBe("authorisation-term-invalid");
        OfferAuthorisation.Grant(Guid.CreateVersion7(), Company.Id, false, Sample.Today.AddYears(3).AddDays(1), Sample.Today).Accepted.ShouldBeFalse();
        var granted = OfferAuthorisation.Grant(Guid.CreateVersion7(), Company.Id, false, Due, Sample.Today).Value;
        (granted.Covers(Sample.Today.AddDays(-1)), granted.Covers(Sample.Today), granted.Covers(Due), granted.Covers(Due.AddDays(1))).ShouldBe((false, true, true, false));
        granted.Revoke(Sample.Today).Value.Covers(Sample.Today).ShouldBeFalse();
        granted.Revoke(Sample.Today).Accepted.ShouldBeFalse();
    }

    private static Exemplar Nominated() =>
        Exemplar.Nominate(Company, Clean, ExemplarSource.HonestEnterprise, "", "二十年足斤足两。", "publicity", "publicity.officer", Sample.Today).Value;

    private static Commitment Made(CommitmentKind kind = CommitmentKind.MissingPapers, string department = "administrative-approval") =>
        Commitment.Make(Company, kind, "十个工作日内补齐。", department, "administrative-approval.officer", bySubject: false, Sample.Today).Value;

    private static RequiredPaper Paper(string title, bool missing, string? requiredBy = null) => new() { Title = title, Missing = missing, RequiredBy = requiredBy };

    private static Outcome<TolerantAcceptance> Accept(CreditStanding standing, RequiredPaper[] papers, Commitment? commitment) => TolerantAcceptance.Accept(
        standing, "食品经营许可", papers, commitment, Company.Id, Pack, "administrative-approval", "administrative-approval.officer", Sample.Today, Due);

    private static string[] CodesOf(CreditStanding standing, RequiredPaper[] papers) =>
        [.. Accept(standing, papers, Made()).Refusals.Select(refusal => refusal.Code)];
}
