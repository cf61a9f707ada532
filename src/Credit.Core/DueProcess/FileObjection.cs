using Credit.Core.Deadlines;
using Credit.Core.Http;
using Credit.Core.Oversight;
using Credit.Core.Store;
using Credit.Domain.DueProcess;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.DueProcess;

/// <summary>Files an objection, complaint or self-found doubt about an entry. Nothing rests until it is accepted (R-3.5.7.a, rule 3).</summary>
internal sealed class FileObjection : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/entries/{id:guid}/objections", HandleAsync)
            .RequireAuthorization(Access.Authenticated)
            .WithName(nameof(FileObjection))
            .WithSummary("Object to an entry, before or after it is in force")
            .Produces<ObjectionView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { grounds = "税款已于2026年3月缴清，认定事实有误。" });

    private static async Task<IResult> HandleAsync(
        Guid id, ObjectionBody body, CreditDbContext db, Caller caller, TimeProvider clock, PolicyPack pack, IWorkingCalendar calendar, CancellationToken cancel)
    {
        if (await db.LockEntryAsync(id, cancel) is not { } locked)
        {
            return TypedResults.NotFound();
        }

        await using var transaction = locked.Transaction;
        var entry = locked.Entry;
        var origin = OriginOf(caller, entry);
        var early = entry.State is EntryState.Draft or EntryState.Noticed;
        if (origin is null || (origin == ObjectionOrigin.Complaint && !IsShownTo(caller, entry)))
        {
            return TypedResults.NotFound();
        }

        if (!early && entry.State is not (EntryState.Active or EntryState.Recognised))
        {
            return new Refusal(
                "state-does-not-allow", "该条目当前状态不能提出异议。", "The entry's state does not allow an objection now.", Clause.R("3.5.7.a")).ToProblem();
        }

        var today = clock.Today();
        if (early && entry.DefenceUntil is { } until && today > until)
        {
            return new Refusal("defence-period-over", "陈述申辩期已过。", "The answer period is over.", Clause.R("3.2.2.c")).ToProblem();
        }

        var due = calendar.DueDate(today, new WorkingDays(pack.AcceptObjectionDays));
        var filed = Objection.File(entry, origin.Value, body.Grounds, caller.User, today, due, early);
        var refusals = filed.Accepted && early ? entry.ObjectBeforeRecognition().Refusals : filed.Refusals;
        if (refusals.Count > 0)
        {
            return refusals.ToProblem();
        }

        db.Add(filed.Value);
        DeadlineBook.Open(db, DeadlineKind.AcceptObjection, filed.Value.Id, entry.Recogniser, today, pack.AcceptObjectionDays, calendar);
        db.Add(new InboxItem
        {
            Department = entry.Recogniser,
            Kind = InboxKind.Objection,
            AggregateId = filed.Value.Id,
            Text = $"条目 {entry.Id} 收到{(origin == ObjectionOrigin.Complaint ? "投诉" : "异议")}，请核实",
            CreatedOn = today,
        });
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Created($"/api/objections/{filed.Value.Id}", ObjectionView.Of(filed.Value)).WithVersion(filed.Value.Version);
    }

    private static ObjectionOrigin? OriginOf(Caller caller, ListEntry entry) => caller switch
    {
        _ when caller.SubjectId is { } subject => subject == entry.SubjectId ? ObjectionOrigin.Objection : ObjectionOrigin.Complaint,
        _ when caller.Department == entry.Recogniser => ObjectionOrigin.SelfFound,
        _ when caller.Department is not null || caller.Is(Roles.Association) => ObjectionOrigin.Complaint,
        _ => null,
    };

    // A complaint about an entry the caller cannot see would tell that it exists.
    private static bool IsShownTo(Caller caller, ListEntry entry) =>
        entry.State is EntryState.Active or EntryState.Verifying
        && (caller.Department is not null || (entry.Publishable && entry.ChosenForPublication));

    /// <summary>An objection.</summary>
    /// <param name="Grounds">Why the entry is wrong.</param>
    internal sealed record ObjectionBody(string Grounds);
}
