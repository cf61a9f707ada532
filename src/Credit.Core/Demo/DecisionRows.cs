using System.Security.Cryptography;
using System.Text;
using Credit.Core.Intake;
using Credit.Core.Intake.Licences;
using Credit.Core.Intake.Merging;
using Credit.Core.Intake.Penalties;
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
    /// <param name="kind">Kind of records.</param>
    /// <param name="department">Department that sent it.</param>
    /// <param name="at">Instant of arrival.</param>
    /// <param name="lines">The file, line by line.</param>
    /// <param name="late">How many rows were late.</param>
    /// <param name="id">Identity.</param>
    public IntakeBatch BatchOf(string kind, string department, DateTimeOffset at, IReadOnlyCollection<string> lines, int late, Guid id)
    {
        var file = Encoding.UTF8.GetBytes(string.Join('\n', lines));
        return new IntakeBatch
        {
            Id = id,
            Kind = kind,
            FileName = $"{department}-{kind}-{CivilClock.Day(at):yyyyMMdd}.csv",
            FileHash = SHA256.HashData(file),
            Size = file.Length,
            Department = department,
            SubmittedBy = $"{department}.system",
            ReceivedOn = CivilClock.Day(at),
            ReceivedAt = at,
            State = BatchState.Completed,
            RowsRead = lines.Count,
            Accepted = lines.Count,
            Late = late,
            CompletedAt = at,
        };
    }

    /// <summary>A decision as a line of its file; the identifier of a natural person is masked in it.</summary>
    public string LineOf(DemoDecision decision)
    {
        var subject = decision.Subject;
        var content = decision switch
        {
            DemoPenalty penalty => $"{penalty.Offence.Violation},{penalty.Offence.LegalBasis},{penalty.Offence.Categories},{penalty.FineYuan},{penalty.ConfiscatedYuan}",
            DemoLicence licence => $"{licence.Permission.DocumentName},{licence.Permission.Content},{licence.CertificateNumber},{licence.ValidTo:yyyy-MM-dd}",
            _ => throw new ArgumentOutOfRangeException(nameof(decision)),
        };
        return $"{decision.DocumentNumber},{subject.Name},{subject.Code ?? MaskOf(subject)},{decision.DecidedOn:yyyy-MM-dd},{NameOf(decision.Department)},{content}";
    }

    /// <summary>A subject as a line of the registry, likewise.</summary>
    public string LineOf(DemoSubject subject) => $"{subject.Name},{subject.Kind},{subject.Code ?? MaskOf(subject)},{subject.LegalRepresentative},{subject.Town},{subject.Status}";

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
            SubjectSealed = decision.Subject.IdentityNumber is { } number ? vault.Seal(number) : null,
            LegalRepresentative = decision.Subject.LegalRepresentative,
            DocumentNumber = decision.DocumentNumber,
            DecidedOn = decision.DecidedOn,
            Organ = common.Organ,
            OrganCode = common.OrganCode,
            Source = common.Organ,
            SourceCode = common.OrganCode,
            NaturalKey = common.Key.ToGuid(),
            ContentHash = HashOf(common.Key, decision),
            CatalogueItem = PenaltyLayout.Layout.Name,
            Department = decision.Department,
            BatchId = batch,
            Row = row,
            ReceivedOn = decision.ReceivedOn,
            Due = common.Due,
            Late = decision.ReceivedOn > common.Due,
            Scope = pack.Publishes(pack.SeverityOfPenalty(offence.Categories)) ? PublicationScope.Full : PublicationScope.Never,
            PublicUntil = pack.PenaltyPublicUntil(decision.DecidedOn, stated: null, pack.SeverityOfPenalty(offence.Categories)),
            Severity = pack.SeverityOfPenalty(offence.Categories),
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
            SubjectSealed = decision.Subject.IdentityNumber is { } number ? vault.Seal(number) : null,
            LegalRepresentative = decision.Subject.LegalRepresentative,
            DocumentNumber = decision.DocumentNumber,
            DecidedOn = decision.DecidedOn,
            Organ = common.Organ,
            OrganCode = common.OrganCode,
            Source = common.Organ,
            SourceCode = common.OrganCode,
            NaturalKey = common.Key.ToGuid(),
            ContentHash = HashOf(common.Key, decision),
            CatalogueItem = LicenceLayout.Layout.Name,
            Department = decision.Department,
            BatchId = batch,
            Row = row,
            ReceivedOn = decision.ReceivedOn,
            Due = common.Due,
            Late = decision.ReceivedOn > common.Due,
            Scope = PublicationScope.Full,
            PublicUntil = decision.ValidTo,
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

    private (string Category, string? Mask, string? Lookup, string Organ, string OrganCode, NaturalKey Key, DateOnly Due) CommonOf(DemoDecision decision)
    {
        var subject = decision.Subject;
        var organ = departments.Find(decision.Department)!;
        var person = subject.IdentityNumber;
        var lookup = person is null ? null : vault.Lookup(PersonIdentifiers.ResidentIdentityCard.Key, person);
        return (
            subject.Kind switch { SubjectKind.NaturalPerson => "自然人", SubjectKind.IndividualBusiness => "个体工商户", _ => "法人及非法人组织" },
            MaskOf(subject),
            lookup,
            NameOf(decision.Department),
            organ.Code!,
            NaturalKey.Of(
                vault, decision.DocumentNumber, organ.Code!, person is null ? SubjectIdentifier.Uscc : PersonIdentifiers.ResidentIdentityCard.Key, subject.Code ?? person!),
            DueOf(decision.DecidedOn));
    }

    private DateOnly DueOf(DateOnly day)
    {
        if (!_due.TryGetValue(day, out var due))
        {
            due = _due[day] = calendar.DueDate(day, new WorkingDays(pack.PublicityDays));
        }

        return due;
    }

    private byte[] HashOf(NaturalKey key, DemoDecision decision) => vault.HashContent(Encoding.UTF8.GetBytes($"{key}\n{LineOf(decision)}"));

    private static string? MaskOf(DemoSubject subject) => subject.IdentityNumber is { } number ? MaskedIdentifier.Of(number).ToString() : null;
}
