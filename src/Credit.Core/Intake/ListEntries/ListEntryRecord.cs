using System.Globalization;
using Credit.Core.Intake.Reading;
using Credit.Core.Intake.Records;
using Credit.Domain.Listing;
using Credit.Domain.Subjects;

namespace Credit.Core.Intake.ListEntries;

/// <summary>What makes two rows propose the same entry: list, document, recogniser and subject, never a name (I86).</summary>
/// <param name="List">The list.</param>
/// <param name="DocumentNumber">Normalised.</param>
/// <param name="RecogniserCode">Unified code of the recogniser.</param>
/// <param name="IdentifierType"><c>uscc</c>, or the key of the certificate type.</param>
/// <param name="Identifier">Normalised. Personal data when the subject is a natural person: keep it in memory only.</param>
internal readonly record struct ListEntryKey(ListKind List, string DocumentNumber, string RecogniserCode, string IdentifierType, string Identifier);

/// <summary>直接责任人员, a natural person named beside an organisation.</summary>
/// <param name="Name">Name.</param>
/// <param name="Post">职务.</param>
/// <param name="Number">Certificate number; never public.</param>
internal sealed record ResponsiblePerson(string Name, string? Post, string? Number);

/// <summary>What follows from a punish entry (R-3.5.4.a); absent on red entries.</summary>
internal sealed record PunishTerms
{
    /// <summary>惩戒期限, in months.</summary>
    public required int Months { get; init; }

    /// <summary>是否可修复.</summary>
    public required bool Repairable { get; init; }

    /// <summary>修复方式, separated by half-width semicolons.</summary>
    public string? RepairModes { get; init; }

    /// <summary>是否限期整改.</summary>
    public required bool Rectify { get; init; }

    /// <summary>整改要求; there when a rectification is ordered.</summary>
    public string? RectificationDemand { get; init; }

    /// <summary>整改期限, last day included.</summary>
    public DateOnly? RectificationDue { get; init; }

    /// <summary>有能力履行而拒不履行.</summary>
    public bool AbleButRefuses { get; init; }
}

/// <summary>A proposal for a red, black or watch entry, normalised. Certificate numbers stay in memory and the vault.</summary>
internal sealed record ListEntryRecord : IntakeRecord
{
    /// <summary>名单类别.</summary>
    public required ListKind List { get; init; }

    /// <summary>领域.</summary>
    public required string Domain { get; init; }

    /// <summary>The subject with its legal representative.</summary>
    public required Counterpart Subject { get; init; }

    /// <summary>全球法人识别编码.</summary>
    public string? Lei { get; init; }

    /// <summary>直接责任人员.</summary>
    public ResponsiblePerson? Responsible { get; init; }

    /// <summary>失信行为分类; null on red entries.</summary>
    public ConductCategory? Category { get; init; }

    /// <summary>列入情形; watch entries only.</summary>
    public WatchReason? WatchReason { get; init; }

    /// <summary>轻微失信次数.</summary>
    public int? MinorCases { get; init; }

    /// <summary>认定事实.</summary>
    public required string Facts { get; init; }

    /// <summary>认定依据.</summary>
    public required string Basis { get; init; }

    /// <summary>依据类型.</summary>
    public required BasisKind BasisKind { get; init; }

    /// <summary>依据文书号, normalised.</summary>
    public required string DocumentNumber { get; init; }

    /// <summary>认定标准.</summary>
    public required string Standard { get; init; }

    /// <summary>认定标准级别: national or provincial.</summary>
    public required StandardLevel StandardLevel { get; init; }

    /// <summary>认定部门.</summary>
    public required string Recogniser { get; init; }

    /// <summary>Unified code of the 认定部门.</summary>
    public required string RecogniserCode { get; init; }

    /// <summary>认定日期: day 0 of the reporting term (R-3.2.4.c).</summary>
    public required DateOnly RecognisedOn { get; init; }

    /// <summary>有效期至, last day included.</summary>
    public required DateOnly ValidTo { get; init; }

    /// <summary>是否事前告知; null when not said.</summary>
    public Answer? Notified { get; init; }

    /// <summary>告知送达日期.</summary>
    public DateOnly? NoticeDeliveredOn { get; init; }

    /// <summary>免予告知依据.</summary>
    public string? NoticeExemption { get; init; }

    /// <summary>是否公开.</summary>
    public required bool Publishable { get; init; }

    /// <summary>不公开原因.</summary>
    public string? UnpublishableReason { get; init; }

    /// <summary>Terms of the punishment; null on red entries.</summary>
    public PunishTerms? Punishment { get; init; }

    /// <summary>备注.</summary>
    public string? Remark { get; init; }

