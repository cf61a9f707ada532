using Credit.Core.Deadlines;
using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Oversight;
using Credit.Core.Store;
using Credit.Domain.DueProcess;
using Credit.Domain.Enforcement;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.DueProcess;

/// <summary>Files an objection, complaint or self-found doubt about an entry. Nothing rests until it is accepted (R-3.5.7.a, rule 3).</summary>
internal sealed class FileObjection : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/entries/{id:guid}/objections", HandleAsync)
            .RequireAuthorization(Access.Authenticated)
            .WithoutVersionBecause(VersionlessCommands.New)
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
        if (origin is null || (origin == ObjectionOrigin.Complaint && !IsShownTo(caller, entry)))
        {
            return TypedResults.NotFound();
        }

        // Several departments read the grounds. Who objects is known by the account: no number is needed, and none bars anybody for long.
        if (PersonalText.IsIn(body.Grounds))
        {
            return new Refusal(
                "grounds-name-person", "异议理由中不得出现证件号码或电话，删去后即可提交。", "Grounds may not hold identity numbers or telephone numbers: take them out and file again.",
                Clause.R("3.5.7.a"), "grounds").ToProblem();
        }

        var today = clock.Today();
        var measure = body.TaskId is null ? null : await db.Tasks.AsNoTracking().SingleOrDefaultAsync(task => task.Id == body.TaskId && task.EntryId == entry.Id, cancel);
        if (body.TaskId is not null && measure is null)
        {
            return new Refusal("measure-unknown", "该条目下无此措施任务。", "The entry has no such measure.", Clause.R("3.5.7.b"), "taskId").ToProblem();
        }

        var due = calendar.DueDate(today, new WorkingDays(pack.AcceptObjectionDays));
        var filed = measure is null
            ? Verification.File(entry, origin.Value, body.Grounds, caller.User, today, due)
            : Verification.FileAboutMeasure(entry, measure, origin.Value, body.Grounds, caller.User, today, due);
        if (!filed.Accepted)
        {
            return filed.Refusals.ToProblem();
        }

        db.Add(filed.Value);
        DeadlineBook.Open(db, DeadlineKind.AcceptObjection, filed.Value.Id, filed.Value.Handler, today, pack.AcceptObjectionDays, calendar);
        Tell(db, filed.Value, entry, measure, today);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Created($"/api/objections/{filed.Value.Id}", ObjectionView.Of(filed.Value)).WithVersion(filed.Value.Version);
    }

    // The recogniser verifies a doubt about the entry, whoever carries a measure out one about the measure; the recogniser hears of that too (R-3.5.7.b).
    private static void Tell(CreditDbContext db, Objection filed, ListEntry entry, MeasureTask? measure, DateOnly today)
    {
        var what = filed.Origin == ObjectionOrigin.Complaint ? "投诉" : "异议";
        Add(filed.Handler, measure is null ? $"条目 {entry.Id} 收到{what}，请核实" : $"条目 {entry.Id} 的措施“{measure.Wording}”收到{what}，请核实");
        if (filed.Handler != entry.Recogniser)
        {
            Add(entry.Recogniser, $"条目 {entry.Id} 的措施“{measure!.Wording}”收到{what}，由实施部门核实");
        }

        void Add(string department, string text) => db.Add(new InboxItem
        {
            Department = department,
            Kind = InboxKind.Objection,
            AggregateId = filed.Id,
            Text = text,
            CreatedOn = today,
        });
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
    /// <param name="Grounds">Why the entry, or the measure, is wrong.</param>
    /// <param name="TaskId">The measure objected to; absent when it is the entry itself.</param>
    internal sealed record ObjectionBody(string Grounds, Guid? TaskId = null);
}
