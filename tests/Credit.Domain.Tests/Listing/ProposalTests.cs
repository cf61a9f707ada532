using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;
using Credit.Domain.Tests.Enforcement;

namespace Credit.Domain.Tests.Listing;

/// <summary>What an entry must state, and who may recognise it.</summary>
public sealed class ProposalTests
{
    private static readonly EntryBasis Cited = new() { Kind = BasisKind.Registration, Text = "企业信息公示暂行条例第九条", DocumentNumber = "任市监〔2026〕7号" };

    [Fact]
    [Trait("Invariant", "I13")]
    [Trait("Requirement", "R-3.2.1.b")]
    public void An_entry_cites_a_basis_of_one_of_the_five_kinds_with_its_evidence()
    {
        Codes(Sample.Proposal() with { Bases = [] }).ShouldBe(["basis-missing"]);
        Codes(Sample.Proposal() with { Bases = [new EntryBasis { Kind = BasisKind.Other, Text = "某办法" }] }).ShouldBe(["basis-without-evidence"]);
        Codes(Sample.Proposal() with { Bases = [new EntryBasis { Kind = BasisKind.Other, DocumentNumber = "1号" }] }).ShouldBe(["basis-without-evidence"]);
        Codes(Sample.Proposal() with { Bases = [new EntryBasis { Kind = BasisKind.AdministrativeAct, Text = "税收征收管理法", PenaltyId = Guid.CreateVersion7() }] }).ShouldBeEmpty();
        Enum.GetValues<BasisKind>().Length.ShouldBe(5);
        foreach (var kind in Enum.GetValues<BasisKind>())
        {
            Codes(Sample.Proposal() with { Bases = [new EntryBasis { Kind = kind, Text = Cited.Text, DocumentNumber = Cited.DocumentNumber }] }).ShouldBeEmpty();
        }
    }

    [Theory]
    [Trait("Invariant", "I14")]
    [Trait("Requirement", "R-3.2.1.a")]
    [InlineData(StandardLevel.National, true)]
    [InlineData(StandardLevel.Provincial, true)]
    [InlineData(StandardLevel.City, false)]
    [InlineData(StandardLevel.District, false)]
    public void Only_a_national_or_provincial_standard_backs_a_list(StandardLevel level, bool backs) =>
        Codes(Sample.Proposal() with { StandardLevel = level }).ShouldBe(backs ? [] : ["standard-level"]);

    [Fact]
    [Trait("Invariant", "I14")]
    public void An_entry_keeps_the_version_of_its_standard_and_its_approval()
    {
        var entry = ListEntry.Propose(Sample.Proposal() with { StandardFrom = new DateOnly(2024, 1, 1), StandardApproval = "鲁政字〔2023〕1号" }).Value;

        (entry.StandardFrom, entry.StandardApproval).ShouldBe((new DateOnly(2024, 1, 1), "鲁政字〔2023〕1号"));
    }

    [Theory]
    [Trait("Invariant", "I17")]
    [Trait("Requirement", "R-3.2.3.b")]
    [InlineData("facts", "facts-missing")]
    [InlineData("domain", "domain-missing")]
    [InlineData("category", "category-missing")]
    [InlineData("standard", "standard-missing")]
    [InlineData("validity", "validity-over")]
    [InlineData("decided", "decided-in-future")]
    [InlineData("unpublishable", "publish-decision")]
    public void What_the_policy_wants_stated_is_stated_or_the_proposal_is_refused(string left, string code) => Codes(left switch
    {
        "facts" => Sample.Proposal() with { Facts = " " },
        "domain" => Sample.Proposal() with { Domain = "" },
        "category" => Sample.Proposal() with { Category = null },
        "standard" => Sample.Proposal() with { Standard = "" },
        "validity" => Sample.Proposal() with { ValidTo = Sample.Today.AddDays(-1) },
        "decided" => Sample.Proposal() with { DecidedOn = Sample.Today.AddDays(1) },
        _ => Sample.Proposal() with { Publishable = false },
    }).ShouldBe([code]);

