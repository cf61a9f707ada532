using Credit.Core.Checks;
using Credit.Core.Http;
using Credit.Core.Intake;
using Credit.Core.Intake.Cells;
using Credit.Core.Listing;
using Credit.Core.Records;
using Credit.Core.Store;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Records;
using Credit.Domain.Subjects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Subjects;

/// <summary>The record of one subject: its penalties, licences, credit records of every department and list entries together (R-3.1.2.b, R-3.1.4.d), by identity, never by a number in the URL.</summary>
internal sealed class ReadSubjectRecord : IUseCase
{
    /// <summary>Decisions of each kind that are shown, the latest first.</summary>
    public const int Shown = 500;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/subjects/{id:guid}/record", HandleAsync)
            .RequireAuthorization(Access.Official)
            .WithName(nameof(ReadSubjectRecord))
            .WithSummary("Read a subject's penalties, licences, credit records and list entries together")
            .Produces<RecordView>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(
        Guid id, StatedPurpose purpose, CreditDbContext db, Caller caller, PolicyPack pack, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Subjects.AsNoTracking().SingleOrDefaultAsync(each => each.Id == id, cancel) is not { } subject)
        {
            return TypedResults.NotFound();
        }

        await db.TraceAsync(caller, clock, purpose.Purpose, nameof(ReadSubjectRecord), id, cancel);
        var entries = await db.Entries.AsNoTracking().Include(entry => entry.Publications).Include(entry => entry.Bases)
            .Where(entry => entry.SubjectId == id).OrderByDescending(entry => entry.ProposedOn).ThenBy(entry => entry.Id).ToListAsync(cancel);
        var records = await db.CreditRecords.AsNoTracking().ReadableBy(caller, pack)
            .Where(record => record.SubjectId == id && record.State == RecordState.Current)
            .OrderByDescending(record => record.FormedOn).ThenBy(record => record.Id).Take(Shown).ToListAsync(cancel);
        return TypedResults.Ok(new RecordView(
            id, subject.Kind, subject.Name, subject.Code,
            await DecisionsAsync(db, db.Penalties, id, cancel),
            await DecisionsAsync(db, db.Licences, id, cancel),
            [.. entries.Where(entry => GetEntry.MaySee(entry, caller, clock.Today())).Select(entry => new EntryOnRecord(
                EntryView.Of(entry), [.. entry.Bases.Select(basis => basis.PenaltyId).OfType<Guid>().Distinct()],
                [.. entry.Bases.Select(basis => basis.RecordId).OfType<Guid>().Distinct()]))],
            [.. records.Select(CreditRecordView.Of)]));
    }

    // The batch knows where its records were published first and whether the service hall sent them (R-3.1.4.b, R-3.1.4.c).
    private static async Task<IReadOnlyList<DecisionOnRecord>> DecisionsAsync<T>(CreditDbContext db, IQueryable<T> records, Guid subject, CancellationToken cancel)
        where T : PublicityRecord
    {
        var read = await (
            from record in records.AsNoTracking()
            join batch in db.Batches on record.BatchId equals batch.Id
            where record.SubjectId == subject && record.Current
            orderby record.DecidedOn descending, record.Id
            select new { Record = record, Batch = batch }).Take(Shown).ToListAsync(cancel);
        return [.. read.Select(each => DecisionOnRecord.Of(each.Record, each.Batch))];
    }

    /// <summary>A subject's record.</summary>
    /// <param name="SubjectId">The subject.</param>
    /// <param name="Kind">Kind of subject.</param>
    /// <param name="Name">Name as registered.</param>
    /// <param name="Code">Code in force; null when there is none.</param>
    /// <param name="Penalties">Penalties in force as received, the latest first.</param>
    /// <param name="Licences">Licences likewise.</param>
    /// <param name="Entries">List entries the caller may see, the latest first.</param>
    /// <param name="Records">Credit records the caller may see, of whatever department, the latest first.</param>
    internal sealed record RecordView(
        Guid SubjectId, SubjectKind Kind, string Name, string? Code, IReadOnlyList<DecisionOnRecord> Penalties, IReadOnlyList<DecisionOnRecord> Licences,
        IReadOnlyList<EntryOnRecord> Entries, IReadOnlyList<CreditRecordView> Records);

    /// <summary>A licence or penalty of the subject.</summary>
    /// <param name="Id">Identity; what an entry cites.</param>
    /// <param name="DocumentNumber">文书号.</param>
    /// <param name="Organ">Deciding organ.</param>
    /// <param name="DecidedOn">Day of the decision.</param>
    /// <param name="Content">What was decided, personal data masked.</param>
    /// <param name="ValidTo">Last day of validity.</param>
    /// <param name="Due">Last day to report it.</param>
    /// <param name="Late">Reported after that day.</param>
    /// <param name="PublicUntil">Last day shown to the public.</param>
    /// <param name="Version">Version, counted from 1.</param>
    /// <param name="Origin">The department's own report, or the service hall's copy.</param>
    /// <param name="SiteChannel">Site that published it first; null where the department stated none.</param>
    /// <param name="SitePage">Page there.</param>
    /// <param name="SiteOn">Day of publication there.</param>
    internal sealed record DecisionOnRecord(
        Guid Id, string DocumentNumber, string Organ, DateOnly DecidedOn, string Content, DateOnly ValidTo, DateOnly? Due, bool Late, DateOnly PublicUntil,
        int Version, BatchOrigin Origin, PublicationChannel? SiteChannel, string? SitePage, DateOnly? SiteOn)
    {
        public static DecisionOnRecord Of(PublicityRecord record, IntakeBatch batch)
        {
            var (content, validTo) = record is Penalty penalty ? (penalty.Content, penalty.ValidTo) : (((Licence)record).Content, ((Licence)record).ValidTo);
            return new(
                record.Id, record.DocumentNumber, record.Organ, record.DecidedOn, PersonalText.Mask(content)!, validTo, record.Due, record.Late, record.PublicUntil, record.Version,
                batch.Origin, batch.SiteChannel, batch.SitePage, batch.SiteOn);
        }
    }

    /// <summary>An entry of the subject.</summary>
    /// <param name="Entry">The entry.</param>
    /// <param name="CitedPenalties">Penalties it rests on.</param>
    /// <param name="CitedRecords">Credit records it rests on.</param>
    internal sealed record EntryOnRecord(EntryView Entry, IReadOnlyList<Guid> CitedPenalties, IReadOnlyList<Guid> CitedRecords);
}
