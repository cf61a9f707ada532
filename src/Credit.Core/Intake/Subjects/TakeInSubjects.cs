using Credit.Core.Intake.Cells;
using Credit.Core.Intake.Merging;
using Credit.Core.Intake.Records;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Intake.Subjects;

/// <summary>
/// The registry of subjects as registrars report it. A code belongs to one subject (I18): a second holder is registered
/// without it and counted as 重码; a wrong code is kept beside the subject and counted as 错码 (R-3.1.3.c). Names never match.
/// </summary>
internal sealed class TakeInSubjects(CreditDbContext db, PersonVault vault, DepartmentDirectory departments) : AggregateIntake<SubjectRecord>(db, vault, SubjectLayout.Layout)
{
    private const string CodeDuplicate = "CODE_DUPLICATE";
    private const string CodeField = "统一社会信用代码";

    private readonly Dictionary<(string Scheme, string Value), Subject> _holders = [];
    private readonly Dictionary<Guid, Subject> _byId = [];
    private readonly Dictionary<Guid, (int Row, Guid BatchId)> _sources = [];
    private readonly Dictionary<(string Name, string Registrar), Subject> _named = [];
    private readonly Dictionary<(string Code, string Registrar), Subject> _claimed = [];

    protected override ReadRow<SubjectRecord> Read(RawRow raw, IntakeSession session) => ReadSubject.Read(raw, session.Run);

    // The name tells a shared code and a new name from a repeated row.
    protected override NaturalKey KeyOf(SubjectRecord record) => NaturalKey.Of(Vault, record.Key.Scheme, record.Key.Value, record.Name);

    protected override async Task PrepareAsync(
        IntakeSession session, IReadOnlyList<Candidate<SubjectRecord>> rows, IReadOnlyDictionary<string, IntakeTrace> traces, CancellationToken cancel)
    {
        _holders.Clear();
        _byId.Clear();
        _sources.Clear();
        _named.Clear();
        _claimed.Clear();
        var values = rows.SelectMany(row => new[] { row.Record.Key.Value, row.Record.FormerCode }).OfType<string>().Distinct().ToArray();
        var names = rows.Select(row => row.Record.Name).Distinct().ToArray();
        var ids = traces.Values.Select(trace => trace.RecordId).ToArray();
        var known = await Db.Subjects.Include(subject => subject.Identifiers).AsSplitQuery()
            .Where(subject => subject.Identifiers.Any(each => values.Contains(each.Lookup)) || ids.Contains(subject.Id) || values.Contains(subject.ClaimedCode!) || (names.Contains(subject.Name) && subject.Code != null))
            .ToListAsync(cancel);
        var knownIds = known.Select(subject => subject.Id).ToArray();
        foreach (var trace in await Db.IntakeTraces.Where(trace => knownIds.Contains(trace.RecordId)).Select(trace => new { trace.RecordId, trace.Row, trace.BatchId }).ToListAsync(cancel))
        {
            _sources[trace.RecordId] = (trace.Row, trace.BatchId);
        }

        known.ForEach(Know);
    }

    protected override RowFate Decide(IntakeSession session, Candidate<SubjectRecord> row, IntakeTrace? before)
    {
        var record = row.Record;
        if (session.Batch.Department != departments.LeadOffice.Key && departments.FindByName(record.Registrar)?.Key != session.Batch.Department)
        {
            // The registry is the registrars': nobody else changes what they registered (R-3.1.3.a).
            return row.With(RowVerdict.Rejected, "NOT_YOUR_DEPARTMENT", "登记机关");
        }

        if (before is not null && _byId.TryGetValue(before.RecordId, out var same))
        {
            return Update(session, row, same);
        }

        if (record.Code is not null && record.CodeFault != CodeFault.None)
        {
            return Register(session, row, CodeStanding.Wrong);
        }

        if (_holders.TryGetValue((record.Key.Scheme, record.Key.Value), out var holder))
        {
            return holder.Name == record.Name || holder.Name == record.FormerName || record.Code is null
                ? Update(session, row, holder)
                : Duplicate(session, row, holder, CodeStanding.Shared);
        }

        if (record is { FormerCode: { } former, Code: { } code }
            && (_holders.TryGetValue((SubjectIdentifier.Uscc, former), out var converted) || _claimed.TryGetValue((former, record.Registrar), out converted)))
        {
            converted.ChangeCode(code, session.Batch.ReceivedOn, confirmedException: false);
            return Update(session, row, converted);
        }

        return record.Code is not null && _named.TryGetValue(record.Holder, out var second) && second.Code != record.Code && second.Status == SubjectStatus.Active
            ? Duplicate(session, row, second, CodeStanding.Second)
            : Register(session, row, null);
    }

