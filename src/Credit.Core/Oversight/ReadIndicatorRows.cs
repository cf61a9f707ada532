using Credit.Core.Http;
using Credit.Core.Oversight.Indicators;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Oversight;

/// <summary>Exactly the rows that make a figure (R-4.3.a): the own department's, or any for lead office and auditor.</summary>
internal sealed class ReadIndicatorRows : IUseCase
{
    /// <summary>Rows on one page.</summary>
    public const int PageSize = 500;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/oversight/indicators/{indicator}/rows", HandleAsync)
            .RequireAuthorization(Access.Official)
            .WithName(nameof(ReadIndicatorRows))
            .WithSummary("The rows behind a figure of a department, page by page")
            .Produces<RowPage>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> HandleAsync(
        string indicator, string department, DateOnly from, DateOnly to, IndicatorFigures figures, Caller caller, CancellationToken cancel, Guid? after = null)
    {
        if (figures.All.SingleOrDefault(each => each.Key == indicator) is not { } counted
            || !(caller.SeesAllDepartments || caller.Department == department))
        {
            return TypedResults.NotFound();
        }

        if (IndicatorFigures.AgainstPeriod(from, to) is { } refusal)
        {
            return refusal.ToProblem();
        }

        var rows = figures.RowsOf(counted, from, to).Where(row => row.Department == department);
        if (after is { } last)
        {
            rows = rows.Where(row => row.Id > last);
        }

        var read = await rows.OrderBy(row => row.Id).Take(PageSize + 1).ToListAsync(cancel);
        var page = read.Take(PageSize).Select(CountedRow.Of).ToArray();
        return TypedResults.Ok(new RowPage(counted.Key, counted.About, page, read.Count > PageSize ? page[^1].Id : null));
    }

    /// <summary>A page of rows.</summary>
    /// <param name="Indicator">Key of the indicator.</param>
    /// <param name="About">What the rows are.</param>
    /// <param name="Rows">The rows.</param>
    /// <param name="Next">Send it as <c>after</c> for the next page; null on the last one.</param>
    internal sealed record RowPage(string Indicator, string About, IReadOnlyList<CountedRow> Rows, Guid? Next);

    /// <summary>A row counted.</summary>
    /// <param name="Id">Identity of the entry, task, record, batch, ….</param>
    /// <param name="On">Day it counts on.</param>
    /// <param name="All">How many it counts for.</param>
    /// <param name="Good">How many of them are as they should be.</param>
    internal sealed record CountedRow(Guid Id, DateOnly On, int All, int Good)
    {
        public static CountedRow Of(IndicatorRow row) => new(row.Id, row.On, row.All, row.Good);
    }
}
