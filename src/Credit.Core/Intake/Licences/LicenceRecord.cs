using Credit.Core.Intake.Reading;
using Credit.Core.Intake.Records;

namespace Credit.Core.Intake.Licences;

/// <summary>行政许可: an administrative licence in the national double-publicity layout, normalised.</summary>
internal sealed record LicenceRecord : PublicityRecord
{
    /// <summary>行政许可决定文书名称.</summary>
    public required string DocumentName { get; init; }

    /// <summary>许可类别.</summary>
    public required string Category { get; init; }

    /// <summary>许可证书名称.</summary>
    public string? CertificateName { get; init; }

    /// <summary>许可编号.</summary>
    public string? CertificateNumber { get; init; }

    /// <summary>许可内容.</summary>
    public string? Content { get; init; }

    /// <summary>有效期自, first day included.</summary>
    public DateOnly? ValidFrom { get; init; }

    /// <summary>有效期至, last day included; 2099-12-31 when unlimited.</summary>
    public DateOnly? ValidTo { get; init; }

    /// <summary>当前状态: true for 1 (有效), false for 2 (无效).</summary>
    public required bool IsValid { get; init; }

    /// <summary>数据来源单位.</summary>
    public string? Source { get; init; }

    /// <summary>Unified code of the 数据来源单位.</summary>
    public string? SourceCode { get; init; }

    /// <summary>备注.</summary>
    public string? Remark { get; init; }

    /// <inheritdoc/>
    public override Layout Layout => LicenceLayout.Layout;

    /// <inheritdoc/>
    public override void Visit<TVisitor>(ref TVisitor visitor)
    {
        LicenceLayout.Counterpart.Visit(Counterpart, ref visitor);
        visitor.Text(LicenceLayout.DocumentName, DocumentName);
        visitor.Text(LicenceLayout.DocumentNumber, DocumentNumber);
        visitor.Text(LicenceLayout.Category, Category);
        visitor.Text(LicenceLayout.CertificateName, CertificateName);
        visitor.Text(LicenceLayout.CertificateNumber, CertificateNumber);
        visitor.Text(LicenceLayout.Content, Content);
        visitor.Day(LicenceLayout.DecidedOn, DecidedOn);
        visitor.Day(LicenceLayout.ValidFrom, ValidFrom);
        visitor.Day(LicenceLayout.ValidTo, ValidTo);
        visitor.Text(LicenceLayout.Organ, Organ);
        visitor.Text(LicenceLayout.OrganCode, OrganCode);
        visitor.Text(LicenceLayout.Status, IsValid ? "1" : "2");
        visitor.Text(LicenceLayout.Source, Source);
        visitor.Text(LicenceLayout.SourceCode, SourceCode);
        visitor.Text(LicenceLayout.Remark, Remark);
    }
}
