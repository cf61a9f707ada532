using Credit.Abstractions;
using Credit.Domain.Listing;
using Credit.Domain.Policy;

namespace Credit.Modules.Court.Criteria;

/// <summary>
/// 失信被执行人. Situation 1 lasts until the judgment is performed, so the standard sets no longest term; situations 2 to 6 last
/// two years, and one to three more when resistance is grave or several acts meet.
/// </summary>
internal sealed class UntrustworthyJudgmentDebtor : ICriterion
{
    private const int Term = 24;

    private const int LongestExtended = Term + 36;

    public string Key => "court/untrustworthy-debtor";

    public string Title => "最高人民法院关于公布失信被执行人名单信息的若干规定（法释〔2017〕7号）";

    public StandardLevel Level => StandardLevel.National;

    public ListKind List => ListKind.Black;

    public string Domain => "司法执行";

    public DateOnly EffectiveFrom => new(2017, 5, 1);

    public int? LongestTermInMonths => null;

    public bool Repairable => true;

    public IEnumerable<Refusal> Check(ProposalFacts proposal)
    {
        if (proposal.Basis is not BasisKind.UnfulfilledJudgment)
        {
            yield return new Refusal(
                "basis-does-not-fit",
                "本标准只能依据拒不履行生效裁决信息认定。",
                "This standard rests on an effective judgment that was not performed.",
                Clause.Standard("法释〔2017〕7号第一条"),
                "basis");
        }

        var situations = ListingSituations.In(proposal.Facts, proposal.AbleButRefuses);
        if (situations.Count == 0)
        {
            yield return new Refusal(
                "situation-not-stated",
                "认定事实应写明六种情形之一：有履行能力而拒不履行；妨碍、抗拒执行；规避执行；违反财产报告制度；违反限制消费令；无正当理由拒不履行和解协议。",
                "The facts must state one of the six situations of the interpretation, in its words.",
                Clause.Standard("法释〔2017〕7号第一条"),
                "facts");
        }
        else if (!situations.Contains(1) && proposal.Validity.To > proposal.Validity.From.AddMonths(Extended(situations, proposal.Facts) ? LongestExtended : Term))
        {
            yield return new Refusal(
                "term-too-long",
                "第(二)至第(六)项情形的期限为二年；抗拒执行情节严重或有多项失信行为的，可延长一至三年。",
                "Situations 2 to 6 last two years; grave resistance or several acts add one to three.",
                Clause.Standard("法释〔2017〕7号第二条"),
                "validTo");
        }
    }

    private static bool Extended(IReadOnlyList<int> situations, string facts) =>
        situations.Count > 1 || (situations.Contains(2) && facts.Contains("情节严重", StringComparison.Ordinal));
}
