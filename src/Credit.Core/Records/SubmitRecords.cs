using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Oversight;
using Credit.Core.Store;
using Credit.Core.Subjects;
using Credit.Domain.Policy;
using Credit.Domain.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Records;

/// <summary>
/// A department states credit records of its own: each is taken in or refused by itself, the same again changes nothing, another
/// content under the same number is a correction (R-3.1.1, I27, I86).
/// </summary>
internal sealed class SubmitRecords(
    CreditDbContext db, Caller caller, TimeProvider clock, PolicyPack pack, IWorkingCalendar calendar, SubjectFinder subjects) : IUseCase
{
    private const int Most = 500;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/records", HandleAsync)
            .RequireAuthorization(Access.Department)
            .AnswerNotKept()
            .WithoutVersionBecause("A record that is corrected names in its row the revision it corrects; the rest is new.")
            .WithName(nameof(SubmitRecords))
            .WithSummary("Submit credit records of the own department, 500 at most")
            .Produces<SubmissionView>()
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new
            {
                records = new[]
                {
                    new
                    {
                        kind = "Inspection",
                        negative = true,
                        subject = new { kind = "LegalPerson", name = "任城某某商贸有限公司", code = "91370811MA3TEXT0X0" },
                        documentNumber = "任市监检〔2026〕17号",
                        text = "双随机检查发现经营场所与登记不符。",
                        formedOn = "2026-11-20",
                    },
                },
            });

    private static Task<IResult> HandleAsync(
        SubmissionBody body, CreditDbContext db, Caller caller, TimeProvider clock, PolicyPack pack, IWorkingCalendar calendar, SubjectFinder subjects,
        CancellationToken cancel) => new SubmitRecords(db, caller, clock, pack, calendar, subjects).RunAsync(body, cancel);

    private async Task<IResult> RunAsync(SubmissionBody body, CancellationToken cancel)
    {
        if (body.Records.Count is 0 or > Most || body.Records.Any(record => record is null))
        {
            return new Refusal("records-count", $"每次报送1至{Most}条记录。", $"Send 1 to {Most} records.", Clause.R("3.1.1.b"), "records").ToProblem();
        }

        // Submissions of a department queue up: the second sees the numbers of the first.
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext({"credit/records/" + caller.Department}))", cancel);
        var batch = Guid.CreateVersion7();
        var fates = new List<RecordFate>();
        foreach (var stated in body.Records)
        {
            fates.Add(await TakeAsync(stated, batch, fates.Count, cancel));
        }

        if (fates.TrueForAll(fate => fate.Refusals.Count > 0))
        {
            return fates.SelectMany(fate => fate.Refusals.Select(refusal => refusal with { Field = $"records.{fate.Index}.{refusal.Field}" })).ToList().ToProblem();
        }

        await transaction.CommitAsync(cancel);
        return TypedResults.Ok(new SubmissionView(batch, [.. fates.Select(FateView.Of)]));
    }

    private async Task<RecordFate> TakeAsync(RecordBody stated, Guid batch, int index, CancellationToken cancel)
    {
        var today = clock.Today();
        var found = await subjects.FindOrRegisterAsync(stated.Subject, today, cancel);
        if (!found.Accepted)
        {
            return new(index, FateKind.Rejected, null, found.Refusals);
        }

        var item = pack.ItemOf(stated.Kind);
        var statement = new RecordStatement
        {
            Subject = found.Value,
            Kind = stated.Kind,
            Negative = stated.Negative,
            Provider = caller.Department!,
            DocumentNumber = stated.DocumentNumber.Trim(),
            Text = stated.Text.Trim(),
            FormedOn = stated.FormedOn,
            SourceSystem = stated.SourceSystem ?? "",
            Publish = stated.Publish,
            PublicUntil = stated.PublicUntil,
            BatchId = batch,
            RecordedBy = caller.User,
        };
        var refusals = statement.Check(item, today).Concat(AgainstPersonalText(statement)).ToList();
        DateOnly? due = null;
        if (refusals.Count == 0)
        {
            try
            {
                due = calendar.DueDate(stated.FormedOn, pack.ReportingTermOf(item!.Key));
            }
            catch (CalendarNotPublishedException)
            {
                refusals.Add(new("calendar-not-published", "该年度放假安排尚未导入，无法计算报送期限。", "The holiday notice of that year is not loaded.", Clause.R("3.1.1.c"), "formedOn"));
            }
        }

        if (due is null)
        {
            // A subject that is new only with a refused record is not registered; all before is saved.
            db.ChangeTracker.Clear();
            return new(index, FateKind.Rejected, null, refusals);
        }

        return await StoreAsync(statement, stated.Corrects, item!, today, due.Value, index, cancel);
    }

    private async Task<RecordFate> StoreAsync(
        RecordStatement statement, int? corrects, CatalogueItem item, DateOnly today, DateOnly due, int index, CancellationToken cancel)
    {
        var known = await db.CreditRecords.SingleOrDefaultAsync(
            record => record.Provider == statement.Provider && record.DocumentNumber == statement.DocumentNumber && record.State == RecordState.Current, cancel);
        if (known is null)
        {
            var formed = CreditRecord.Form(statement, item, today, due);
            db.Add(formed);
            AskSecondPerson.ToPublish(db, formed, today);
            await db.SaveChangesAsync(cancel);
            return new(index, FateKind.Stored, formed, []);
        }

        if (known.Says(statement))
        {
            return new(index, FateKind.Unchanged, known, []);
        }

        if (known.SubjectId == statement.Subject.Id && corrects != known.Revision)
        {
            // Two systems that correct one record at the same time do not overwrite each other unseen (I89).
            db.ChangeTracker.Clear();
            return new(index, FateKind.Rejected, null, [corrects is null
                ? new("version-required", $"该文号已有记录，更正须在 corrects 中写明所更正的版本（现为{known.Revision}）。", $"The number has a record: a correction names in corrects the revision it corrects (now {known.Revision}).", Clause.Standard("I89"), "corrects")
                : new("stale-version", $"该记录已被更正（现为第{known.Revision}版），请重新读取。", $"The record was corrected meanwhile (now revision {known.Revision}): read it again.", Clause.Standard("I89"), "corrects")]);
        }

        var corrected = known.Correct(statement, item, today, due);
        if (!corrected.Accepted)
        {
            db.ChangeTracker.Clear();
            return new(index, FateKind.Rejected, null, corrected.Refusals);
        }

        // The version before leaves its number first.
        await db.SaveChangesAsync(cancel);
        db.Add(corrected.Value);
        AskSecondPerson.ToPublish(db, corrected.Value, today);
        await AskSecondPerson.ReplacedAsync(db, known.Id, caller.User, clock.GetUtcNow(), cancel);
        await db.SaveChangesAsync(cancel);
        return new(index, FateKind.Corrected, corrected.Value, []);
    }

    /// <summary>More than one department reads a record.</summary>
    public static IEnumerable<Refusal> AgainstPersonalText(RecordStatement statement) =>
        from text in new[]
        {
            (Found: PersonalText.IsIn(statement.Text), Field: "text"),
            (Found: PersonalText.IsInNumber(statement.DocumentNumber), Field: "documentNumber"),
            (Found: PersonalText.IsIn(statement.SourceSystem), Field: "sourceSystem"),
        }
        where text.Found
        select new Refusal(
            "record-names-person", "记录内容中不得出现证件号码或电话。", "A record may not hold identity numbers or telephone numbers.", Clause.R("3.1.4.i"), text.Field);

    /// <summary>What came of a stated record.</summary>
    internal enum FateKind
    {
        /// <summary>A new record.</summary>
        Stored,

        /// <summary>The same was stated before.</summary>
        Unchanged,

        /// <summary>A new version; the one before stays.</summary>
        Corrected,

        /// <summary>Not taken in; see the errors.</summary>
        Rejected,
    }

    /// <summary>What came of one record, before it is told.</summary>
    internal sealed record RecordFate(int Index, FateKind Fate, CreditRecord? Record, IReadOnlyList<Refusal> Refusals);

    /// <summary>Records to be taken in.</summary>
    /// <param name="Records">1 to 500 records.</param>
    internal sealed record SubmissionBody(IReadOnlyList<RecordBody> Records);

    /// <summary>A credit record as its department states it.</summary>
    internal sealed record RecordBody
    {
        /// <summary>What it is about.</summary>
        public required RecordKind Kind { get; init; }

        /// <summary>Speaks against the subject (不良信用记录).</summary>
        public required bool Negative { get; init; }

        /// <summary>The subject, by identifier.</summary>
        public required SubjectReference Subject { get; init; }

        /// <summary>Number of the document; the department's own.</summary>
        public required string DocumentNumber { get; init; }

        /// <summary>What happened, without personal numbers.</summary>
        public required string Text { get; init; }

        /// <summary>形成日期: starts the reporting term.</summary>
        public required DateOnly FormedOn { get; init; }

        /// <summary>System it was made in.</summary>
        public string? SourceSystem { get; init; }

        /// <summary>To be shown to the public, where the catalogue publishes the item.</summary>
        public bool Publish { get; init; }

        /// <summary>Last day shown to the public; compulsory with <see cref="Publish"/>.</summary>
        public DateOnly? PublicUntil { get; init; }

        /// <summary>Revision in force that this statement corrects; compulsory where the number has a record that says something else.</summary>
        public int? Corrects { get; init; }
    }

    /// <summary>What came of a submission.</summary>
    /// <param name="BatchId">The submission.</param>
    /// <param name="Fates">One for each record, in their order.</param>
    internal sealed record SubmissionView(Guid BatchId, IReadOnlyList<FateView> Fates);

    /// <summary>What came of one record.</summary>
    /// <param name="Index">Its place, counted from 0.</param>
    /// <param name="Fate">Stored, unchanged, corrected or rejected.</param>
    /// <param name="Record">The record; null when rejected.</param>
    /// <param name="Errors">Every reason against it.</param>
    internal sealed record FateView(int Index, FateKind Fate, CreditRecordView? Record, IReadOnlyList<ProblemError> Errors)
    {
        public static FateView Of(RecordFate fate) => new(
            fate.Index, fate.Fate, fate.Record is null ? null : CreditRecordView.Of(fate.Record),
            [.. fate.Refusals.Select(refusal => new ProblemError(
                refusal.Code, refusal.Field is null ? null : "/" + refusal.Field.Replace('.', '/'), refusal.Clause.ToString(), refusal.Chinese, refusal.English))]);
    }
}
