using Credit.Core.Deadlines;
using Credit.Core.Enforcement;
using Credit.Core.Http;
using Credit.Core.Listing;
using Credit.Core.Oversight;
using Credit.Core.Store;
using Credit.Domain.DueProcess;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.DueProcess;

/// <summary>How the recogniser gets hold of an objection together with its entry.</summary>
internal static class ObjectionAccess
{
    public static async Task<IResult> MoveObjectionAsync(
        this CreditDbContext db, Guid id, Caller caller, IfMatch seen, Func<Objection, ListEntry, Task<IReadOnlyList<Refusal>>> move, CancellationToken cancel)
    {
        var known = await db.Objections.Where(each => each.Id == id).Select(each => new { each.EntryId, each.Handler }).SingleOrDefaultAsync(cancel);
        if (known is null || caller.Department is null || known.Handler != caller.Department || await db.LockEntryAsync(known.EntryId, cancel) is not { } locked)
        {
            return TypedResults.NotFound();
        }

        await using var transaction = locked.Transaction;
        var objection = await db.Objections.SingleAsync(each => each.Id == id, cancel);
        if (seen.Against(objection.Version) is { } stale)
        {
            return stale.ToProblem();
        }

        var refusals = await move(objection, locked.Entry);
        if (refusals.Count > 0)
        {
            return refusals.ToProblem();
        }

        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Ok(ObjectionView.Of(objection));
    }
}

/// <summary>Reads an objection: its handler, whoever filed it, the lead office and auditors.</summary>
internal sealed class GetObjection : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/objections/{id:guid}", HandleAsync)
            .RequireAuthorization(Access.Authenticated)
            .WithName(nameof(GetObjection))
            .WithSummary("Read an objection and its answers")
            .Produces<ObjectionView>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(Guid id, CreditDbContext db, Caller caller, HttpResponse response, CancellationToken cancel)
    {
        var objection = await db.Objections.AsNoTracking().SingleOrDefaultAsync(each => each.Id == id, cancel);
        if (objection is null
            || !(caller.SeesAllDepartments || (caller.Department is not null && objection.Handler == caller.Department)
                || objection.FiledBy == caller.User || (caller.SubjectId is not null && caller.SubjectId == objection.SubjectId)))
        {
            return TypedResults.NotFound();
        }

        response.SetVersion(objection.Version);
        return TypedResults.Ok(ObjectionView.Of(objection));
    }
}

/// <summary>Takes an objection up: the entry is under verification and every measure rests, in one transaction (R-3.5.7.c, I40).</summary>
internal sealed class AcceptObjection : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/objections/{id:guid}/acceptance", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(AcceptObjection))
            .WithSummary("Accept an objection for verification: measures rest")
            .Produces<ObjectionView>()
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static Task<IResult> HandleAsync(
        Guid id, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, PolicyPack pack, IWorkingCalendar calendar, CancellationToken cancel) =>
        db.MoveObjectionAsync(
            id,
            caller,
            seen,
            async (objection, entry) =>
            {
                var today = clock.Today();
                List<Refusal> refusals = [.. objection.Accept(calendar.DueDate(today, new WorkingDays(pack.ConcludeObjectionDays))).Refusals];
                if (refusals.Count == 0 && !objection.BeforeRecognition && entry.State != EntryState.Verifying)
                {
                    refusals.AddRange(entry.Verify().Refusals);
                }

                if (refusals.Count == 0)
                {
                    await SuspendTasks.SuspendAsync(db, entry.Id, cancel);
                    await DeadlineBook.MeetAsync(db, DeadlineKind.AcceptObjection, objection.Id, clock, cancel);
                    DeadlineBook.Open(db, DeadlineKind.ConcludeObjection, objection.Id, objection.Handler, today, pack.ConcludeObjectionDays, calendar);
                }

                return refusals;
            },
            cancel);
}

