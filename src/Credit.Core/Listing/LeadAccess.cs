using Credit.Core.Http;
using Credit.Core.Oversight;
using Credit.Core.Store;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Listing;

/// <summary>How the department a lead is for gets hold of it.</summary>
internal static class LeadAccess
{
    /// <summary>Runs a move and closes the inbox item with it.</summary>
    public static async Task<IResult> MoveLeadAsync(
        this CreditDbContext db, Guid id, Caller caller, IfMatch seen, TimeProvider clock, string outcome, Func<Lead, Task<Outcome<Lead>>> move, CancellationToken cancel)
    {
        if (await db.Leads.SingleOrDefaultAsync(each => each.Id == id && each.Department == caller.Department, cancel) is not { } lead)
        {
            return TypedResults.NotFound();
        }

        if (seen.Against(lead.Version) is { } stale)
        {
            return stale.ToProblem();
        }

        var moved = await move(lead);
        if (!moved.Accepted)
        {
            return moved.Refusals.ToProblem();
        }

        await CompleteInboxItem.CloseAsync(db, InboxKind.Lead, id, caller, clock, outcome, cancel);
        await db.SaveChangesAsync(cancel);
        return TypedResults.Ok(LeadView.Of(lead)).WithVersion(lead.Version);
    }
}

/// <summary>A lead as its department sees it.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Department">Department it is for.</param>
/// <param name="Conduct">Trustworthy or dishonest.</param>
/// <param name="SubjectCode">Unified code of the organisation.</param>
/// <param name="Statement">What happened.</param>
/// <param name="Supplier">What the supplier is.</param>
/// <param name="SuppliedOn">Day it was supplied.</param>
/// <param name="State">Where it stands.</param>
/// <param name="DismissalReason">Why it was dismissed.</param>
/// <param name="EntryId">Entry proposed on it.</param>
/// <param name="HandledOn">Day it was dealt with.</param>
/// <param name="Version">Version, as in the ETag.</param>
internal sealed record LeadView(
    Guid Id, string Department, Conduct Conduct, string SubjectCode, string Statement, LeadSupplier Supplier, DateOnly SuppliedOn, LeadState State,
    string? DismissalReason, Guid? EntryId, DateOnly? HandledOn, int Version)
{
    public static LeadView Of(Lead lead) => new(
        lead.Id, lead.Department, lead.Conduct, lead.SubjectCode, lead.Statement, lead.Supplier, lead.SuppliedOn, lead.State, lead.DismissalReason, lead.EntryId,
        lead.HandledOn, lead.Version);
}
