using Credit.Domain.Checks;
using Credit.Domain.Policy;

namespace Credit.Domain.Incentives;

/// <summary>What a department is advised to do.</summary>
public enum AdviceKind
{
    /// <summary>优先服务, 优先安排.</summary>
    Priority,

    /// <summary>简化程序, 减少检查.</summary>
    Simplify,

    /// <summary>优惠扶持.</summary>
    Support,

    /// <summary>重点检查.</summary>
    StricterCheck,

    /// <summary>取消优惠资格.</summary>
    WithdrawBenefit,

    /// <summary>限制享受政策.</summary>
    Restrict,
}

/// <summary>One piece of advice. It binds nobody: what must be done is a measure.</summary>
/// <param name="Kind">What is advised.</param>
/// <param name="Chinese">The sentence in Chinese.</param>
/// <param name="English">The same in English.</param>
/// <param name="Clause">The rule.</param>
public sealed record AdviceItem(AdviceKind Kind, string Chinese, string English, string Clause);

/// <summary>
/// Good credit gets priority, simpler procedure and support; bad credit stricter checks and no benefits (R-3.1.6.c). A red entry
/// restricts nobody; a watch entry costs benefits only (R-3.5.5.b); while every entry is verified nothing is advised against (R-3.5.7.c).
/// </summary>
public static class Advice
{
    private static readonly AdviceKind[] Restrictive = [AdviceKind.StricterCheck, AdviceKind.WithdrawBenefit, AdviceKind.Restrict];

    /// <summary>True for advice that is to the subject's disadvantage.</summary>
    public static bool IsRestrictive(AdviceKind kind) => Restrictive.Contains(kind);

    /// <summary>Advice on a matter of this kind.</summary>
    /// <param name="standing">Where the subject stands.</param>
    /// <param name="class">Its class of supervision.</param>
    /// <param name="matter">Kind of the matter at hand.</param>
    public static IReadOnlyList<AdviceItem> Of(CreditStanding standing, SupervisionClass @class, MatterKind matter)
    {
        ArgumentNullException.ThrowIfNull(standing);
        return standing.Punished ? [.. Against(standing, matter)] : [.. For(standing, @class, matter)];
    }

    private static IEnumerable<AdviceItem> For(CreditStanding standing, SupervisionClass @class, MatterKind matter)
    {
        if (matter == MatterKind.Approval && (standing.Exemplar || standing.Clean))
        {
            yield return Say(AdviceKind.Simplify, "可实行绿色通道、容缺受理。", "Green channel and acceptance with missing papers are open.", "3.3.2.b");
        }

        if (matter == MatterKind.Inspection && @class <= SupervisionClass.B)
        {
            yield return Say(AdviceKind.Simplify, "减少例行检查、专项抽查频次。", "Fewer routine and special inspections.", "3.3.3.d");
        }

        if (!standing.Rewardable)
        {
            yield break;
        }

        switch (matter)
        {
            case MatterKind.Fiscal:
                yield return Say(AdviceKind.Priority, "同等条件下优先安排财政性资金项目和招商引资配套优惠。", "Put first for fiscal projects and investment support, all else equal.", "3.3.3.a");
                yield return Say(AdviceKind.Support, "优先享受各类优惠政策。", "Preferential policies apply first.", "3.3.3.a");
                break;
            case MatterKind.Trading:
                yield return Say(AdviceKind.Support, "招标文件有约定的，依法依约给予信用加分。", "Where the tender documents provide for it, a credit bonus is given.", "3.3.3.b");
                break;
            case MatterKind.PersonalSupport:
                yield return Say(AdviceKind.Support, "在教育、就业、创业、社会保障方面给予重点支持。", "Support in education, jobs, start-ups and social security.", "3.3.3.c");
                break;
            case MatterKind.Finance:
                yield return Say(AdviceKind.Support, "可向金融机构推荐“税易贷”“信易贷”“信易债”。", "May be recommended to banks for credit-based loans and bonds.", "3.3.4.a");
                break;
            default:
                yield return Say(AdviceKind.Priority, "优先提供服务便利。", "Serve first.", "3.1.6.c");
                break;
        }
    }

    private static IEnumerable<AdviceItem> Against(CreditStanding standing, MatterKind matter)
    {
        yield return Say(AdviceKind.StricterCheck, "列为重点检查对象，从严审查。", "Check closely.", "3.1.6.c");
        if (matter is not MatterKind.Inspection)
        {
            yield return Say(AdviceKind.WithdrawBenefit, "取消优惠资格，不适用绿色通道、容缺受理。", "No benefits, no green channel.", "3.1.6.c");
        }

        if (standing.Black && matter is not MatterKind.Inspection)
        {
            yield return Say(AdviceKind.Restrict, "限制享受各类政策；应执行的措施见命中条目。", "Limit access to policies; the measures that bind are with the hits.", "3.1.6.c");
        }
    }

    private static AdviceItem Say(AdviceKind kind, string chinese, string english, string clause) => new(kind, chinese, english, Clause.R(clause).Number);
}
