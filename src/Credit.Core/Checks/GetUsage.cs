using Credit.Core.Http;
using Credit.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Checks;

/// <summary>
/// How departments use lists and measures in their own procedures (R-3.5.2.b): checks, decided matters and those nobody checked, and how
/// often each measure of each memorandum was told, given out and reported on. A department sees itself.
/// </summary>
internal sealed class GetUsage : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/statistics/usage", HandleAsync)
            .RequireAuthorization(Access.Official)
            .WithName(nameof(GetUsage))
            .WithSummary("Count checks, unchecked matters and measures used, by department and memorandum, between two days")
            .Produces<UsageView>();

    private static async Task<IResult> HandleAsync(CreditDbContext db, Caller caller, CancellationToken cancel, DateOnly? from = null, DateOnly? to = null)
    {
        // Nothing lies near the ends of the calendar, and the day before or after them does not exist.
        var (earliest, latest) = (DateOnly.MinValue.AddYears(1), DateOnly.MaxValue.AddYears(-1));
        var first = Within(from ?? earliest);
        var last = Within(to ?? latest);
        DateOnly Within(DateOnly day) => day < earliest ? earliest : day > latest ? latest : day;
        var (since, before) = (Credit.Domain.Policy.CivilClock.StartOf(first), Credit.Domain.Policy.CivilClock.StartOf(last.AddDays(1)));
        var (all, own) = (caller.SeesAllDepartments, caller.Department);
        var receipts = db.CheckReceipts.Where(each => each.KnownAt == null && (all || each.Department == own) && each.AskedAt >= since && each.AskedAt < before);
        var checks = await receipts.GroupBy(each => each.Department).Select(group => new
        {
            group.Key,
            Checks = group.Count(),
            Subjects = group.Sum(each => each.Rows ?? each.Lookups.Length),
            Hits = group.Sum(each => each.Hits),
            Restricting = group.Count(each => each.Restricted),
        }).ToDictionaryAsync(each => each.Key, cancel);
        var matters = await db.DecidedMatters
            .Where(each => (all || each.Department == own) && each.DecidedOn >= first && each.DecidedOn <= last)
            .GroupBy(each => each.Department)
            .Select(group => new { group.Key, Matters = group.Count(), Unchecked = group.Count(each => each.Missed != null) })
            .ToDictionaryAsync(each => each.Key, cancel);
        var told = await receipts.SelectMany(each => each.MeasureKeys, (each, key) => new { each.Department, Key = key })
            .GroupBy(each => new { each.Department, each.Key })
            .Select(group => new { group.Key.Department, group.Key.Key, Count = group.Count() })
            .ToDictionaryAsync(each => (each.Department, each.Key), each => each.Count, cancel);
        var tasks = await db.Tasks.Where(each => (all || each.Department == own) && each.IssuedOn >= first && each.IssuedOn <= last)
            .GroupBy(each => new { each.Department, each.MeasureKey })
            .Select(group => new { group.Key.Department, group.Key.MeasureKey, Given = group.Count(), FedBack = group.Count(each => each.FedBackOn != null) })
            .ToDictionaryAsync(each => (each.Department, each.MeasureKey), cancel);
        return TypedResults.Ok(new UsageView(
            [
                .. checks.Keys.Union(matters.Keys).Order(StringComparer.Ordinal).Select(department =>
                {
                    var (check, matter) = (checks.GetValueOrDefault(department), matters.GetValueOrDefault(department));
                    return new DepartmentUsage(
                        department, check?.Checks ?? 0, check?.Subjects ?? 0, check?.Hits ?? 0, check?.Restricting ?? 0, matter?.Matters ?? 0, matter?.Unchecked ?? 0);
                }),
            ],
            [
                .. told.Keys.Union(tasks.Keys).OrderBy(key => key.Department, StringComparer.Ordinal).ThenBy(key => key.Item2, StringComparer.Ordinal).Select(key => new MeasureUsage(
                    key.Department, key.Item2[..key.Item2.IndexOf('/', StringComparison.Ordinal)], key.Item2, told.GetValueOrDefault(key),
                    tasks.GetValueOrDefault(key)?.Given ?? 0, tasks.GetValueOrDefault(key)?.FedBack ?? 0)),
            ]));
    }

    /// <summary>Usage between two days, both included.</summary>
    /// <param name="Departments">By department.</param>
    /// <param name="Measures">By department and measure.</param>
    internal sealed record UsageView(IReadOnlyList<DepartmentUsage> Departments, IReadOnlyList<MeasureUsage> Measures);

    /// <summary>Checks and decided matters of a department.</summary>
    /// <param name="Department">Key of the department.</param>
    /// <param name="Checks">Checks asked for.</param>
    /// <param name="Subjects">Subjects in them.</param>
    /// <param name="Hits">Entries found.</param>
    /// <param name="Restricting">Checks that told of a restriction.</param>
    /// <param name="Matters">Matters decided.</param>
    /// <param name="Unchecked">Those decided without the check before them (应查未查).</param>
    internal sealed record DepartmentUsage(string Department, int Checks, int Subjects, int Hits, int Restricting, int Matters, int Unchecked);

    /// <summary>Use of a measure in a department.</summary>
    /// <param name="Department">Key of the department.</param>
    /// <param name="Memorandum">Code of the memorandum.</param>
    /// <param name="MeasureKey">Key of the measure.</param>
    /// <param name="Told">Checks that told of it.</param>
    /// <param name="Tasks">Tasks given out.</param>
    /// <param name="FedBack">Those reported on.</param>
    internal sealed record MeasureUsage(string Department, string Memorandum, string MeasureKey, int Told, int Tasks, int FedBack);
}
