using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Reports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Reports;

/// <summary>
/// Whoever reported follows up with the receipt, which is in the body, never in an address (X34). A receipt that is unknown is
/// answered in the same shape and time as one that is known; a few tries a minute are all an address has (X38).
/// </summary>
internal sealed class FollowUpReport : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/reports/follow-up", HandleAsync)
            .AllowAnonymousBecause("Who reported without a name has a receipt and no account.")
            .AnswerNotKept()
            .Untraced()
            .WithoutVersionBecause(VersionlessCommands.Question)
            .WithName(nameof(FollowUpReport))
            .WithSummary("See what became of a report, by its receipt")
            .Produces<FollowUpView>()
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .WithExample(new { receipt = "（十六位回执）" });

    private static async Task<IResult> HandleAsync(FollowUpBody body, CreditDbContext db, ReceiptBook receipts, CancellationToken cancel)
    {
        var hash = receipts.HashOf(body.Receipt);
        var report = await db.MisconductReports.AsNoTracking().Include(each => each.Answers)
            .SingleOrDefaultAsync(each => db.ReportReceipts.Any(receipt => receipt.Hash == hash && receipt.ReportId == each.Id), cancel);
        return TypedResults.Ok(new FollowUpView(
            report is not null, report?.State, report?.ReceivedOn,
            [.. (report?.Answers ?? []).OrderBy(answer => answer.Id).Select(answer => new AnswerView(answer.State, answer.Text, answer.On))]));
    }

    /// <summary>A receipt.</summary>
    /// <param name="Receipt">The sixteen digits; spaces and hyphens do not matter.</param>
    internal sealed record FollowUpBody(string? Receipt)
    {
        // A record would print its members into whatever logs it.
        public override string ToString() => nameof(FollowUpBody);
    }

    /// <summary>What became of a report. Its text is not repeated.</summary>
    /// <param name="Known">False when no report has this receipt; then all else is empty.</param>
    /// <param name="State">Where it stands.</param>
    /// <param name="ReceivedOn">Day received.</param>
    /// <param name="Answers">What the handler answered, in order.</param>
    internal sealed record FollowUpView(bool Known, MisconductState? State, DateOnly? ReceivedOn, IReadOnlyList<AnswerView> Answers);
}

/// <summary>An answer of the handler.</summary>
/// <param name="State">State it led to.</param>
/// <param name="Text">The answer.</param>
/// <param name="On">Day of the answer.</param>
internal sealed record AnswerView(MisconductState State, string Text, DateOnly On);
