using Credit.Domain.Incentives;
using Credit.Domain.Policy;
using Credit.Domain.Records;

namespace Credit.Core.Incentives;

/// <summary>A broken commitment is one negative credit record, formed in the transaction of the breach; the store refuses a second one (I51).</summary>
internal static class BreachRecord
{
    /// <summary>Item of the catalogue that commitments are collected under.</summary>
    public const string CatalogueItem = "commitments";

    /// <summary>The record of a commitment that was broken now.</summary>
    public static CreditRecord Of(Commitment broken, DateOnly today) => CreditRecord.FromStep(
        broken.SubjectId, RecordKind.Commitment, negative: true, CatalogueItem, broken.Department, $"违反{TitleOf(broken.Kind)}: {broken.Finding}", today, broken.Id,
        Clause.R(broken.Kind == CommitmentKind.MissingPapers ? "3.3.2.c" : "3.3.1.d"));

    /// <summary>Last day that a breach of today is shown in public.</summary>
    public static DateOnly PublicUntil(DateOnly today, PolicyPack pack) => today.AddMonths(pack.PublicMonths);

    private static string TitleOf(CommitmentKind kind) => kind switch
    {
        CommitmentKind.Comprehensive => "综合信用承诺",
        CommitmentKind.ProductQuality => "产品服务质量专项承诺",
        CommitmentKind.MissingPapers => "容缺受理承诺",
        CommitmentKind.Repair => "信用修复承诺",
        _ => "标准自我声明",
    };
}
