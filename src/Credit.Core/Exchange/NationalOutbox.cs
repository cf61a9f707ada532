using System.Text.Json;
using Credit.Core.Intake.Cells;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Records;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Exchange;

/// <summary>A stored version of a licence or penalty of an enterprise or individual business, or its black entry, as the national system gets it.</summary>
/// <param name="Position">Position in the log of the step that stored it. With the record it names the message for ever.</param>
/// <param name="RecordId">The stored version.</param>
/// <param name="Version">Version of the decision, counted from 1: a higher one replaces the lower. The exit of an entry is its version 2.</param>
/// <param name="Kind"><c>licences</c>, <c>penalties</c> or <c>list-entries</c>.</param>
/// <param name="SubjectName">Name of the enterprise.</param>
/// <param name="SubjectCode">Its unified code.</param>
/// <param name="DocumentNumber">文书号.</param>
/// <param name="DecidedOn">Day of the decision.</param>
/// <param name="Organ">Deciding organ.</param>
/// <param name="OrganCode">Its unified code.</param>
/// <param name="Content">What was decided, personal data masked.</param>
/// <param name="ValidTo">Last day of validity.</param>
/// <param name="PublicUntil">Last day it may be shown.</param>
internal sealed record NationalMessage(
    long Position, Guid RecordId, int Version, string Kind, string SubjectName, string SubjectCode, string DocumentNumber, DateOnly DecidedOn, string Organ,
    string OrganCode, string Content, DateOnly ValidTo, DateOnly PublicUntil);

/// <summary>
/// What 国家企业信用信息公示系统(山东) is told (R-3.1.4.e, R-3.4.3.a, I79): a view of the register log. A batch is one step of the log, however
/// many records it stored; its messages are those records. A record version belongs to one step only, so it is there exactly once.
/// </summary>
internal static class NationalOutbox
{
    /// <summary>Name of the national system's cursor.</summary>
    public const string Cursor = "exchange/national";

    /// <summary>Messages on one page.</summary>
    public const int PageSize = 500;

    private const int StepsAtOnce = 100;

    private const string Listed = "list-entry.published.v1";

    private const string Left = "list-entry.exited.v1";

    private static readonly string[] Steps = ["intake-batch.completed.v1", "intake-batch.rows-released.v1", "publicity-record.corrected.v1", Listed, Left];

    /// <summary>The messages after this one, in order of steps and records.</summary>
    /// <param name="db">The register.</param>
    /// <param name="pack">Says which kinds may be shown at all.</param>
    /// <param name="position">Last step read.</param>
    /// <param name="record">Last record read of the step after it; null when that is still to begin.</param>
    /// <param name="cancel">Stops.</param>
    public static async Task<IReadOnlyList<NationalMessage>> ReadAsync(CreditDbContext db, PolicyPack pack, long position, Guid? record, CancellationToken cancel)
    {
        List<NationalMessage> page = [];
        var (from, after) = (position, record);
        while (page.Count < PageSize)
        {
            var steps = await StepsAsync(db, from, after is not null, cancel);
            foreach (var step in steps)
            {
                page.AddRange(await MessagesAsync(db, pack, step, step.Position == position ? after : null, PageSize - page.Count, cancel));
                if (page.Count == PageSize)
                {
                    return page;
                }
            }

            if (steps.Count < StepsAtOnce)
            {
                break;
            }

            (from, after) = (steps[^1].Position, null);
        }

        return page;
    }

    private static Task<List<Step>> StepsAsync(CreditDbContext db, long from, bool midStep, CancellationToken cancel) => (
        from place in db.RegisterPositions
        join entry in db.RegisterEntries on place.EntryId equals entry.Id
        where (midStep ? place.Position >= @from : place.Position > @from) && Steps.Contains(entry.WireName)
        orderby place.Position
        select new Step(place.Position, entry.WireName, entry.Payload, entry.Changes)).Take(StepsAtOnce).ToListAsync(cancel);

