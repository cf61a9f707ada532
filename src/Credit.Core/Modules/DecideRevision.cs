using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Oversight;
using Credit.Core.Store;
using Credit.Domain.Enforcement;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Modules;

/// <summary>
/// A second person of the lead office approves a revision of the list of measures, or does not (R-3.5.3.c, I84). Approved, it ends the version
/// before it the day before it begins, and every department is told what changes for it.
/// </summary>
internal sealed class DecideRevision : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/memoranda/revisions/{id:guid}/decision", HandleAsync)
            .RequireAuthorization(Access.LeadOfficeApprover)
            .WithName(nameof(DecideRevision))
            .WithSummary("Approve or reject a revision of the list of measures as the second person")
            .Produces<RevisionView>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { approve = true, finding = "依据齐全，联席会议审议通过。" });

    private static Task<IResult> HandleAsync(
        Guid id, DecisionBody body, IfMatch seen, RevisionAccess revisions, CreditDbContext db, MemorandumCatalogue catalogue, CatalogueSync rows, Caller caller,
        TimeProvider clock, CancellationToken cancel) =>
        revisions.MoveAsync(
            id,
            seen,
            async revision =>
            {
                if (TextNamesPerson.Against(Clause.R("3.1.4.i"), (body.Finding, "finding")).ToArray() is { Length: > 0 } personal)
                {
                    return personal;
                }

                var today = clock.Today();
                var changes = await revisions.ChangesAsync(revision, cancel);
                var past = await catalogue.PastAsync(db, revision.Code, cancel);
                var decided = revision.Decide(body.Approve, body.Finding, past, caller.User, today);
                if (decided.Accepted)
                {
                    await CompleteInboxItem.CloseAsync(db, InboxKind.SecondPerson, id, caller, clock, body.Finding, cancel);
                }

                if (!decided.Accepted || !body.Approve)
                {
                    return decided.Refusals;
                }

                foreach (var earlier in await db.MemorandumRevisions
                    .Where(each => each.Code == revision.Code && each.Id != id && each.State == RevisionState.InForce).ToListAsync(cancel))
                {
                    var retired = earlier.Retire();
                    if (!retired.Accepted)
                    {
                        return retired.Refusals;
                    }
                }

                db.AddRange(changes.Select(change => new InboxItem
                {
                    Department = change.Department,
                    Kind = InboxKind.MemorandumChanged,
                    AggregateId = id,
                    Text = Told(revision, change),
                    CreatedOn = today,
                }));

                // The rows that the sets show follow the list of measures in the same transaction.
                await db.SaveChangesAsync(cancel);
                await rows.MemorandaAsync(cancel);
                return [];
            },
            cancel);

    private static string Told(MemorandumRevision revision, DepartmentChange change)
    {
        var parts = new[] { ("新增", change.Added), ("变更", change.Changed), ("取消", change.Ended) }
            .Where(part => part.Item2.Count > 0)
            .Select(part => $"{part.Item1}第{string.Join("、", part.Item2)}项");
        return $"措施清单调整: {revision.Title}（{revision.Code}）自{revision.EffectiveFrom:yyyy-MM-dd}起，本部门{string.Join("，", parts)}";
    }

    /// <summary>A decision.</summary>
    /// <param name="Approve">True to approve.</param>
    /// <param name="Finding">Reason.</param>
    internal sealed record DecisionBody(bool Approve, string Finding);
}
