using Credit.Abstractions;
using Credit.Core.Listing;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;

namespace Credit.Core.Tests.Listing;

/// <summary>What a standard may ask for beyond what the policy asks of every entry.</summary>
public sealed class CriterionCheckTests
{
    private static readonly DateOnly Today = new(2026, 11, 24);

    [Theory]
    [Trait("Requirement", "R-3.2.2.c")]
    [InlineData(true, null, "prior-notice-missing")]
    [InlineData(true, "2026-11-10", null)]
    [InlineData(false, null, null)]
    public void A_standard_may_want_organisations_told_too_before_recognition(bool asks, string? noticedOn, string? refusal)
    {
        var entry = ListEntry.Propose(new EntryProposal
        {
            List = ListKind.Black,
            Domain = "税收征管",
            Category = ConductCategory.Market,
            Subject = Subject.Register(SubjectKind.LegalPerson, "任城某某", new SubjectParticulars { LegalRepresentative = "张某" }, Clause.R("3.1.1.a")),
            Facts = "少缴税款。",
            Standard = "测试标准",
            StandardLevel = StandardLevel.National,
            Recogniser = "tax",
            ProposedBy = "tax.officer",
            ProposedOn = Today,
            ValidTo = Today.AddYears(3),
            NoticeDeliveredOn = noticedOn is null ? null : DateOnly.ParseExact(noticedOn, "yyyy-MM-dd"),
            PunishMonths = 36,
            PolicyPack = "rencheng-2019",
            Bases = [new EntryBasis { Kind = BasisKind.AdministrativeAct, Text = "税收征收管理法", DocumentNumber = "任税稽罚〔2026〕1号" }],
        }).Value;

        var refusals = CriterionCheck.Against(new Standard(asks), entry, Today);

        refusals.Select(each => each.Code).ShouldBe(refusal is null ? [] : [refusal]);
    }

    private sealed class Standard(bool noticeBeforeRecognition) : ICriterion
    {
        public string Key => "test/standard";

        public string Title => "测试标准";

        public StandardLevel Level => StandardLevel.National;

        public ListKind List => ListKind.Black;

        public string Domain => "税收征管";

        public DateOnly EffectiveFrom => new(2020, 1, 1);

        public int? LongestTermInMonths => 36;

        public bool Repairable => true;

        public bool NoticeBeforeRecognition => noticeBeforeRecognition;

        public IEnumerable<Refusal> Check(ProposalFacts proposal) => [];
    }
}
