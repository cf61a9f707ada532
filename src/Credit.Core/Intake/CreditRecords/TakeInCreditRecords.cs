using System.Text.Json;
using Credit.Core.Intake.Cells;
using Credit.Core.Intake.Merging;
using Credit.Core.Intake.Records;
using Credit.Core.Oversight;
using Credit.Core.Records;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Core.Subjects;
using Credit.Domain.Policy;
using Credit.Domain.Records;
using Credit.Domain.Subjects;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Intake.CreditRecords;

/// <summary>
/// Credit records of a department in a file: the rules are those of records stated over the API (<see cref="SubmitRecords"/>), a
/// number is the department's own, and another content under it waits for a second person (R-3.1.1, I27, I84, I86).
/// </summary>
internal sealed class TakeInCreditRecords(CreditDbContext db, PersonVault vault, PolicyPack pack, IWorkingCalendar calendar, TimeProvider clock)
    : AggregateIntake<CreditRecordRow>(db, vault, CreditRecordLayout.Layout), ICorrectableKind
{
    private readonly Dictionary<(string Scheme, string Lookup), Subject> _subjects = [];
    private Dictionary<string, CreditRecord> _inForce = [];

    /// <summary>A correction is the record's own move and is announced as such.</summary>
    public bool AnnouncesCorrections => true;

    /// <summary>Records of several items come in one file: each row has the term of its own.</summary>
    public override WorkingDays TermIn(PolicyPack policy) => new(policy.ReportRecordDays);

    /// <summary>Collected where the catalogue has an item with credit records.</summary>
    public override CatalogueItem? ItemIn(PolicyPack policy) => policy.Catalogue.FirstOrDefault(item => item.RecordKind is not null);

    public async Task<(Guid Record, Guid Replaced)?> CorrectAsync(IntakeSession session, RawRow row, CancellationToken cancel)
    {
        var read = Read(row, session);
        if (read.Record is not { } record)
        {
            return null;
        }

        var candidate = new Candidate<CreditRecordRow>(row, read, KeyOf(record));
        await PrepareAsync(session, [candidate], new Dictionary<string, IntakeTrace>(), cancel);
        var (item, due, statement) = (pack.ItemOf(record.Kind), DueOf(record), StatementOf(session, record, SubjectOf(record.Subject, session.Batch.ReceivedOn)));
        if (!_inForce.TryGetValue(record.DocumentNumber, out var known) || item is null || due is null || known.Says(statement)
            || Against(statement, item, session.Batch.ReceivedOn).Any() || known.Correct(statement, item, session.Batch.ReceivedOn, due.Value) is not { Accepted: true } corrected)
        {
            return null;
        }

        // The version before leaves its number first.
        await Db.SaveChangesAsync(cancel);
        Db.Add(corrected.Value);
        AskSecondPerson.ToPublish(Db, corrected.Value, session.Batch.ReceivedOn);
        await AskSecondPerson.ReplacedAsync(Db, known.Id, session.Batch.SubmittedBy, clock.GetUtcNow(), cancel);
        var key = candidate.Key.ToString();
        if (await Db.IntakeTraces.SingleOrDefaultAsync(trace => trace.Kind == Layout.Name && trace.Key == key, cancel) is { } trace)
        {
            (trace.ContentHash, trace.RecordId) = (record.ContentHash, corrected.Value.Id);
            trace.Content = Vault.Seal(JsonSerializer.SerializeToUtf8Bytes(record.Normalised(), RegisterInterceptor.Json));
            (trace.BatchId, trace.Row) = (session.Batch.Id, row.Number);
        }

        await Db.SaveChangesAsync(cancel);
        return (corrected.Value.Id, known.Id);
    }

    protected override ReadRow<CreditRecordRow> Read(RawRow raw, IntakeSession session) => ReadCreditRecord.Read(raw, session.Run, session.Batch.Department);

    protected override NaturalKey KeyOf(CreditRecordRow record) => NaturalKey.Of(Vault, record.Provider, record.DocumentNumber);

    protected override async Task PrepareAsync(
        IntakeSession session, IReadOnlyList<Candidate<CreditRecordRow>> rows, IReadOnlyDictionary<string, IntakeTrace> traces, CancellationToken cancel)
    {
        // Takes turns with records that the department states over the API: the second sees the numbers of the first.
        await Db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext({"credit/records/" + session.Batch.Department}))", cancel);
        _subjects.Clear();
        var lookups = rows.Select(row => LookupOf(row.Record.Subject).Lookup).Distinct().ToArray();
        var known = await Db.Subjects.Include(subject => subject.Identifiers)
            .Where(subject => subject.Identifiers.Any(each => lookups.Contains(each.Lookup))).ToListAsync(cancel);
        foreach (var (subject, identifier) in known.SelectMany(subject => subject.Identifiers.Select(identifier => (subject, identifier))))
        {
            _subjects[(identifier.Scheme, identifier.Lookup)] = subject;
        }

        var numbers = rows.Select(row => row.Record.DocumentNumber).Distinct().ToArray();
        _inForce = await Db.CreditRecords
            .Where(record => record.Provider == session.Batch.Department && record.State == RecordState.Current && numbers.Contains(record.DocumentNumber!))
            .ToDictionaryAsync(record => record.DocumentNumber!, cancel);
    }

    protected override RowFate Decide(IntakeSession session, Candidate<CreditRecordRow> row, IntakeTrace? before)
    {
        if (before is not null)
        {
            return Conflict(row, before);
        }

        var record = row.Record;
        var subject = SubjectOf(record.Subject, session.Batch.ReceivedOn);
        var statement = StatementOf(session, record, subject);
        if (_inForce.TryGetValue(record.DocumentNumber, out var known))
        {
            // Stated over the API before.
            return known.Says(statement)
                ? row.Fate with { Verdict = RowVerdict.Unchanged, Issues = [new(RowFates.DuplicateIdentical, "", null, RowVerdict.Unchanged)], RecordId = known.Id }
                : row.With(RowVerdict.Conflict, RowFates.DuplicateDiffers, "文号") with { RecordId = known.Id };
        }

        var item = pack.ItemOf(record.Kind);
        var refusals = Against(statement, item, session.Batch.ReceivedOn).ToList();
        if (subject.Kind == SubjectKind.NaturalPerson && subject.Name.Length > 0 && !SubjectFinder.SameName(subject.Name, record.Subject.Name))
        {
            refusals.Add(SubjectFinder.NameDiffers);
        }

        if (DueOf(record) is not { } due)
        {
            return row.With(RowVerdict.Rejected, CellCodes.CalendarNotLoaded, "形成日期");
        }

        if (refusals.Count > 0)
        {
            return refusals.Aggregate(row.Fate with { Verdict = RowVerdict.Rejected }, (fate, reason) => fate with
            {
                Issues = [.. fate.Issues, row.With(RowVerdict.Rejected, CellCodes.RecordRefused, CreditRecordLayout.ColumnOf(reason.Field), reason).Issues[^1]],
            });
        }

        var formed = CreditRecord.Form(statement, item!, session.Batch.ReceivedOn, due);
        Register(record.Subject, subject);
        Db.Add(formed);
        AskSecondPerson.ToPublish(Db, formed, session.Batch.ReceivedOn);
        return row.Fate with { RecordId = formed.Id, Due = due, OnTime = !formed.Late };
    }

    private static IEnumerable<Refusal> Against(RecordStatement statement, CatalogueItem? item, DateOnly today) =>
        statement.Check(item, today).Concat(SubmitRecords.AgainstPersonalText(statement));

    private DateOnly? DueOf(CreditRecordRow record)
    {
        try
        {
            return calendar.DueDate(record.FormedOn, pack.ItemOf(record.Kind) is { } item ? pack.ReportingTermOf(item.Key) : new(pack.ReportRecordDays));
        }
        catch (CalendarNotPublishedException)
        {
            return null;
        }
    }

    private static RecordStatement StatementOf(IntakeSession session, CreditRecordRow record, Subject subject) => new()
    {
        Subject = subject,
        Kind = record.Kind,
        Negative = record.Negative,
        Provider = record.Provider,
        DocumentNumber = record.DocumentNumber,
        Text = record.Text,
        FormedOn = record.FormedOn,
        SourceSystem = record.SourceSystem ?? "",
        Publish = record.Publish,
        PublicUntil = record.PublicUntil,
        Origin = RecordOrigin.File,
        BatchId = session.Batch.Id,
        RecordedBy = session.Batch.SubmittedBy,
    };

    private (string Scheme, string Lookup) LookupOf(Counterpart party)
    {
        var (scheme, value) = party.Identity;
        return (scheme, party.Kind == CounterpartKind.NaturalPerson ? Vault.Lookup(scheme, value) : value);
    }

    /// <summary>The subject that holds the identifier, or a new one that is registered only with its first good record.</summary>
    private Subject SubjectOf(Counterpart party, DateOnly on)
    {
        var (scheme, lookup) = LookupOf(party);
        if (_subjects.TryGetValue((scheme, lookup), out var known))
        {
            return known;
        }

        var identifier = party.CertificateNumber is not { } number
            ? SubjectIdentifier.Plain(scheme, lookup, on)
            : SubjectIdentifier.Sealed(scheme, lookup, Vault.Seal(number), MaskedIdentifier.Of(number).ToString(), on);
        var kind = party.Kind switch
        {
            CounterpartKind.NaturalPerson => SubjectKind.NaturalPerson,
            CounterpartKind.IndividualBusiness => SubjectKind.IndividualBusiness,
            _ => SubjectKind.LegalPerson,
        };
        return Subject.Register(kind, party.Name, new SubjectParticulars { LegalRepresentative = party.LegalRepresentative }, Clause.R("3.1.1.a"), identifier);
    }

    private void Register(Counterpart party, Subject subject)
    {
        if (_subjects.TryAdd(LookupOf(party), subject))
        {
            Db.Add(subject);
        }
    }
}
