using Credit.Core.Deadlines;
using Credit.Core.DueProcess;
using Credit.Core.Http;
using Credit.Core.Listing.Standards;
using Credit.Core.Modules;
using Credit.Core.Oversight;
using Credit.Core.Reference;
using Credit.Core.Rules;
using Credit.Core.Store;
using Credit.Domain.DueProcess;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Listing;

/// <summary>Recognises an entry by a second officer; cross-compared in the same transaction; the 7-working-day reporting term starts (R-3.2.2, R-3.2.4.c).</summary>
internal sealed class RecogniseEntry : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/entries/{id:guid}/recognition", HandleAsync)
            .RequireAuthorization(Access.Approver)
            .WithName(nameof(RecogniseEntry))
            .WithSummary("Recognise a proposed entry as a second officer")
            .Produces<EntryView>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithExample(new { recognisedOn = "2026-11-24", watchMonthsAfterExit = 12 });

    private static Task<IResult> HandleAsync(
        Guid id, RecognitionBody body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, PolicyPacks packs,
        IWorkingCalendar calendar, DepartmentDirectory departments, ModuleCatalog modules, WriteNotice notices, WatchWaitsForBlack watches, CancellationToken cancel) =>
        db.MoveEntryAsync(
            id,
            caller,
            seen,
            async entry =>
            {
                if (departments.Find(entry.Recogniser) is not { MayRecognise: true })
                {
                    return [new("recogniser-not-allowed", "该单位无名单认定权。", "This body may not recognise entries.", Clause.R("3.2.2.a"))];
                }

                // The entry is decided under the pack it was proposed under.
                var pack = packs.Named(entry.PolicyPack);
                var today = clock.Today();
                var recognisedOn = body.RecognisedOn ?? entry.DecidedOn ?? today;
                if (recognisedOn > today)
                {
                    return [new("decided-in-future", "认定日期不得晚于今日。", "The day of decision cannot lie after today.", Clause.R("3.2.3.b"), "recognisedOn")];
                }

                if (WatchTerm.Against(body.WatchMonthsAfterExit, pack) is { } tooLong)
                {
                    return [tooLong];
                }

                var term = pack.ReportEntryDaysOf(entry.Domain);
                var due = calendar.DueDate(recognisedOn, new WorkingDays(term));

                // The proposal was checked on its own day; the standard must hold on the day of recognition too (I14).
                var criterion = modules.FindCriterion(entry.List, entry.Domain, entry.Standard);
                var edition = await KnownStandards.EditionOfAsync(db, criterion, entry, recognisedOn, cancel);
                List<Refusal> refusals =
                [
                    .. await db.AgainstDecisionAsync(ReviewedMatter.Of(entry), caller, cancel),
                    .. edition.Refusals,
                    .. await CrossCompare.AgainstAsync(db, entry, pack, today, cancel),
                    .. CriterionCheck.Against(criterion, entry, recognisedOn),
                    .. EntryRules.AgainstRecognition(pack, entry, recognisedOn) is { } tooLate ? [tooLate] : Array.Empty<Refusal>(),
                    .. (await BelowBlackStandard.AgainstAsync(db, modules, entry, recognisedOn, cancel))
                        .Concat(WatchGrounds.Against(entry.WatchReason, entry.MinorOffences, pack)).Select(refusal => refusal with { Field = null }),
                ];
                if (refusals.Count == 0)
                {
                    refusals.AddRange(entry.Recognise(new Recognition(
                        caller.User, recognisedOn, today, due, body.DefenceAnswered || await NotifySubject.IsAnsweredAsync(db, id, cancel),
                        body.WatchMonthsAfterExit, body.LegalRepresentative, EntryRules.WatchFollows(pack, entry.List, EntryTrigger.Expire),
                        EntryRules.NoticeFirst(pack, entry.List), edition.Value)).Refusals);
                }

                if (refusals.Count == 0)
                {
                    notices.Recognition(db, entry);
                    await watches.BeginAsync(db, entry, cancel);
                    DeadlineBook.Open(db, DeadlineKind.ReportEntry, entry.Id, entry.Recogniser, recognisedOn, term, calendar);
                    db.Add(new InboxItem
                    {
                        Department = departments.LeadOffice.Key,
                        Kind = InboxKind.RecognitionReported,
                        AggregateId = entry.Id,
                        Text = $"{entry.Recogniser} 认定{entry.Domain}领域名单条目 {entry.Id}",
                        CreatedOn = today,
                    });
                }

                return refusals;
            },
            cancel);

    /// <summary>A recognition.</summary>
    /// <param name="RecognisedOn">Day of the decision; absent means the day the proposal states, or today.</param>
    /// <param name="WatchMonthsAfterExit">Months on the watch list after exit from black.</param>
    /// <param name="DefenceAnswered">The subject answered, or waived, before the answer period was over.</param>
    /// <param name="LegalRepresentative">Legal representative, where neither proposal nor registry stated one.</param>
    internal sealed record RecognitionBody(
        DateOnly? RecognisedOn = null, int? WatchMonthsAfterExit = null, bool DefenceAnswered = false, string? LegalRepresentative = null);
}
