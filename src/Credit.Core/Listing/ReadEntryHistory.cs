using Credit.Core.Checks;
using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.DueProcess;
using Credit.Domain.Enforcement;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Listing;

/// <summary>The three histories of an entry: joint rewards and punishments received, repairs, exits; with the entries before and after it (R-3.2.3.c).</summary>
internal sealed class ReadEntryHistory : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/entries/{id:guid}/history", HandleAsync)
            .RequireAuthorization(Access.Authenticated)
            .WithName(nameof(ReadEntryHistory))
            .WithSummary("Read what an entry brought about, how it was repaired, and how it ended")
            .Produces<HistoryView>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(
        Guid id, StatedPurpose purpose, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel)
    {
        var entry = await db.Entries.AsNoTracking().Include(each => each.Publications).SingleOrDefaultAsync(each => each.Id == id, cancel);
        if (entry is null || !GetEntry.MaySee(entry, caller, clock.Today()))
        {
            return TypedResults.NotFound();
        }

        await db.TraceAsync(caller, clock, purpose.Purpose, nameof(ReadEntryHistory), id, cancel);

        // Other departments' tasks, and repairs that came to nothing, are not for all; the recogniser, the lead office and the subject see the whole.
        var whole = caller.SeesAllDepartments || caller.Department == entry.Recogniser || caller.SubjectId == entry.SubjectId;
        var measures = await db.Tasks.AsNoTracking()
            .Where(task => task.EntryId == id && task.PersonId == null && (whole || task.Department == caller.Department))
            .OrderBy(task => task.MeasureKey).ThenBy(task => task.Department)
            .Select(task => new MeasureReceived(task.MeasureKey, task.Wording, task.Department, task.State, task.Execution, task.IssuedOn, task.FedBackOn, task.StoppedOn))
            .ToListAsync(cancel);
        var family = await db.Entries.AsNoTracking().Include(each => each.Publications)
            .Where(each => each.Id == id || each.Id == entry.PredecessorId || each.PredecessorId == id)
            .OrderBy(each => each.ProposedOn).ThenBy(each => each.Id)
            .ToListAsync(cancel);
        var exits = family.Where(each => each.State == EntryState.Exited && GetEntry.MaySee(each, caller, clock.Today())).Select(ExitMade.Of).ToArray();
        var repairs = await db.Repairs.AsNoTracking().Include(repair => repair.Steps)
            .Where(repair => repair.EntryId == id && (whole || repair.State == RepairState.Approved || repair.State == RepairState.ExitRequested || repair.State == RepairState.ExitGranted))
            .OrderBy(repair => repair.Id)
            .ToListAsync(cancel);
        return TypedResults.Ok(new HistoryView(id, measures, [.. repairs.Select(RepairMade.Of)], exits));
    }

    /// <summary>The histories of an entry.</summary>
    /// <param name="EntryId">The entry.</param>
    /// <param name="Measures">Joint rewards or punishments received.</param>
    /// <param name="Repairs">Credit repairs, with what came of them.</param>
    /// <param name="Exits">Every exit, of the entry before and after it too.</param>
    internal sealed record HistoryView(Guid EntryId, IReadOnlyList<MeasureReceived> Measures, IReadOnlyList<RepairMade> Repairs, IReadOnlyList<ExitMade> Exits);

    /// <summary>A measure the subject received.</summary>
    /// <param name="MeasureKey">Key of the measure.</param>
    /// <param name="Wording">Official wording.</param>
    /// <param name="Department">Department that carries it out.</param>
    /// <param name="State">Progress.</param>
    /// <param name="Execution">Whether it is executed just now.</param>
    /// <param name="IssuedOn">Day given out.</param>
    /// <param name="FedBackOn">Day of the latest feedback.</param>
    /// <param name="StoppedOn">Day the stop was confirmed.</param>
    internal sealed record MeasureReceived(
        string MeasureKey, string Wording, string Department, TaskState State, TaskExecution Execution, DateOnly IssuedOn, DateOnly? FedBackOn, DateOnly? StoppedOn);

    /// <summary>A credit repair.</summary>
    /// <param name="RepairId">Identity.</param>
    /// <param name="State">Where it stands, the early exit it led to included.</param>
    /// <param name="Modes">Ways of repair taken.</param>
    /// <param name="AppliedOn">Day of the application.</param>
    /// <param name="DecidedOn">Day it was decided; null while open.</param>
    /// <param name="ExitDecidedOn">Day the early exit was decided; null when none was.</param>
    internal sealed record RepairMade(
        Guid RepairId, RepairState State, IReadOnlyList<RepairMode> Modes, DateOnly AppliedOn, DateOnly? DecidedOn, DateOnly? ExitDecidedOn)
    {
        public static RepairMade Of(Repair repair) => new(
            repair.Id, repair.State, [.. repair.Steps.Select(step => step.Mode).Distinct().Order()], repair.AppliedOn, repair.DecidedOn, repair.ExitDecidedOn);
    }

    /// <summary>An exit.</summary>
    /// <param name="EntryId">Entry that left its list.</param>
    /// <param name="List">The list.</param>
    /// <param name="Reason">Why it left.</param>
    /// <param name="ExitedOn">First day no longer in force.</param>
    /// <param name="AnnouncedOn">Day the last original channel carried the notice; null while one is still to come.</param>
    internal sealed record ExitMade(Guid EntryId, ListKind List, ExitReason Reason, DateOnly ExitedOn, DateOnly? AnnouncedOn)
    {
        public static ExitMade Of(ListEntry entry) => new(entry.Id, entry.List, entry.ExitReason!.Value, entry.ExitedOn!.Value, entry.ExitAnnouncedOn);
    }
}
