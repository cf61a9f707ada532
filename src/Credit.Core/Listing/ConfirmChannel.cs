using Credit.Core.Deadlines;
using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Oversight;
using Credit.Core.Store;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Listing;

/// <summary>The recogniser confirms that a black entry of an enterprise stands on a compulsory channel: since when, and where (R-3.4.3.a).</summary>
internal sealed class ConfirmChannel : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/entries/{id:guid}/channel-confirmations", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(ConfirmChannel))
            .WithSummary("Confirm that an entry is published on a compulsory channel, with day and address")
            .Produces<EntryView>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { channel = "Necips", publishedOn = "2026-11-24", address = "https://sd.gsxt.example/entry/1204" });

    private static Task<IResult> HandleAsync(
        Guid id, ConfirmationBody body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel) =>
        db.MoveEntryAsync(
            id,
            caller,
            seen,
            async entry =>
            {
                if (await db.ChannelDuties.SingleOrDefaultAsync(each => each.EntryId == id && each.Channel == body.Channel, cancel) is not { } duty)
                {
                    return [new("channel-not-owed", "该条目无须在此渠道确认公示。", "This channel is not compulsory for the entry.", Clause.R("3.4.3.a"), "channel")];
                }

                if (PersonalText.IsIn(body.Address))
                {
                    return [new("address-invalid", "网址中不得出现证件号码或电话。", "The address may not hold identity numbers or telephone numbers.", Clause.R("3.2.4.f"), "address")];
                }

                var confirmed = duty.Confirm(entry, body.PublishedOn, body.Address, caller.User, clock.Today());
                if (confirmed.Accepted)
                {
                    await DeadlineBook.MeetAsync(db, DeadlineKind.ConfirmChannel, duty.Id, clock, cancel);
                    await CompleteInboxItem.CloseAsync(db, InboxKind.ChannelDuty, duty.Id, caller, clock, $"{body.PublishedOn:yyyy-MM-dd} {body.Address}", cancel);
                }

                return confirmed.Refusals;
            },
            cancel);

    /// <summary>A confirmation.</summary>
    /// <param name="Channel">The channel.</param>
    /// <param name="PublishedOn">First day the entry is shown there.</param>
    /// <param name="Address">Address of the page.</param>
    internal sealed record ConfirmationBody(PublicationChannel Channel, DateOnly PublishedOn, string Address);
}