    [Theory]
    [Trait("Invariant", "I17")]
    [Trait("Requirement", "R-3.2.3.a")]
    [InlineData(SubjectKind.LegalPerson, true)]
    [InlineData(SubjectKind.UnincorporatedOrganization, true)]
    [InlineData(SubjectKind.IndividualBusiness, true)]
    [InlineData(SubjectKind.NaturalPerson, false)]
    public void An_organisation_is_recognised_with_the_name_of_its_representative_only(SubjectKind kind, bool needed)
    {
        var subject = Subject.Register(kind, "任城某某", new SubjectParticulars(), Clause.R("3.1.1.a"));
        var entry = ListEntry.Propose(Sample.Proposal(kind: kind) with { Subject = subject }).Value;

        var recognised = entry.Recognise(Sample.Recognition());

        recognised.Refusals.Select(refusal => refusal.Code).ShouldBe(needed ? ["legal-representative-missing"] : []);
        if (needed)
        {
            entry.Recognise(Sample.Recognition() with { LegalRepresentative = "李某" }).Accepted.ShouldBeTrue();
            entry.LegalRepresentative.ShouldBe("李某");
        }
    }

    [Fact]
    [Trait("Invariant", "I19")]
    public void A_dishonesty_entry_states_its_term_and_whether_how_and_how_long_it_can_be_repaired()
    {
        var repairable = Sample.Proposal() with { Repairable = true, RepairModes = "公开信用承诺" };
        Codes(Sample.Proposal() with { PunishMonths = null }).ShouldBe(["punish-term-missing"]);
        Codes(repairable with { RepairModes = null }).ShouldBe(["repair-modes-missing"]);
        Codes(repairable with { RepairMonths = 37 }).ShouldBe(["repair-term-out-of-range"]);
        Codes(repairable with { RepairMonths = 0 }).ShouldBe(["repair-term-out-of-range"]);

        var stated = ListEntry.Propose(repairable with { RepairMonths = 12 }).Value;
        (stated.PunishMonths, stated.Repairable, stated.RepairModes, stated.RepairMonths).ShouldBe((36, true, "公开信用承诺", 12));
        ListEntry.Propose(repairable).Value.RepairMonths.ShouldBe(36, "as long as the punishment runs, unless the recogniser says less");
        ListEntry.Propose(Sample.Proposal()).Value.RepairMonths.ShouldBeNull();
    }

    [Fact]
    [Trait("Invariant", "I19")]
    [Trait("Invariant", "I6")]
    public void The_watch_entry_after_a_black_one_states_term_and_repair_too()
    {
        var black = ListEntry.Propose(Sample.Proposal() with { Repairable = true, RepairModes = "公开信用承诺" }).Value;
        _ = black.Recognise(Sample.Recognition()).Value;

        var watch = ListEntry.WatchAfterBlack(black, Sample.Today);

        watch.ValidFrom.ShouldBe(Sample.Today);
        watch.ValidTo.ShouldBe(Sample.Today.AddMonths(12));
        (watch.PunishMonths, watch.Repairable, watch.RepairModes, watch.RepairMonths).ShouldBe((12, true, "公开信用承诺", 12));
        watch.Bases.Select(basis => basis.DocumentNumber).ShouldBe(black.Bases.Select(basis => basis.DocumentNumber));
    }

    [Fact]
    [Trait("Invariant", "I19")]
    public void Every_entry_in_force_has_a_first_and_a_last_day_in_order()
    {
        var entry = Sample.InForce();
        entry.Validity.ShouldBe(new Validity(Sample.Today, Sample.Today.AddYears(3)));

        var late = ListEntry.Propose(Sample.Proposal() with { ValidTo = Sample.Today }).Value;
        _ = late.Recognise(Sample.Recognition()).Value;
        late.Report(Sample.Today.AddDays(1), "tax.approver", [PublicationChannel.DepartmentSite]).Refusals.ShouldHaveSingleItem().Code.ShouldBe("validity-over");
    }

