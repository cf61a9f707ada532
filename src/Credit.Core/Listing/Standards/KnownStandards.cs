using Credit.Abstractions;
using Credit.Core.Store;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Listing.Standards;

/// <summary>The standards entries may be recognised on: those a module declares, and those the lead office registered (I14).</summary>
internal static class KnownStandards
{
    /// <summary>First day of the edition the entry rests on when it is recognised on this day, or every reason why it rests on none.</summary>
    /// <param name="db">The register.</param>
    /// <param name="criterion">What a module declares; its days are held against the recognition by <see cref="CriterionCheck"/>.</param>
    /// <param name="entry">Entry about to be recognised.</param>
    /// <param name="on">Day of recognition.</param>
    /// <param name="cancel">Stops waiting.</param>
    public static async Task<Outcome<DateOnly>> EditionOfAsync(CreditDbContext db, ICriterion? criterion, ListEntry entry, DateOnly on, CancellationToken cancel)
    {
        if (criterion is not null)
        {
            return criterion.EffectiveFrom;
        }

        var editions = await db.Standards.AsNoTracking()
            .Where(each => each.State == StandardState.Registered && each.Title == entry.Standard && each.Level == entry.StandardLevel && each.List == entry.List
                && (each.Domain == null || each.Domain == entry.Domain))
            .ToListAsync(cancel);
        return RecognitionStandard.InForce(editions, on).Then<DateOnly>(edition =>
            edition.LongestTermInMonths is { } months && entry.ValidTo > on.AddMonths(months)
                ? new Refusal("term-too-long", $"有效期超过该标准规定的最长{months}个月。", $"The standard allows at most {months} months.", Clause.R("3.2.3.b"), "validTo")
                : edition.FirstDay);
    }

    /// <summary>Editions of one standard, oldest first, in whatever state.</summary>
    public static Task<List<RecognitionStandard>> EditionsAsync(
        this CreditDbContext db, string title, StandardLevel level, ListKind list, string? domain, CancellationToken cancel) =>
        db.Standards.Where(each => each.Title == title && each.Level == level && each.List == list && each.Domain == domain)
            .OrderBy(each => each.Edition).ToListAsync(cancel);

    /// <summary>One proposal or decision at a time: editions are counted and compared with each other.</summary>
    public static Task TakeTurnAsync(CreditDbContext db, CancellationToken cancel) =>
        db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext('credit/standards'))", cancel);
}
