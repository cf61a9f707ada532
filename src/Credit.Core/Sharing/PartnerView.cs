using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Checks;
using Credit.Domain.Policy;
using Credit.Domain.Sharing;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Sharing;

/// <summary>A partner as the lead office sees it.</summary>
/// <param name="Id">Identity.</param>
/// <param name="ClientId">Client it signs in with.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Items">Items it may query.</param>
/// <param name="State">Where it stands.</param>
/// <param name="GrantedOn">Day of the first grant.</param>
/// <param name="Version">Version, as in the ETag.</param>
internal sealed record PartnerView(Guid Id, string ClientId, string Name, PartnerKind Kind, IReadOnlyList<string> Items, PartnerState State, DateOnly GrantedOn, int Version)
{
    public static PartnerView Of(Partner partner) => new(
        partner.Id, partner.ClientId, partner.Name, partner.Kind, partner.Items, partner.State, partner.GrantedOn, partner.Version);
}

/// <summary>How the lead office gets hold of a partner, and a partner of its own grant.</summary>
internal static class PartnerAccess
{
    /// <summary>Runs a move of the lead office.</summary>
    public static async Task<IResult> MovePartnerAsync(
        this CreditDbContext db, Guid id, IfMatch seen, Func<Partner, Outcome<Partner>> move, CancellationToken cancel)
    {
        if (await db.Partners.SingleOrDefaultAsync(each => each.Id == id, cancel) is not { } partner)
        {
            return TypedResults.NotFound();
        }

        if (seen.Against(partner.Version) is { } stale)
        {
            return stale.ToProblem();
        }

        var moved = move(partner);
        if (!moved.Accepted)
        {
            return moved.Refusals.ToProblem();
        }

        await db.SaveChangesAsync(cancel);
        return TypedResults.Ok(PartnerView.Of(partner)).WithVersion(partner.Version);
    }

    /// <summary>The grant of the partner that calls; a refusal when it has none in force.</summary>
    public static async Task<Outcome<Partner>> OwnGrantAsync(this CreditDbContext db, Caller caller, CancellationToken cancel) =>
        await db.Partners.AsNoTracking().SingleOrDefaultAsync(partner => partner.ClientId == caller.User && partner.State == PartnerState.Active, cancel) is { } partner
            ? partner
            : new Refusal("partner-not-granted", "该机构没有查询资格。", "The lead office has granted this partner nothing.", Clause.R("3.1.5.b"));

    /// <summary>The subject's authorisation that lets the partner query these items now; null when there is none.</summary>
    public static async Task<Authorisation?> FindAuthorisationAsync(
        this CreditDbContext db, Guid? subjectId, Partner partner, IReadOnlyList<string> items, QueryPurpose purpose, DateOnly today, CancellationToken cancel)
    {
        var given = await db.Authorisations.AsNoTracking()
            .Where(each => each.SubjectId == subjectId && each.PartnerId == partner.Id && each.State == AuthorisationState.Given && each.Until >= today)
            .OrderBy(each => each.GivenOn).ThenBy(each => each.Id).ToListAsync(cancel);
        return given.Find(each => each.Covers(partner.Id, items, purpose, today));
    }

    /// <summary>Whoever is asked about did not authorise it, or nobody knows whether it exists: the answer is the same.</summary>
    public static readonly Refusal NotAuthorised = new(
        "authorisation-missing", "未取得该主体对所查项目和用途的有效授权。", "The subject has not authorised these items for this purpose.", Clause.R("3.1.5.b"));

    /// <summary>Every use of what is not public states what it is for (R-3.1.5.a).</summary>
    public static readonly Refusal NoPurpose = new(
        "purpose-missing", "请选择查询用途。", "State what the information is used for.", Clause.R("3.1.5.a"), "purpose");
}
