using Credit.Domain.Policy;
using Credit.Domain.Subjects;

namespace Credit.Domain.Records;

/// <summary>The sanctions an association may impose on its own members, by gravity (R-3.4.4.a).</summary>
public enum SanctionKind
{
    /// <summary>警告.</summary>
    Warning,

    /// <summary>行业内通报批评.</summary>
    IndustryCriticism,

    /// <summary>公开谴责.</summary>
    PublicCondemnation,

    /// <summary>不予接纳: an applicant is not admitted.</summary>
    AdmissionRefused,

    /// <summary>劝退: the membership ends.</summary>
    Expulsion,
}

/// <summary>What a department or association states about a subject (R-3.1.1.a).</summary>
public sealed record RecordStatement
{
    /// <summary>The subject, found by identifier.</summary>
    public required Subject Subject { get; init; }

    /// <summary>What it is about.</summary>
    public required RecordKind Kind { get; init; }

    /// <summary>Speaks against the subject.</summary>
    public required bool Negative { get; init; }

    /// <summary>Key of the department or association that states it.</summary>
    public required string Provider { get; init; }

    /// <summary>Number of its document.</summary>
    public required string DocumentNumber { get; init; }

    /// <summary>What happened.</summary>
    public required string Text { get; init; }

    /// <summary>形成日期.</summary>
    public required DateOnly FormedOn { get; init; }

    /// <summary>System it was made in; empty when it was made here.</summary>
    public string SourceSystem { get; init; } = "";

    /// <summary>To be shown to the public.</summary>
    public bool Publish { get; init; }

    /// <summary>Last day shown to the public.</summary>
    public DateOnly? PublicUntil { get; init; }

    /// <summary>Sanction of an association.</summary>
    public SanctionKind? Sanction { get; init; }

    /// <summary>How it came here.</summary>
    public RecordOrigin Origin { get; init; }

    /// <summary>Submission or file it came with (I90).</summary>
    public required Guid BatchId { get; init; }

    /// <summary>Account that states it.</summary>
    public required string RecordedBy { get; init; }

    /// <summary>Every reason against the statement under this item.</summary>
    /// <param name="item">Item of its kind; null when the catalogue has none.</param>
    /// <param name="today">Today in the district.</param>
    public IEnumerable<Refusal> Check(CatalogueItem? item, DateOnly today)
    {
        if (item is null)
        {
            yield return new("item-not-in-catalogue", "信用信息目录中没有该类信息，不予归集。", "The catalogue has no item of this kind: it is not collected.", Clause.R("3.1.4.b"), "kind");
        }
        else if (!item.IsProvidedBy(Provider))
        {
            yield return new("not-provider", $"本单位不是“{item.Title}”的提供单位。", $"This body does not provide “{item.Title}”.", Clause.R("3.1.1.a"), "kind");
        }

        if (string.IsNullOrWhiteSpace(Text))
        {
            yield return new("record-text-missing", "请写明记录内容。", "State what happened.", Clause.R("3.1.1.a"), "text");
        }

        if (string.IsNullOrWhiteSpace(DocumentNumber))
        {
            yield return new("record-number-missing", "请填写文号或记录编号。", "Give the number of the document or record.", Clause.Standard("I86"), "documentNumber");
        }

        if (FormedOn > today)
        {
            yield return new("formed-in-future", "形成日期不得晚于今日。", "The day of formation cannot lie after today.", Clause.R("3.1.1.c"), "formedOn");
        }

        if (Subject.Kind == SubjectKind.NaturalPerson && ForbiddenKinds.IsIn(Text))
        {
            yield return ForbiddenKinds.Refused("text");
        }

        foreach (var reason in AgainstPublication(item, today).Concat(Lengths().OfType<Refusal>()))
        {
            yield return reason;
        }
    }

    private IEnumerable<Refusal> AgainstPublication(CatalogueItem? item, DateOnly today)
    {
        if (Publish && item is { Publish: false })
        {
            yield return new("item-not-published", "该类信息不公开。", "Records of this item are not published.", Clause.R("3.1.4.f"), "publish");
        }

        if (Publish && Subject.Kind == SubjectKind.NaturalPerson)
        {
            yield return new("person-record-not-published", "自然人的信用记录不公开。", "Records about natural persons are not published.", Clause.R("3.1.4.f"), "publish");
        }

        if (Publish && PublicUntil is null)
        {
            yield return new("public-until-missing", "公开的信息须注明公开期限。", "What is published has a last day of publication.", Clause.R("3.1.4.h"), "publicUntil");
        }

        if (!Publish && PublicUntil is not null)
        {
            yield return new("public-until-unasked", "不公开的信息不得注明公开期限。", "What is not published has no last day of publication.", Clause.R("3.1.4.h"), "publicUntil");
        }

        if (PublicUntil < FormedOn || PublicUntil > today.AddYears(5))
        {
            yield return new(
                "public-until-out-of-range", "公开期限应晚于形成日期，且不超过五年。", "The last day of publication lies after the formation and within five years.", Clause.R("3.1.4.h"), "publicUntil");
        }
    }

    private IEnumerable<Refusal?> Lengths() =>
    [
        TextLength.Against(Text, TextLength.Text, "text"),
        TextLength.Against(DocumentNumber, TextLength.Name, "documentNumber"),
        TextLength.Against(SourceSystem, TextLength.Name, "sourceSystem"),
    ];
}
