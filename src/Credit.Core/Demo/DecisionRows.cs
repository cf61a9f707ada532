using System.Security.Cryptography;
using System.Text;
using Credit.Core.Intake;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Credit.Domain.Records;
using Credit.Domain.Subjects;

namespace Credit.Core.Demo;

/// <summary>Writes decisions as the double publicity stores them.</summary>
internal sealed class DecisionRows(DepartmentDirectory departments, IWorkingCalendar calendar, PolicyPack pack, PersonVault vault)
{
    private readonly Dictionary<DateOnly, DateOnly> _due = [];

    /// <summary>Registered name of a department.</summary>
    public string NameOf(string department) => departments.Find(department)!.RegisteredName ?? departments.Find(department)!.Name;

    /// <summary>A batch whose rows were all stored.</summary>
    public IntakeBatch BatchOf(string kind, string department, DateTimeOffset at, IReadOnlyCollection<byte[]> rows, int late, Guid? id = null) => new()
    {
        Id = id ?? Guid.CreateVersion7(at),
        Kind = kind,
        FileName = $"{department}-{kind}-{CivilClock.Day(at):yyyyMMdd}.csv",
        FileHash = SHA256.HashData([.. rows.SelectMany(row => row)]),
        Size = rows.Sum(row => row.Length),
        Department = department,
        SubmittedBy = $"{department}.system",
        ReceivedOn = CivilClock.Day(at),
        ReceivedAt = at,
        State = BatchState.Completed,
        RowsRead = rows.Count,
        Accepted = rows.Count,
        Late = late,
        CompletedAt = at,
    };

    /// <summary>The record of a decision.</summary>
    public PublicityRecord RecordOf(DemoDecision decision, Guid batch, int row) => decision switch
    {
        DemoPenalty penalty => PenaltyOf(penalty, batch, row),
        DemoLicence licence => LicenceOf(licence, batch, row),
        _ => throw new ArgumentOutOfRangeException(nameof(decision)),
    };

    private Penalty PenaltyOf(DemoPenalty decision, Guid batch, int row)
    {
        var common = CommonOf(decision);
        var offence = decision.Offence;
        var content = (decision.FineYuan, decision.ConfiscatedYuan, offence.Categories) switch
        {
            ({ } fine, { } gains, _) => $"没收违法所得{gains:0}元；罚款人民币{fine:0}元。",
            ({ } fine, null, _) => $"罚款人民币{fine:0}元。",
            (_, _, "责令停产停业") => "责令停业整顿三个月。",
            _ => "警告，责令改正。",
        };
        return new Penalty
        {
            Id = decision.Id,
            SubjectId = decision.Subject.Id,
            SubjectName = decision.Subject.Name,
            SubjectCategory = common.Category,
            SubjectCode = decision.Subject.Code,
            SubjectMask = common.Mask,
            SubjectLookup = common.Lookup,
            LegalRepresentative = decision.Subject.LegalRepresentative,
            DocumentNumber = decision.DocumentNumber,
            DecidedOn = decision.DecidedOn,
            Organ = common.Organ,
            OrganCode = common.OrganCode,
            Source = common.Organ,
            SourceCode = common.OrganCode,
            NaturalKey = common.NaturalKey,
            ContentHash = HashOf(common.NaturalKey, decision, offence.Violation, offence.Facts, content),
            CatalogueItem = "行政处罚",
            Department = decision.Department,
            BatchId = batch,
            Row = row,
            ReceivedOn = decision.ReceivedOn,
            Due = common.Due,
            Late = decision.ReceivedOn > common.Due,
            Scope = common.Scope,
            PublicUntil = decision.DecidedOn.AddMonths(pack.PublicMonths),
            Violation = offence.Violation,
            Facts = $"{decision.DecidedOn.AddDays(-20):yyyy年M月d日}，{offence.Facts}。",
            LegalBasis = offence.LegalBasis,
            Categories = offence.Categories,
            Content = content,
            FineYuan = decision.FineYuan,
            ConfiscatedYuan = decision.ConfiscatedYuan,
            ValidTo = decision.DecidedOn.AddYears(1),
        };
    }

    private Licence LicenceOf(DemoLicence decision, Guid batch, int row)
    {
        var common = CommonOf(decision);
        var permission = decision.Permission;
        return new Licence
        {
            Id = decision.Id,
            SubjectId = decision.Subject.Id,
            SubjectName = decision.Subject.Name,
            SubjectCategory = common.Category,
            SubjectCode = decision.Subject.Code,
            SubjectMask = common.Mask,
            SubjectLookup = common.Lookup,
            LegalRepresentative = decision.Subject.LegalRepresentative,
            DocumentNumber = decision.DocumentNumber,
            DecidedOn = decision.DecidedOn,
            Organ = common.Organ,
            OrganCode = common.OrganCode,
            Source = common.Organ,
            SourceCode = common.OrganCode,
            NaturalKey = common.NaturalKey,
            ContentHash = HashOf(common.NaturalKey, decision, permission.DocumentName, permission.Content, decision.CertificateNumber),
            CatalogueItem = "行政许可",
            Department = decision.Department,
            BatchId = batch,
            Row = row,
            ReceivedOn = decision.ReceivedOn,
            Due = common.Due,
            Late = decision.ReceivedOn > common.Due,
            Scope = common.Scope,
            PublicUntil = decision.DecidedOn.AddMonths(pack.PublicMonths),
            DocumentName = permission.DocumentName,
            Category = permission.Category,
            CertificateName = permission.Certificate,
            CertificateNumber = decision.CertificateNumber,
            Content = permission.Content,
            ValidFrom = decision.DecidedOn,
            ValidTo = decision.ValidTo,
            Status = "1",
        };
    }

    private (string Category, string? Mask, string? Lookup, string Organ, string OrganCode, string NaturalKey, DateOnly Due, PublicationScope Scope) CommonOf(DemoDecision decision)
    {
        var subject = decision.Subject;
        var organ = departments.Find(decision.Department)!;
        var person = subject.IdentityNumber;
        var lookup = person is null ? null : vault.Lookup(PersonIdentifiers.ResidentIdentityCard.Key, person);
        return (
            subject.Kind switch { SubjectKind.NaturalPerson => "自然人", SubjectKind.IndividualBusiness => "个体工商户", _ => "法人及非法人组织" },
            person is null ? null : MaskedIdentifier.Of(person).ToString(),
            lookup,
            NameOf(decision.Department),
            organ.Code!,
            $"{decision.DocumentNumber}|{organ.Code}|{subject.Code ?? lookup}",
            DueOf(decision.DecidedOn),
            person is null ? PublicationScope.Full : PublicationScope.Masked);
    }

    private DateOnly DueOf(DateOnly day)
    {
        if (!_due.TryGetValue(day, out var due))
        {
            due = _due[day] = calendar.DueDate(day, new WorkingDays(pack.PublicityDays));
        }

        return due;
    }

    private static byte[] HashOf(string naturalKey, DemoDecision decision, params string[] content) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{naturalKey}\n{decision.DecidedOn:O}\n{string.Join('\n', content)}"));
}
