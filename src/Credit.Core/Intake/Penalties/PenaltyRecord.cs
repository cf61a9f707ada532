using Credit.Core.Intake.Reading;
using Credit.Core.Intake.Records;

namespace Credit.Core.Intake.Penalties;

/// <summary>行政处罚: an administrative penalty in the national double-publicity layout, normalised.</summary>
internal sealed record PenaltyRecord : PublicityRecord
{
    /// <summary>违法行为类型.</summary>
    public required string Violation { get; init; }

    /// <summary>违法事实.</summary>
    public required string Facts { get; init; }

    /// <summary>处罚依据.</summary>
    public required string LegalBasis { get; init; }

    /// <summary>处罚类别, separated by half-width semicolons.</summary>
    public required string Categories { get; init; }

    /// <summary>处罚内容.</summary>
    public required string Content { get; init; }

    /// <summary>罚款金额, in 元.</summary>
    public decimal? FineYuan { get; init; }

    /// <summary>没收违法所得、没收非法财物的金额, in 元.</summary>
    public decimal? ConfiscatedYuan { get; init; }

    /// <summary>暂扣或吊销证照名称及编号.</summary>
    public string? Certificate { get; init; }

    /// <summary>处罚有效期, last day included; 2099-12-31 when unlimited.</summary>
    public required DateOnly ValidTo { get; init; }

    /// <summary>公示截止期 as the department gave it, last day included; null when the platform is to compute it (R-3.1.4.h).</summary>
    public DateOnly? PublishedTo { get; init; }

    /// <summary>数据来源单位.</summary>
    public required string Source { get; init; }

    /// <summary>Unified code of the 数据来源单位.</summary>
    public required string SourceCode { get; init; }

    /// <summary>备注.</summary>
    public string? Remark { get; init; }

    /// <inheritdoc/>
    public override Layout Layout => PenaltyLayout.Layout;

    /// <inheritdoc/>
    public override void Visit<TVisitor>(ref TVisitor visitor)
    {
        PenaltyLayout.Counterpart.Visit(Counterpart, ref visitor);
        visitor.Text(PenaltyLayout.DocumentNumber, DocumentNumber);
        visitor.Text(PenaltyLayout.Violation, Violation);
        visitor.Text(PenaltyLayout.Facts, Facts);
        visitor.Text(PenaltyLayout.LegalBasis, LegalBasis);
        visitor.Text(PenaltyLayout.Categories, Categories);
        visitor.Text(PenaltyLayout.Content, Content);
        visitor.Yuan(PenaltyLayout.Fine, FineYuan);
        visitor.Yuan(PenaltyLayout.Confiscated, ConfiscatedYuan);
        visitor.Text(PenaltyLayout.Certificate, Certificate);
        visitor.Day(PenaltyLayout.DecidedOn, DecidedOn);
        visitor.Day(PenaltyLayout.ValidTo, ValidTo);
        visitor.Day(PenaltyLayout.PublishedTo, PublishedTo);
        visitor.Text(PenaltyLayout.Organ, Organ);
        visitor.Text(PenaltyLayout.OrganCode, OrganCode);
        visitor.Text(PenaltyLayout.Source, Source);
        visitor.Text(PenaltyLayout.SourceCode, SourceCode);
        visitor.Text(PenaltyLayout.Remark, Remark);
    }
}
