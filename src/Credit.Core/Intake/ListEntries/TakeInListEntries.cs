using Credit.Abstractions;
using Credit.Core.Containment;
using Credit.Core.Intake.Cells;
using Credit.Core.Intake.Merging;
using Credit.Core.Intake.Records;
using Credit.Core.Listing;
using Credit.Core.Modules;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Intake.ListEntries;

/// <summary>
/// Proposals of departments in a file: every row becomes a proposed entry, which then goes the same way as one proposed by
/// hand (R-3.2.1, R-3.2.2). A red proposal of a subject with a black or watch entry, proposed ones included, is sent back with
/// that entry named (R-3.2.2.e).
/// </summary>
internal sealed class TakeInListEntries(
    CreditDbContext db, PersonVault vault, PolicyPack pack, ModuleCatalog modules, DepartmentDirectory departments)
    : AggregateIntake<ListEntryRecord>(db, vault, ListEntryLayout.Layout)
{
    // One decision document supports at most one entry per subject and list (I5).
    private static readonly Refusal NotChecked = new(
        ModuleUnavailableException.Failed, "认定标准所属模块暂不可用，认定时核对。", "The module of the standard is not available; the standard is checked before recognition.", Clause.R("3.2.1.a"));

    private static readonly Refusal DecisionUsed = new(
        "decision-already-used",
        "该决定文书已用于该主体同一名单的条目。",
        "This decision document already supports an entry of the subject on this list.",
        Clause.Standard("I5"));

    private readonly HashSet<string> _domains = [.. ListDomains.Shipped, .. modules.Criteria.Select(criterion => criterion.Domain)];
    private readonly Dictionary<(string Scheme, string Lookup), Subject> _subjects = [];
    private readonly Dictionary<Guid, List<Rival>> _rivals = [];
    private Dictionary<(string DocumentNumber, string Holder), Guid> _penalties = [];
    private HashSet<(Guid Subject, ListKind List, string DocumentNumber)> _used = [];

    protected override ReadRow<ListEntryRecord> Read(RawRow raw, IntakeSession session) => ReadListEntry.Read(raw, session.Run, _domains);

    protected override NaturalKey KeyOf(ListEntryRecord record)
    {
        var key = record.Key;
        return NaturalKey.Of(Vault, key.List.ToString(), key.DocumentNumber, key.RecogniserCode, key.IdentifierType, key.Identifier);
    }

    protected override async Task PrepareAsync(
        IntakeSession session, IReadOnlyList<Candidate<ListEntryRecord>> rows, IReadOnlyDictionary<string, IntakeTrace> traces, CancellationToken cancel)
    {
        _subjects.Clear();
        _rivals.Clear();
        var lookups = rows.Select(row => LookupOf(row.Record.Subject).Lookup).Distinct().ToArray();
        var known = await Db.Subjects.Include(subject => subject.Identifiers)
            .Where(subject => subject.Identifiers.Any(each => lookups.Contains(each.Lookup))).ToListAsync(cancel);
        foreach (var (subject, identifier) in known.SelectMany(subject => subject.Identifiers.Select(identifier => (subject, identifier))))
        {
            _subjects[(identifier.Scheme, identifier.Lookup)] = subject;
        }

        var ids = known.Select(subject => subject.Id).ToArray();
        var entries = await (
            from entry in Db.Entries.AsNoTracking()
            where ids.Contains(entry.SubjectId) && entry.List != ListKind.Red && entry.State != EntryState.Exited && entry.State != EntryState.Cancelled
            join trace in Db.IntakeTraces.Where(trace => trace.Kind == Layout.Name) on entry.Id equals trace.RecordId into sources
            from source in sources.DefaultIfEmpty()
            orderby entry.Id
            select new { entry.Id, entry.SubjectId, entry.List, entry.Domain, Row = (int?)source!.Row, BatchId = (Guid?)source.BatchId }).ToListAsync(cancel);
        entries.ForEach(entry => Remember(entry.SubjectId, new(entry.Id, entry.List, entry.Domain, entry.Row, entry.BatchId)));
        var numbers = rows.Select(row => row.Record.DocumentNumber).Distinct().ToArray();
        _used = (await Db.Entries.Where(entry => ids.Contains(entry.SubjectId) && entry.State != EntryState.Cancelled)
                .SelectMany(entry => entry.Bases, (entry, basis) => new { entry.SubjectId, entry.List, basis.DocumentNumber })
                .Where(used => numbers.Contains(used.DocumentNumber)).ToListAsync(cancel))
            .Select(used => (used.SubjectId, used.List, used.DocumentNumber)).ToHashSet();
        _penalties = (await Db.Penalties.Where(penalty => penalty.Current && numbers.Contains(penalty.DocumentNumber))
                .Select(penalty => new { penalty.DocumentNumber, Holder = penalty.SubjectCode ?? penalty.SubjectLookup ?? "", penalty.Id }).ToListAsync(cancel))
            .GroupBy(penalty => (penalty.DocumentNumber, penalty.Holder)).ToDictionary(same => same.Key, same => same.First().Id);
    }

    protected override RowFate Decide(IntakeSession session, Candidate<ListEntryRecord> row, IntakeTrace? before)
    {
        if (before is not null)
        {
            return Conflict(row, before);
        }

        var record = row.Record;
        if (departments.FindByCode(record.RecogniserCode) is not { MayRecognise: true } recogniser)
        {
            return row.With(RowVerdict.Rejected, CellCodes.RecogniserNotAllowed, "认定部门");
        }

        if (recogniser.Key != session.Batch.Department && departments.LeadOffice.Key != session.Batch.Department)
        {
            return row.With(RowVerdict.Rejected, "NOT_YOUR_DEPARTMENT", "认定部门代码");
        }

        var subject = SubjectOf(record.Subject, session.Batch.ReceivedOn);
        if (record.List == ListKind.Red && RivalOf(subject) is { } rival)
        {
            return Refuse(row, rival);
        }

        return _used.Add((subject.Id, record.List, record.DocumentNumber))
            ? Propose(session, row, subject, recogniser.Key)
            : row.With(RowVerdict.Rejected, "PROPOSAL_REFUSED", "依据文书号", DecisionUsed);
    }

    private RowFate Propose(IntakeSession session, Candidate<ListEntryRecord> row, Subject subject, string recogniser)
    {
        var criterion = modules.FindCriterion(row.Record.List, row.Record.Domain, row.Record.Standard);
        var proposal = ProposalOf(session, row.Record, subject, recogniser, criterion);
        var proposed = ListEntry.Propose(proposal);
        Refusal[] refusals = [.. proposed.Refusals, .. EntryRules.Against(proposal, pack)];
        if (refusals.Length > 0)
        {
            return Noted(row, RowVerdict.Rejected, "PROPOSAL_REFUSED", refusals);
        }

        Db.Add(proposed.Value);
        if (!_subjects.ContainsKey(LookupOf(row.Record.Subject)))
        {
            Db.Add(subject);
            _subjects[LookupOf(row.Record.Subject)] = subject;
        }

        if (proposal.List != ListKind.Red)
        {
            Remember(subject.Id, new(proposed.Value.Id, proposal.List, proposal.Domain, row.Raw.Number, session.Batch.Id));
        }

        // What the standard says bars recognition; the department hears of it now.
        // A module that cannot say it now says it before the recognition: the file is taken in all the same.
        RowFate fate;
        try
        {
            fate = Noted(row, RowVerdict.Accepted, "CRITERION_NOT_MET", CriterionCheck.Against(criterion, proposal, subject.Kind));
        }
        catch (ModuleUnavailableException)
        {
            fate = Noted(row, RowVerdict.Accepted, "CRITERION_NOT_CHECKED", [NotChecked]);
        }

        return fate with { RecordId = proposed.Value.Id };
    }

    private static RowFate Noted(Candidate<ListEntryRecord> row, RowVerdict verdict, string code, IEnumerable<Refusal> reasons) =>
        reasons.Aggregate(row.Fate, (fate, reason) =>
        {
            var one = row.With(verdict, code, FieldOf(reason), reason);
            return fate with { Verdict = one.Verdict, Issues = [.. fate.Issues, one.Issues[^1]] };
        });

    private EntryProposal ProposalOf(IntakeSession session, ListEntryRecord record, Subject subject, string recogniser, ICriterion? criterion) => new()
    {
        List = record.List,
        Domain = record.Domain,
        Category = record.Category,
        Subject = subject,
        LegalRepresentative = record.Subject.LegalRepresentative,
        Facts = record.Facts,
        Standard = record.Standard,
        StandardLevel = record.StandardLevel,
        StandardApproval = criterion?.Approval,
        StandardFrom = criterion?.EffectiveFrom,
        Criterion = criterion?.Key,
        Recogniser = recogniser,
        ProposedBy = session.Batch.SubmittedBy,
        ProposedOn = session.Batch.ReceivedOn,
        DecidedOn = record.RecognisedOn,
        ValidTo = record.ValidTo,
        NoticeDeliveredOn = record.NoticeDeliveredOn,
        NoticeExemption = record.NoticeExemption,
        Publishable = record.Publishable,
        UnpublishableReason = record.UnpublishableReason,
        Severity = pack.SeverityOf(record.List, null),
        Shown = pack.Publishes(pack.SeverityOf(record.List, null)),
        PunishMonths = record.Punishment?.Months,
        EarliestExitMonths = criterion?.EarliestExitInMonths,
        Repairable = record.Punishment?.Repairable ?? false,
        RepairModes = record.Punishment?.RepairModes,
        AbleButRefuses = record.Punishment?.AbleButRefuses ?? false,
        WatchReason = record.List == ListKind.Watch ? record.WatchReason : null,
        MinorOffences = record is { List: ListKind.Watch, WatchReason: WatchReason.RepeatedMinor } ? record.MinorCases : null,
        BatchId = session.Batch.Id,
        PolicyPack = pack.Name,
        Bases =
        [
            new EntryBasis
            {
                Kind = record.BasisKind,
                Text = record.Basis,
                DocumentNumber = record.DocumentNumber,
                PenaltyId = _penalties.TryGetValue((record.DocumentNumber, LookupOf(record.Subject).Lookup), out var penalty) ? penalty : null,
            },
        ],
    };

    private RowFate Refuse(Candidate<ListEntryRecord> row, Rival rival)
    {
        var black = rival.List == ListKind.Black;
        var fate = row.With(RowVerdict.Rejected, black ? "RED_BUT_BLACK" : "RED_BUT_WATCH", "名单类别", new(
            black ? "red-but-black" : "red-but-watch",
            $"该主体有{(black ? "黑名单" : "重点关注名单")}条目({rival.Domain}, 条目 {rival.Id})，不得列入红名单。",
            $"The subject has a {(black ? "black" : "watch")} list entry ({rival.Domain}, entry {rival.Id}) and must not enter a red list.",
            Clause.R("3.2.2.e")));
        return fate with { RecordId = rival.Id, RelatedRow = rival.Row, RelatedBatchId = rival.BatchId };
    }

    private Rival? RivalOf(Subject subject) => _rivals.GetValueOrDefault(subject.Id)?
        .Where(rival => rival.List == ListKind.Black || pack.WatchBarsRed).OrderBy(rival => rival.List != ListKind.Black).FirstOrDefault();

    private void Remember(Guid subject, Rival rival)
    {
        if (!_rivals.TryGetValue(subject, out var rivals))
        {
            _rivals[subject] = rivals = [];
        }

        rivals.Add(rival);
    }

    private (string Scheme, string Lookup) LookupOf(Counterpart party)
    {
        var (scheme, value) = party.Identity;
        return (scheme, party.Kind == CounterpartKind.NaturalPerson ? Vault.Lookup(scheme, value) : value);
    }

    private Subject SubjectOf(Counterpart party, DateOnly on)
    {
        var (scheme, lookup) = LookupOf(party);
        if (_subjects.TryGetValue((scheme, lookup), out var known))
        {
            return known;
        }

        var number = party.CertificateNumber;
        var identifier = number is null
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

    // The rules of the domain name members of a proposal; the sender knows columns.
    private static string FieldOf(Refusal refusal) => refusal.Field switch
    {
        "facts" => "认定事实",
        "domain" => "领域",
        "bases" => "认定依据",
        "category" => "失信行为分类",
        "standard" => "认定标准",
        "standardLevel" => "认定标准级别",
        "validTo" => "有效期至",
        "decidedOn" => "认定日期",
        "unpublishableReason" => "不公开原因",
        "watchReason" => "列入情形",
        "punishMonths" => "惩戒期限(月)",
        "repairModes" => "修复方式",
        _ => "名单类别",
    };

    /// <summary>An entry that bars a red one.</summary>
    private sealed record Rival(Guid Id, ListKind List, string Domain, int? Row, Guid? BatchId);
}
