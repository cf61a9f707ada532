using Credit.Core.Accountability;
using Credit.Core.Deadlines;
using Credit.Core.DueProcess;
using Credit.Core.Http;
using Credit.Core.Oversight;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Core.Watching;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Listing;

/// <summary>Reports a recognised entry: in force and published in one transaction; black and watch displace red, persons are held to account (R-3.2.4, R-3.5.6.c, R-3.4.6.a).</summary>
internal sealed class ReportEntry : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/entries/{id:guid}/report", HandleAsync)
            .RequireAuthorization(Access.Approver)
            .WithName(nameof(ReportEntry))
            .WithSummary("Report a recognised entry: it comes into force and is published")
            .Produces<EntryView>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { channels = new[] { "DepartmentSite", "GovernmentPortal" } });

    private static Task<IResult> HandleAsync(
        Guid id, ReportBody body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, PolicyPacks packs,
        LeaveList leave, HoldToAccount accountability, OweChannels channels, WriteNotice notices, CancellationToken cancel) =>
        db.MoveEntryAsync(
            id,
            caller,
            seen,
            async entry =>
            {
                var today = clock.Today();

                // Checked again: another department may have recognised meanwhile (rule 5 of §11).
                var refusals = await CrossCompare.AgainstAsync(db, entry, packs.Named(entry.PolicyPack), today, cancel);
                if (refusals.Count > 0)
                {
                    return refusals;
                }

                if (ListEntryLifecycle.Of(entry.List).Allows(entry.State, EntryTrigger.Report) && entry.List != ListKind.Red)
                {
                    await BlackDisplacesRed.ApplyAsync(db, leave, entry, today, clock, cancel);
                    if (entry.List == ListKind.Black)
                    {
                        await BlackUpgradesWatch.ApplyAsync(db, leave, entry, today, cancel);
                    }

                    // Out before in: the exclusion constraint looks at every statement, not at the end.
                    await db.SaveChangesAsync(cancel);
                }

                var reported = entry.Report(today, caller.User, body.Channels);
                if (!reported.Accepted)
                {
                    return reported.Refusals;
                }

                channels.Begin(db, entry, packs.Named(entry.PolicyPack));
                await accountability.ApplyAsync(db, entry, cancel);
                entry.StateRepairDates(packs.Named(entry.PolicyPack));
                await DeadlineBook.MeetAsync(db, DeadlineKind.ReportEntry, entry.Id, clock, cancel);
                DeadlineBook.OpenOn(db, DeadlineKind.EntryExpiry, entry.Id, entry.Recogniser, today, entry.ValidTo);
                if (entry.List == ListKind.Watch)
                {
                    notices.Warning(db, entry);
                    await ThreeWatchesWarn.ApplyAsync(db, entry.SubjectId, packs.InForce(today), today, cancel);
                }

                if (!entry.Publishable)
                {
                    db.Add(new InboxItem
                    {
                        Department = entry.Recogniser,
                        Kind = InboxKind.ClosedNotice,
                        AggregateId = entry.Id,
                        Text = $"条目 {entry.Id} 依法不公示，请通报当事人所在单位或其主管部门",
                        CreatedOn = today,
                    });
                }

                return [];
            },
            cancel);

    /// <summary>A report.</summary>
    /// <param name="Channels">Where the entry is published beside Credit China.</param>
    internal sealed record ReportBody(IReadOnlyList<PublicationChannel> Channels);
}