    private RowFate Update(IntakeSession session, Candidate<SubjectRecord> row, Subject subject)
    {
        subject.Update(row.Record.Name, Particulars(row.Record));
        var fate = Related(row.Fate, subject) with { RecordId = subject.Id };
        Know(session, row, subject);
        return fate;
    }

    private RowFate Duplicate(IntakeSession session, Candidate<SubjectRecord> row, Subject other, CodeStanding standing)
    {
        var fate = Register(session, row, standing);
        return Related(row.With(RowVerdict.AcceptedWithWarning, CodeDuplicate, CodeField), other) with { RecordId = fate.RecordId };
    }

    private RowFate Register(IntakeSession session, Candidate<SubjectRecord> row, CodeStanding? standing)
    {
        var record = row.Record;
        var unusable = standing is CodeStanding.Wrong or CodeStanding.Shared;
        var subject = Subject.Register(
            KindOf(record),
            record.Name,
            Particulars(record) with { ClaimedCode = unusable ? record.Code : null, CodeStanding = standing },
            Clause.R("3.1.1.a"),
            unusable ? [] : [.. Identifiers(record, session.Batch.ReceivedOn)]);
        Db.Add(subject);
        Know(session, row, subject);
        return row.Fate with { RecordId = subject.Id };
    }

    private IEnumerable<SubjectIdentifier> Identifiers(SubjectRecord record, DateOnly on)
    {
        yield return SubjectIdentifier.Plain(record.Key.Scheme, record.Key.Value, on);
        if (record.Code is not null && record.FormerCode is { } former && former != record.Code)
        {
            // A code held before the platform knew the subject stays in the history (R-3.1.3.d).
            yield return SubjectIdentifier.Former(SubjectIdentifier.Uscc, former, on);
        }
    }

    private RowFate Related(RowFate fate, Subject subject) =>
        _sources.TryGetValue(subject.Id, out var source) ? fate with { RelatedRow = source.Row, RelatedBatchId = source.BatchId } : fate;

    private void Know(IntakeSession session, Candidate<SubjectRecord> row, Subject subject)
    {
        Know(subject);
        _sources[subject.Id] = (row.Raw.Number, session.Batch.Id);
    }

    private void Know(Subject subject)
    {
        _byId[subject.Id] = subject;
        foreach (var identifier in subject.Identifiers)
        {
            _holders[(identifier.Scheme, identifier.Lookup)] = subject;
        }

        if (subject is { ClaimedCode: { } claimed, CodeStanding: CodeStanding.Wrong, Registrar: { } holder })
        {
            _claimed[(claimed, holder)] = subject;
        }

        if (subject is { Code: not null, Registrar: { } registrar })
        {
            _named.TryAdd((subject.Name, registrar), subject);
        }
    }

    private static SubjectParticulars Particulars(SubjectRecord record) => new()
    {
        LegalRepresentative = record.Representative,
        Registrar = record.Registrar,
        Area = record.Area,
        Town = record.Town,
        Industry = record.Industry,
        EstablishedOn = record.EstablishedOn,
        Status = record.Standing,
    };

    private static SubjectKind KindOf(SubjectRecord record) => record.Kind switch
    {
        CounterpartKind.IndividualBusiness => SubjectKind.IndividualBusiness,
        _ when record.LegalForm is { } form && (form.Contains("合伙", StringComparison.Ordinal) || form.Contains("个人独资", StringComparison.Ordinal) || form.Contains("非法人", StringComparison.Ordinal))
            => SubjectKind.UnincorporatedOrganization,
        _ => SubjectKind.LegalPerson,
    };
}