    private static Task<List<NationalMessage>> MessagesAsync(CreditDbContext db, PolicyPack pack, Step step, Guid? after, int count, CancellationToken cancel)
    {
        var payload = JsonElement.Parse(step.Payload);
        if (step.WireName is Listed or Left)
        {
            return after is null ? EntryAsync(db, pack, step, payload.GetProperty("entryId").GetGuid(), cancel) : Task.FromResult<List<NationalMessage>>([]);
        }

        var kind = payload.GetProperty("kind").GetString();
        return pack.Catalogue.SingleOrDefault(item => item.Key == kind) is not { Publish: true } ? Task.FromResult<List<NationalMessage>>([])
            : kind == "penalties" ? PageAsync(Of(db.Penalties, db, step, payload), Message, after, count, cancel)
            : kind == "licences" ? PageAsync(Of(db.Licences, db, step, payload), Message, after, count, cancel)
            : Task.FromResult<List<NationalMessage>>([]);

        NationalMessage Message(PublicityRecord record) => new(
            step.Position, record.Id, record.Version, kind!, record.SubjectName, record.SubjectCode!, record.DocumentNumber, record.DecidedOn, record.Organ,
            record.OrganCode, PersonalText.Mask(record is Penalty penalty ? penalty.Content : ((Licence)record).Content)!,
            record is Penalty { ValidTo: var end } ? end : ((Licence)record).ValidTo, record.PublicUntil);
    }

    // A black entry goes where the pack demanded this channel of it; it leaves there when it leaves its list.
    private static async Task<List<NationalMessage>> EntryAsync(CreditDbContext db, PolicyPack pack, Step step, Guid id, CancellationToken cancel)
    {
        var entry = await db.Entries.AsNoTracking().Include(each => each.Bases).SingleOrDefaultAsync(
            each => each.Id == id && each.SubjectCode != null && EF.Functions.Like(each.SubjectCode, "9%")
                && db.ChannelDuties.Any(duty => duty.EntryId == id && duty.Channel == PublicationChannel.Necips),
            cancel);
        if (entry is null || pack.Catalogue.SingleOrDefault(item => item.Key == "list-entries") is not { Publish: true })
        {
            return [];
        }

        var organ = await db.Departments.AsNoTracking().SingleAsync(each => each.Key == entry.Recogniser, cancel);
        return
        [
            new(
                step.Position, entry.Id, step.WireName == Left ? 2 : 1, "list-entries", entry.SubjectName, entry.SubjectCode!, entry.Bases.Select(basis => basis.DocumentNumber).FirstOrDefault() ?? "",
                entry.RecognisedOn!.Value, organ.Name, organ.Code ?? "", PersonalText.Mask(entry.Facts)!, entry.ValidTo,
                step.WireName == Left ? entry.ExitedOn!.Value.AddDays(-1) : entry.ValidTo),
        ];
    }

    // What came with a batch but waited for a decision is another step's.
    private static IQueryable<T> Of<T>(IQueryable<T> records, CreditDbContext db, Step step, JsonElement payload)
        where T : PublicityRecord
    {
        if (step.WireName == "publicity-record.corrected.v1")
        {
            var corrected = payload.GetProperty("recordId").GetGuid();
            return records.Where(record => record.Id == corrected);
        }

        var batch = payload.GetProperty("batchId").GetGuid();
        if (step.WireName == "intake-batch.rows-released.v1")
        {
            var released = JsonElement.Parse(step.Changes).GetProperty("Released").EnumerateArray().Select(row => row.GetInt32()).ToArray();
            return records.Where(record => record.BatchId == batch && released.Contains(record.Row));
        }

        return records.Where(record => record.BatchId == batch
            && !db.IntakeRows.Any(row => row.BatchId == batch && row.Row == record.Row && row.Resolution != null));
    }

    // Enterprises and individual businesses are those whose code the registrar of enterprises gave (登记管理部门 9).
    private static async Task<List<NationalMessage>> PageAsync<T>(
        IQueryable<T> records, Func<PublicityRecord, NationalMessage> message, Guid? after, int count, CancellationToken cancel)
        where T : PublicityRecord
    {
        var last = after ?? Guid.Empty;
        var read = await records.AsNoTracking()
            .Where(record => record.Id > last && record.SubjectCode != null && EF.Functions.Like(record.SubjectCode, "9%")
                && record.SubjectCategory != "自然人" && record.Scope != PublicationScope.Never)
            .OrderBy(record => record.Id).Take(count).ToListAsync(cancel);
        return [.. read.Select(message)];
    }

    private sealed record Step(long Position, string WireName, string Payload, string Changes);
}
