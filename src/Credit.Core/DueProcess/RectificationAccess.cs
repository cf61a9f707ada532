using Credit.Core.Http;
using Credit.Core.Listing;
using Credit.Core.Store;
using Credit.Domain.DueProcess;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.DueProcess;

/// <summary>How the recogniser, or the subject, gets hold of a rectification together with its entry.</summary>
internal static class RectificationAccess
{
    /// <summary>Runs a move of the recogniser (「谁认定、谁约谈」). Every department may see it, none but the recogniser moves it.</summary>
    public static async Task<IResult> MoveRectificationAsync(
        this CreditDbContext db, Guid id, Caller caller, IfMatch seen, Func<Rectification, ListEntry, Task<IReadOnlyList<Refusal>>> move, CancellationToken cancel)
    {
        var recogniser = await db.Rectifications.Where(each => each.Id == id).Select(each => each.Recogniser).SingleOrDefaultAsync(cancel);
        return recogniser switch
        {
            null => TypedResults.NotFound(),
            _ when caller.Department == recogniser => await RunAsync(db, id, seen, move, cancel),
            _ => EntryAccess.NotYours.ToProblem(),
        };
    }

    /// <summary>Runs a move of the subject.</summary>
    public static async Task<IResult> MoveOwnRectificationAsync(
        this CreditDbContext db, Guid id, Caller caller, IfMatch seen, Func<Rectification, ListEntry, Task<IReadOnlyList<Refusal>>> move, CancellationToken cancel) =>
        caller.SubjectId is { } subject && await db.Rectifications.AnyAsync(each => each.Id == id && each.SubjectId == subject, cancel)
            ? await RunAsync(db, id, seen, move, cancel)
            : TypedResults.NotFound();

    private static async Task<IResult> RunAsync(
        CreditDbContext db, Guid id, IfMatch seen, Func<Rectification, ListEntry, Task<IReadOnlyList<Refusal>>> move, CancellationToken cancel)
    {
        var entryId = await db.Rectifications.Where(each => each.Id == id).Select(each => each.EntryId).SingleAsync(cancel);
        if (await db.LockEntryAsync(entryId, cancel) is not { } locked)
        {
            return TypedResults.NotFound();
        }

        await using var transaction = locked.Transaction;
        var rectification = await db.Rectifications.SingleAsync(each => each.Id == id, cancel);
        if (seen.Against(rectification.Version) is { } stale)
        {
            return stale.ToProblem();
        }

        var refusals = await move(rectification, locked.Entry);
        if (refusals.Count > 0)
        {
            return refusals.ToProblem();
        }

        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Ok(RectificationView.Of(rectification)).WithVersion(rectification.Version);
    }
}

/// <summary>A rectification, with its interview, as departments and the subject see it.</summary>
/// <param name="Id">Identity.</param>
/// <param name="EntryId">The entry.</param>
/// <param name="Recogniser">Key of the department that requires and talks.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Requirement">What is to be put right.</param>
/// <param name="RequiredOn">Day it was required.</param>
/// <param name="Due">Last day to submit.</param>
/// <param name="Report">What the subject says it put right.</param>
/// <param name="Evidence">Document that shows it.</param>
/// <param name="SubmittedOn">Day of the latest submission.</param>
/// <param name="Finding">The recogniser's latest finding.</param>
/// <param name="DecidedOn">Day of that finding.</param>
/// <param name="Interview">Reminder (watch) or warning (black); null while none was opened.</param>
/// <param name="InterviewDue">Last day to hold it.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="HeldOn">Day of the interview, or of the attempt.</param>
/// <param name="Minutes">What was said, or why it was not held.</param>
/// <param name="Version">Version, as in the ETag.</param>
internal sealed record RectificationView(
    Guid Id, Guid EntryId, string Recogniser, RectificationState State, string Requirement, DateOnly RequiredOn, DateOnly Due, string? Report, string? Evidence,
    DateOnly? SubmittedOn, string? Finding, DateOnly? DecidedOn, InterviewKind? Interview, DateOnly? InterviewDue, InterviewOutcome? Outcome, DateOnly? HeldOn,
    string? Minutes, int Version)
{
    public static RectificationView Of(Rectification each) => new(
        each.Id, each.EntryId, each.Recogniser, each.State, each.Requirement, each.RequiredOn, each.Due, each.Report, each.Evidence, each.SubmittedOn, each.Finding,
        each.DecidedOn, each.Interview, each.InterviewDue, each.Outcome, each.HeldOn, each.Minutes, each.Version);
}
