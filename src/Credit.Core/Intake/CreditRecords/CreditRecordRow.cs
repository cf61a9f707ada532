using Credit.Core.Intake.Reading;
using Credit.Core.Intake.Records;
using Credit.Domain.Records;

namespace Credit.Core.Intake.CreditRecords;

/// <summary>A credit record as a row states it, normalised. Certificate numbers stay in memory and the vault.</summary>
internal sealed record CreditRecordRow : IntakeRecord
{
    /// <summary>Department that sent the file: the number of a record is its own (I86).</summary>
    public required string Provider { get; init; }

    /// <summary>信息类别.</summary>
    public required RecordKind Kind { get; init; }

    /// <summary>Who it is about.</summary>
    public required Counterpart Subject { get; init; }

    /// <summary>是否不良信息.</summary>
    public required bool Negative { get; init; }

    /// <summary>文号, normalised.</summary>
    public required string DocumentNumber { get; init; }

    /// <summary>内容.</summary>
    public required string Text { get; init; }

    /// <summary>形成日期: day 0 of the reporting term.</summary>
    public required DateOnly FormedOn { get; init; }

    /// <summary>来源系统.</summary>
    public string? SourceSystem { get; init; }

    /// <summary>是否公开.</summary>
    public bool Publish { get; init; }

    /// <summary>公开截止日期, last day included.</summary>
    public DateOnly? PublicUntil { get; init; }

    /// <inheritdoc/>
    public override Layout Layout => CreditRecordLayout.Layout;

    /// <inheritdoc/>
    public override void Visit<TVisitor>(ref TVisitor visitor)
    {
        visitor.Text(CreditRecordLayout.Kind, CreditRecordLayout.Kinds.TitleOf(Kind));
        visitor.Text(CreditRecordLayout.Name, Subject.Name);
        visitor.Text(CreditRecordLayout.SubjectKind, CommonWords.Kinds.TitleOf(Subject.Kind));
        visitor.Text(CreditRecordLayout.Code, Subject.UnifiedCode);
        visitor.Text(CreditRecordLayout.CertificateType, Subject.Certificate?.Title);
        visitor.Text(CreditRecordLayout.CertificateNumber, Subject.CertificateNumber);
        visitor.Text(CreditRecordLayout.Representative, Subject.LegalRepresentative);
        visitor.Text(CreditRecordLayout.Negative, Word(Negative));
        visitor.Text(CreditRecordLayout.DocumentNumber, DocumentNumber);
        visitor.Text(CreditRecordLayout.Text, Text);
        visitor.Day(CreditRecordLayout.FormedOn, FormedOn);
        visitor.Text(CreditRecordLayout.SourceSystem, SourceSystem);
        visitor.Text(CreditRecordLayout.Publish, Word(Publish));
        visitor.Day(CreditRecordLayout.PublicUntil, PublicUntil);
    }

    private static string Word(bool value) => CommonWords.Answers.TitleOf(value ? Answer.Yes : Answer.No);
}