    /// <inheritdoc/>
    public override Layout Layout => ListEntryLayout.Layout;

    /// <summary>What makes two rows propose the same entry.</summary>
    public ListEntryKey Key
    {
        get
        {
            var (type, value) = Subject.Identity;
            return new(List, DocumentNumber, RecogniserCode, type, value);
        }
    }

    /// <inheritdoc/>
    public override void Visit<TVisitor>(ref TVisitor visitor)
    {
        VisitSubject(ref visitor);
        VisitCause(ref visitor);
        visitor.Text(ListEntryLayout.Notified, Notified.Title());
        visitor.Day(ListEntryLayout.NoticeDeliveredOn, NoticeDeliveredOn);
        visitor.Text(ListEntryLayout.NoticeExemption, NoticeExemption);
        visitor.Text(ListEntryLayout.Publishable, Word(Publishable));
        visitor.Text(ListEntryLayout.UnpublishableReason, UnpublishableReason);
        visitor.Text(ListEntryLayout.PunishMonths, Number(Punishment?.Months));
        visitor.Text(ListEntryLayout.Repairable, Word(Punishment?.Repairable));
        visitor.Text(ListEntryLayout.RepairModes, Punishment?.RepairModes);
        visitor.Text(ListEntryLayout.Rectify, Word(Punishment?.Rectify));
        visitor.Text(ListEntryLayout.RectificationDemand, Punishment?.RectificationDemand);
        visitor.Day(ListEntryLayout.RectificationDue, Punishment?.RectificationDue);
        visitor.Text(ListEntryLayout.AbleButRefuses, Word(Punishment?.AbleButRefuses));
        visitor.Text(ListEntryLayout.Remark, Remark);
    }

    private static string? Number(int? value) => value?.ToString(CultureInfo.InvariantCulture);

    private static string? Word(bool? value) => value switch
    {
        null => null,
        true => CommonWords.Answers.TitleOf(Answer.Yes),
        false => CommonWords.Answers.TitleOf(Answer.No),
    };

    private void VisitSubject<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor
    {
        visitor.Text(ListEntryLayout.List, ListEntryWords.Lists.TitleOf(List));
        visitor.Text(ListEntryLayout.Domain, Domain);
        visitor.Text(ListEntryLayout.Name, Subject.Name);
        visitor.Text(ListEntryLayout.Kind, CommonWords.Kinds.TitleOf(Subject.Kind));
        visitor.Text(ListEntryLayout.Code, Subject.UnifiedCode);
        visitor.Text(ListEntryLayout.Lei, Lei);
        visitor.Text(ListEntryLayout.CertificateType, Subject.Certificate?.Title);
        visitor.Text(ListEntryLayout.CertificateNumber, Subject.CertificateNumber);
        visitor.Text(ListEntryLayout.Representative, Subject.LegalRepresentative);
        visitor.Text(ListEntryLayout.RepresentativeType, Subject.LegalRepresentativeCertificate?.Title);
        visitor.Text(ListEntryLayout.RepresentativeNumber, Subject.LegalRepresentativeNumber);
        visitor.Text(ListEntryLayout.Responsible, Responsible?.Name);
        visitor.Text(ListEntryLayout.ResponsiblePost, Responsible?.Post);
        visitor.Text(ListEntryLayout.ResponsibleNumber, Responsible?.Number);
    }

    private void VisitCause<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor
    {
        visitor.Text(ListEntryLayout.Category, Category is { } category ? ListEntryWords.Categories.TitleOf(category) : null);
        visitor.Text(ListEntryLayout.WatchReason, WatchReason is { } reason ? ListEntryWords.WatchReasons.TitleOf(reason) : null);
        visitor.Text(ListEntryLayout.MinorCases, Number(MinorCases));
        visitor.Text(ListEntryLayout.Facts, Facts);
        visitor.Text(ListEntryLayout.Basis, Basis);
        visitor.Text(ListEntryLayout.BasisKind, ListEntryWords.BasisKinds.TitleOf(BasisKind));
        visitor.Text(ListEntryLayout.DocumentNumber, DocumentNumber);
        visitor.Text(ListEntryLayout.Standard, Standard);
        visitor.Text(ListEntryLayout.StandardLevel, ListEntryWords.StandardLevels.TitleOf(StandardLevel));
        visitor.Text(ListEntryLayout.Recogniser, Recogniser);
        visitor.Text(ListEntryLayout.RecogniserCode, RecogniserCode);
        visitor.Day(ListEntryLayout.RecognisedOn, RecognisedOn);
        visitor.Day(ListEntryLayout.ValidTo, ValidTo);
    }
}
