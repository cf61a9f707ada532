using Credit.Core.Http;
using Credit.Core.Intake.Merging;
using Credit.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Intake;

/// <summary>The fates of single rows, page by page. Clean rows in time are counted in the batch and not listed.</summary>
internal sealed class GetBatchRows : IUseCase
{
    /// <summary>Rows on one page.</summary>
    public const int PageSize = 500;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/intake/batches/{id:guid}/rows", HandleAsync)
            .RequireAuthorization(Access.Official)
            .WithName(nameof(GetBatchRows))
            .WithSummary("See the rows of a batch that are late or have a finding, page by page")
            .Produces<RowPage>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(
        Guid id, CreditDbContext db, Caller caller, CancellationToken cancel, RowVerdict? verdict = null, int after = 0)
    {
        if (await db.FindBatchAsync(id, caller, cancel) is null)
        {
            return TypedResults.NotFound();
        }

        var listed = db.IntakeRows.AsNoTracking().Where(row => row.BatchId == id && row.Row > after);
        if (verdict is { } wanted)
        {
            listed = listed.Where(row => row.Verdict == wanted);
        }

        var read = await listed.OrderBy(row => row.Row).Take(PageSize + 1).ToListAsync(cancel);
        var page = read.Take(PageSize).Select(RowView.Of).ToArray();
        return TypedResults.Ok(new RowPage(page, read.Count > PageSize ? page[^1].Row : null));
    }

    /// <summary>A page of rows.</summary>
    /// <param name="Rows">The rows, in the order of the file.</param>
    /// <param name="Next">Send it as <c>after</c> for the next page; null on the last one.</param>
    internal sealed record RowPage(IReadOnlyList<RowView> Rows, int? Next);
}

/// <summary>The fate of a row. Its cells come back in the file of rejected rows only.</summary>
/// <param name="Row">Row number a spreadsheet shows; in JSON the position, first = 1.</param>
/// <param name="Verdict">What became of it.</param>
/// <param name="Issues">Everything found.</param>
/// <param name="RecordId">The stored record, also the one it repeats or contradicts.</param>
/// <param name="RelatedRow">The earlier row it repeats, contradicts or changes.</param>
/// <param name="RelatedBatchId">Batch of that row.</param>
/// <param name="Due">Last day in time.</param>
/// <param name="OnTime">Came in time; null where no day is known.</param>
/// <param name="Resolution">What was decided about it; null while open.</param>
internal sealed record RowView(
    int Row, RowVerdict Verdict, IReadOnlyList<IssueView> Issues, Guid? RecordId, int? RelatedRow, Guid? RelatedBatchId, DateOnly? Due, bool? OnTime,
    RowResolution? Resolution)
{
    public static RowView Of(IntakeRow row) => new(
        row.Row, row.Verdict, [.. RowFates.Read(row.Issues).Select(IssueView.Of)], row.RecordId, row.RelatedRow, row.RelatedBatchId, row.Due, row.OnTime, row.Resolution);
}

/// <summary>A finding in a row.</summary>
/// <param name="Code">Intake code.</param>
/// <param name="Field">Field code; null when the finding is about the whole row.</param>
/// <param name="Column">Header as the file had it; null when the column is absent.</param>
/// <param name="Zh">Meaning and hint in Chinese.</param>
/// <param name="En">Meaning and hint in English.</param>
internal sealed record IssueView(string Code, string? Field, string? Column, string Zh, string En)
{
    public static IssueView Of(KeptIssue issue)
    {
        var meaning = CodeView.Of(issue.Code);
        return new(issue.Code, issue.Field, issue.Column, issue.Zh ?? meaning.Zh, issue.En ?? meaning.En);
    }
}