/// <summary>Does not take an objection up, with a written reason (R-3.5.7.b).</summary>
internal sealed class DismissObjection : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/objections/{id:guid}/dismissal", HandleAsync)
            .RequireAuthorization(Access.Approver)
            .WithName(nameof(DismissObjection))
            .WithSummary("Dismiss an objection with a written reason")
            .Produces<ObjectionView>()
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithExample(new { finding = "异议事项不属于本条目。" });

    private static Task<IResult> HandleAsync(
        Guid id, Dismissal body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel) =>
        db.MoveObjectionAsync(
            id,
            caller,
            seen,
            async (objection, entry) =>
            {
                List<Refusal> refusals = [.. objection.Dismiss(body.Finding, caller.User, clock.Today()).Refusals];
                if (refusals.Count == 0 && objection.BeforeRecognition && entry.State == EntryState.PreObjection)
                {
                    refusals.AddRange(entry.RejectEarlyObjection().Refusals);
                }

                if (refusals.Count == 0)
                {
                    await DeadlineBook.MeetAsync(db, DeadlineKind.AcceptObjection, objection.Id, clock, cancel);
                }

                return refusals;
            },
            cancel);

    /// <summary>A dismissal.</summary>
    /// <param name="Finding">Why.</param>
    internal sealed record Dismissal(string Finding);
}

/// <summary>Extends the term of verification, once (requirements §9).</summary>
internal sealed class ExtendObjection : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/objections/{id:guid}/extension", HandleAsync)
            .RequireAuthorization(Access.Approver)
            .WithName(nameof(ExtendObjection))
            .WithSummary("Extend the term of verification once")
            .Produces<ObjectionView>()
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static Task<IResult> HandleAsync(
        Guid id, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, PolicyPack pack, IWorkingCalendar calendar, CancellationToken cancel) =>
        db.MoveObjectionAsync(
            id,
            caller,
            seen,
            async (objection, _) =>
            {
                if (objection.DecideDue is not { } due)
                {
                    return [new("extension-used", "尚未受理，不能延期。", "Not taken up yet: there is no term to extend.", Clause.R("3.5.7.b"))];
                }

                var extended = objection.Extend(calendar.DueDate(due, new WorkingDays(pack.ConcludeObjectionDays)));
                if (extended.Accepted)
                {
                    await DeadlineBook.MeetAsync(db, DeadlineKind.ConcludeObjection, objection.Id, clock, cancel);
                    DeadlineBook.Open(db, DeadlineKind.ConcludeObjection, objection.Id, objection.Handler, due, pack.ConcludeObjectionDays, calendar);
                }

                return extended.Refusals;
            },
            cancel);
}

/// <summary>
/// Concludes an objection: upheld, corrected or revoked. Correction and exit happen in the same transaction as the
/// conclusion (I58); whoever recognised the entry does not conclude (I59).
/// </summary>
internal sealed class ConcludeObjection : IUseCase
{
    /// <summary>The three conclusions (I56).</summary>
    internal enum Conclusion
    {
        /// <summary>The entry is right.</summary>
        Upheld,

        /// <summary>Particulars are corrected.</summary>
        Corrected,

        /// <summary>The entry is wrong.</summary>
        Revoked,
    }

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/objections/{id:guid}/conclusion", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithName(nameof(ConcludeObjection))
            .WithSummary("Conclude an objection: the entry is upheld, corrected or revoked")
            .Produces<ObjectionView>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .WithExample(new { conclusion = "Revoked", finding = "经核实，税款已缴清，误列入。" });

    private static Task<IResult> HandleAsync(
        Guid id, ConclusionBody body, IfMatch seen, CreditDbContext db, Caller caller, TimeProvider clock, LeaveList leave, CancellationToken cancel) =>
        db.MoveObjectionAsync(
            id,
            caller,
            seen,
            async (objection, entry) =>
            {
                var today = clock.Today();
                var on = body.Conclusion switch
                {
                    Conclusion.Upheld => ObjectionTrigger.Uphold,
                    Conclusion.Corrected => ObjectionTrigger.Correct,
                    _ => ObjectionTrigger.Revoke,
                };
                if (body.Conclusion == Conclusion.Corrected && (string.IsNullOrWhiteSpace(body.CorrectedFacts) || objection.BeforeRecognition))
                {
                    return [new("corrected-facts-missing", "更正结论须给出更正后的事实，且仅适用于生效条目。", "A correction states the corrected facts, and is for entries in force.", Clause.R("3.5.7.b"), "correctedFacts")];
                }

                List<Refusal> refusals = [.. objection.Conclude(on, entry, body.Finding, caller.User, today).Refusals];
                if (refusals.Count > 0)
                {
                    return refusals;
                }

                await DeadlineBook.MeetAsync(db, DeadlineKind.ConcludeObjection, objection.Id, clock, cancel);
                if (objection.BeforeRecognition)
                {
                    return entry.State != EntryState.PreObjection ? []
                        : (body.Conclusion == Conclusion.Revoked ? entry.UpholdEarlyObjection() : entry.RejectEarlyObjection()).Refusals;
                }

                return body.Conclusion == Conclusion.Revoked
                    ? await RevokeAsync(db, leave, entry, today, cancel)
                    : await ConfirmAsync(db, entry, objection, body, cancel);
            },
            cancel);