    [Theory]
    [Trait("Invariant", "I30")]
    [Trait("Invariant", "I15")]
    [Trait("Requirement", "R-3.2.2.d")]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("  ", false)]
    [InlineData("反恐怖主义法第十五条", true)]
    public void A_person_goes_without_notice_only_by_a_law_that_is_cited(string? exemption, bool allowed)
    {
        var entry = ListEntry.Propose(Sample.Proposal(kind: SubjectKind.NaturalPerson) with { NoticeDeliveredOn = null, NoticeExemption = exemption }).Value;

        entry.Recognise(Sample.Recognition()).Refusals.Select(refusal => refusal.Code).ShouldBe(allowed ? [] : ["prior-notice-missing"]);
    }

    [Theory]
    [Trait("Invariant", "I15")]
    [Trait("Invariant", "I16")]
    [Trait("Requirement", "R-3.2.2.c")]
    [InlineData(ListKind.Black)]
    [InlineData(ListKind.Watch)]
    public void A_person_who_objected_before_any_notice_still_gets_one_and_is_recognised_after_it(ListKind list)
    {
        var entry = ListEntry.Propose(Sample.Proposal(list, SubjectKind.NaturalPerson) with { NoticeDeliveredOn = null }).Value;
        _ = entry.ObjectBeforeRecognition().Value;
        entry.Recognise(Sample.Recognition()).Accepted.ShouldBeFalse("an open objection bars recognition");
        _ = entry.RejectEarlyObjection().Value;
        entry.Recognise(Sample.Recognition()).Refusals.ShouldHaveSingleItem().Code.ShouldBe("prior-notice-missing");

        _ = entry.ServeNotice(Sample.Today.AddDays(-10), Sample.Today.AddDays(-3)).Value;
        entry.ServeNotice(Sample.Today, Sample.Today.AddDays(7)).Refusals.ShouldHaveSingleItem().Code.ShouldBe("notice-already-served");

        entry.Recognise(Sample.Recognition()).Accepted.ShouldBeTrue();
        entry.NoticedOn.ShouldBe(Sample.Today.AddDays(-10));
    }

    [Fact]
    [Trait("Invariant", "I70")]
    [Trait("Requirement", "R-3.2.4.e")]
    public void Who_submitted_an_entry_reviews_its_publication_in_no_way()
    {
        var black = Sample.Proposed();
        _ = black.Recognise(Sample.Recognition()).Value;
        black.Report(Sample.Today, "tax.officer", [PublicationChannel.DepartmentSite]).Refusals.ShouldHaveSingleItem().Code.ShouldBe("four-eyes");
        _ = black.Report(Sample.Today, "tax.approver", [PublicationChannel.DepartmentSite]).Value;
        black.ReviewedBy.ShouldBe("tax.approver");

        var watch = Sample.InForce(ListKind.Watch);
        watch.ChoosePublication(shown: true, "公共安全", "tax.officer", Sample.Today).Refusals.ShouldHaveSingleItem().Code.ShouldBe("four-eyes");
        watch.Publications.ShouldBeEmpty();
        watch.ChoosePublication(shown: true, "公共安全", "tax.reviewer", Sample.Today).Accepted.ShouldBeTrue();
    }

    [Fact]
    [Trait("Invariant", "I23")]
    public void What_exited_or_was_cancelled_never_comes_back()
    {
        foreach (var list in Enum.GetValues<ListKind>())
        {
            var table = ListEntryLifecycle.Of(list);
            table.Moves.ShouldNotContain(move => move.From == EntryState.Exited || move.From == EntryState.Cancelled);
            table.Moves.Where(move => move.To == EntryState.Active).Select(move => move.From).Distinct().Order().ToArray()
                .ShouldBe([EntryState.Recognised, EntryState.Verifying], "in force only by a report, and again only after a verification");
        }
    }

    private static string[] Codes(EntryProposal proposal) => [.. ListEntry.Propose(proposal).Refusals.Select(refusal => refusal.Code)];
}
