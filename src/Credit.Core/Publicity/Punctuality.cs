using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Credit.Domain.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Publicity;

/// <summary>
/// How punctually departments report licences and penalties (R-3.1.4.a, I28): by department and catalogue item, over the records
/// received in a period. A decision counts once, with its first report; corrections do not make it late.
/// </summary>
internal sealed class Punctuality : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/publicity/punctuality", HandleAsync)
            .RequireAuthorization(Access.Official)
            .WithName(nameof(Punctuality))
            .WithSummary("Rate of records reported in time, by department and kind, over the days they were received")
            .Produces<PunctualityView>()
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> HandleAsync(DateOnly from, DateOnly to, CreditDbContext db, CancellationToken cancel)
    {
        if (from > to)
        {
            return new Refusal(
                "period-invalid", "起止日期应完整，且起始日不晚于截止日。", "Give both days, the first not after the last.", Clause.R("3.1.4.a"), "from").ToProblem();
        }

        var rates = await RatesAsync(db.Penalties, from, to, cancel);
        rates.AddRange(await RatesAsync(db.Licences, from, to, cancel));
        return TypedResults.Ok(new PunctualityView(
            from, to, [.. rates.OrderBy(rate => rate.Department, StringComparer.Ordinal).ThenBy(rate => rate.Kind, StringComparer.Ordinal)]));
    }

    private static async Task<List<PunctualityRate>> RatesAsync<T>(IQueryable<T> records, DateOnly from, DateOnly to, CancellationToken cancel)
        where T : PublicityRecord
    {
        var counts = await records.Where(record => record.Version == 1 && record.ReceivedOn >= from && record.ReceivedOn <= to)
            .GroupBy(record => new { record.Department, record.CatalogueItem })
            .Select(same => new
            {
                same.Key.Department,
                same.Key.CatalogueItem,
                Stored = same.Count(),
                Late = same.Count(record => record.Late),
                Undated = same.Count(record => record.Due == null),
            })
            .ToListAsync(cancel);
        return [.. counts.Select(count => PunctualityRate.Of(count.Department, count.CatalogueItem, count.Stored, count.Late, count.Undated))];
    }

    /// <summary>Rates of a period.</summary>
    /// <param name="From">First day of receipt.</param>
    /// <param name="To">Last day of receipt, included.</param>
    /// <param name="Rates">One for each department and kind that reported.</param>
    internal sealed record PunctualityView(DateOnly From, DateOnly To, IReadOnlyList<PunctualityRate> Rates);

    /// <summary>How punctually a department reports one kind.</summary>
    /// <param name="Department">Department that sent the records.</param>
    /// <param name="Kind">Catalogue item.</param>
    /// <param name="Stored">Records stored.</param>
    /// <param name="OnTime">Received on or before their due day.</param>
    /// <param name="Late">Received after it.</param>
    /// <param name="Undated">Without a due day, because no calendar of its year is loaded: they count neither way.</param>
    /// <param name="Rate">On time to all with a due day, 0 to 1; null when there is none.</param>
    internal sealed record PunctualityRate(string Department, string Kind, int Stored, int OnTime, int Late, int Undated, decimal? Rate)
    {
        public static PunctualityRate Of(string department, string kind, int stored, int late, int undated)
        {
            var dated = stored - undated;
            return new(department, kind, stored, dated - late, late, undated, dated == 0 ? null : Math.Round((decimal)(dated - late) / dated, 6));
        }
    }
}