    private static async Task<IReadOnlyList<Refusal>> ConfirmAsync(
        CreditDbContext db, ListEntry entry, Objection objection, ConclusionBody body, CancellationToken cancel)
    {
        var corrects = body.Conclusion == Conclusion.Corrected;
        var others = await db.Objections.AnyAsync(
            each => each.EntryId == entry.Id && each.Id != objection.Id && each.State == ObjectionState.Accepted, cancel);
        if (!corrects && (others || entry.State != EntryState.Verifying))
        {
            return [];
        }

        // Facts of an entry that left its list meanwhile are not corrected: the table of moves refuses.
        var confirmed = corrects ? entry.Correct(body.CorrectedFacts!) : entry.ConfirmCorrect();
        if (!confirmed.Accepted)
        {
            return confirmed.Refusals;
        }

        if (others)
        {
            // The correction takes effect at once (I58); another open objection keeps the entry under verification.
            return entry.Verify().Refusals;
        }

        await SuspendTasks.ResumeAsync(db, entry.Id, cancel);
        return [];
    }

    private static async Task<IReadOnlyList<Refusal>> RevokeAsync(CreditDbContext db, LeaveList leave, ListEntry entry, DateOnly today, CancellationToken cancel)
    {
        List<Refusal> refusals = [];
        if (entry.State == EntryState.Verifying)
        {
            refusals.AddRange((await leave.ApplyAsync(db, entry, EntryTrigger.FindWrong, today, cancel)).Refusals);
        }
        else
        {
            refusals.AddRange(await RevokeFollowersAsync(db, leave, entry, today, cancel));
        }

        var kind = entry.List == ListKind.Red ? InboxKind.RecoverBenefits : InboxKind.Reparation;
        var told = await db.Inbox.AnyAsync(
            item => item.Department == entry.Recogniser && item.Kind == kind && item.AggregateId == entry.Id, cancel);
        if (refusals.Count == 0 && !told)
        {
            db.Add(new InboxItem
            {
                Department = entry.Recogniser,
                Kind = kind,
                AggregateId = entry.Id,
                Text = entry.List == ListKind.Red ? $"条目 {entry.Id} 误列入红名单，请追回已享受的激励" : $"条目 {entry.Id} 误列入，请恢复名誉、消除影响",
                CreatedOn = today,
            });
        }

        return refusals;
    }

    // The term may have ended during verification and opened a watch entry: it rests on the same error and goes with it (I7).
    private static async Task<IReadOnlyList<Refusal>> RevokeFollowersAsync(
        CreditDbContext db, LeaveList leave, ListEntry entry, DateOnly today, CancellationToken cancel)
    {
        List<Refusal> refusals = [];
        var followers = await db.Entries.Include(each => each.Publications)
            .Where(each => each.PredecessorId == entry.Id && each.WatchReason == "after-black"
                && (each.State == EntryState.Active || each.State == EntryState.Verifying))
            .ToListAsync(cancel);
        foreach (var watch in followers)
        {
            var verified = watch.State == EntryState.Verifying ? watch : watch.Verify();
            refusals.AddRange(verified.Accepted
                ? (await leave.ApplyAsync(db, watch, EntryTrigger.FindWrong, today, cancel)).Refusals
                : verified.Refusals);
        }

        return refusals;
    }

    /// <summary>A conclusion.</summary>
    /// <param name="Conclusion">Upheld, corrected or revoked.</param>
    /// <param name="Finding">Written finding; the answer to both parties.</param>
    /// <param name="CorrectedFacts">The facts as corrected; for corrections only.</param>
    internal sealed record ConclusionBody(Conclusion Conclusion, string Finding, string? CorrectedFacts = null);
}
