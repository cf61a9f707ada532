using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Listing;
using Credit.Core.Oversight;
using Credit.Core.Store;
using Credit.Domain.Enforcement;
using Credit.Domain.Oversight;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Credit.Core.Enforcement;

/// <summary>A body of the district asks another region to reward a typical or to punish a serious subject; the city carries it (R-3.5.2.c).</summary>
internal sealed class SendCrossRegionRequest : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/cross-region-requests", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithoutVersionBecause(VersionlessCommands.New)
            .WithName(nameof(SendCrossRegionRequest))
            .WithSummary("Ask another region for a joint reward or punishment")
            .Produces<CrossRegionView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new
            {
                kind = "Punishment",
                entryId = "0199f3a2-7c1e-7d55-9a57-3f0f4c1b2a10",
                region = "370102",
                regionName = "济南市历下区",
                basis = "该企业在历下区设有分支机构并参与投标。",
                measures = "限制参与公共资源交易活动",
            });

    private static async Task<IResult> HandleAsync(SendBody body, CreditDbContext db, Caller caller, TimeProvider clock, CancellationToken cancel)
    {
        if (body.EntryId is null == body.ExemplarId is null)
        {
            return new Refusal(
                "cross-region-object-unclear",
                "请填写名单条目或诚信典型，且只填一项。",
                "Name the entry or the exemplar it rests on, and one of the two only.",
                Clause.R("3.5.2.c"),
                "entryId").ToProblem();
        }

        var today = clock.Today();
        if (caller.Department is not { } department || await GroundOfAsync(body, db, caller, today, cancel) is not { } ground)
        {
            return TypedResults.NotFound();
        }

        await using var transaction = ground.Transaction;
        if (ground.Initiator != department)
        {
            return ground.Seen ? EntryAccess.NotYours.ToProblem() : TypedResults.NotFound();
        }

        if (await Features.AgainstAsync(db, department, Feature.CrossRegionRequests, today, cancel) is { } off)
        {
            return off.ToProblem();
        }

        var sent = ground.Send(new(body.Kind, body.Region, body.RegionName, body.Basis, body.Measures));
        Refusal[] refusals =
        [
            .. sent.Refusals,
            .. TextNamesPerson.Against(Clause.R("3.5.2.c"), (body.Basis, "basis"), (body.Measures, "measures"), (body.RegionName, "regionName")),
        ];
        if (refusals.Length > 0)
        {
            return refusals.ToProblem();
        }

        db.Add(sent.Value);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Created($"/api/cross-region-requests/{sent.Value.Id}", CrossRegionView.Of(sent.Value)).WithVersion(sent.Value.Version);
    }

    private static Task<Ground?> GroundOfAsync(SendBody body, CreditDbContext db, Caller caller, DateOnly today, CancellationToken cancel) =>
        body.EntryId is { } entryId
            ? EntryAsync(db, entryId, caller, today, cancel)
            : ExemplarAsync(db, body.ExemplarId!.Value, caller, today, cancel);

    // The recogniser initiates on its entry.
    private static async Task<Ground?> EntryAsync(CreditDbContext db, Guid id, Caller caller, DateOnly today, CancellationToken cancel) =>
        await db.LockEntryAsync(id, cancel) is { } locked
            ? new(
                locked.Transaction,
                locked.Entry.Recogniser,
                GetEntry.MaySee(locked.Entry, caller, today),
                ask => CrossRegionRequest.Send(locked.Entry, ask, locked.Entry.Recogniser, caller.User, today))
            : null;

    // A town or street has no entries of its own: it initiates, as any department, on the exemplar it nominated.
    private static async Task<Ground?> ExemplarAsync(CreditDbContext db, Guid id, Caller caller, DateOnly today, CancellationToken cancel)
    {
        var known = await db.Exemplars.Where(each => each.Id == id).Select(each => (Guid?)each.SubjectId).SingleOrDefaultAsync(cancel);
        if (known is not { } subject)
        {
            return null;
        }

        var transaction = await db.LockSubjectAsync(subject, cancel);
        var exemplar = await db.Exemplars.SingleAsync(each => each.Id == id, cancel);
        var mask = await db.Subjects.Where(each => each.Id == subject).Select(each => each.Mask).SingleAsync(cancel);
        return new(
            transaction,
            exemplar.Nominator,
            Seen: false,
            ask => CrossRegionRequest.Send(exemplar, mask, ask, exemplar.Nominator, caller.User, today));
    }

    /// <summary>What a request rests on, its subject locked.</summary>
    /// <param name="Transaction">Holds the lock.</param>
    /// <param name="Initiator">Department that may ask on this ground.</param>
    /// <param name="Seen">The caller knows of it, though it is not its own.</param>
    /// <param name="Send">Asks.</param>
    private sealed record Ground(IDbContextTransaction Transaction, string Initiator, bool Seen, Func<CrossRegionAsk, Outcome<CrossRegionRequest>> Send);

    /// <summary>A request on an entry or on an exemplar, exactly one of them.</summary>
    /// <param name="Kind">Reward or punishment.</param>
    /// <param name="Region">Six digits of the region asked.</param>
    /// <param name="RegionName">Its name.</param>
    /// <param name="Basis">Ground, without personal data.</param>
    /// <param name="Measures">Measures asked for, without personal data.</param>
    /// <param name="EntryId">Own entry it rests on.</param>
    /// <param name="ExemplarId">Own honest exemplar it rests on; for a reward only.</param>
    internal sealed record SendBody(
        CrossRegionKind Kind, string Region, string RegionName, string Basis, string Measures, Guid? EntryId = null, Guid? ExemplarId = null);
}
