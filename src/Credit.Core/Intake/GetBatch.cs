using System.Text.Json;
using Credit.Core.Http;
using Credit.Core.Intake.Reading;
using Credit.Core.Register;
using Credit.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Intake;

/// <summary>Progress and totals of a batch, for the department that sent it.</summary>
internal sealed class GetBatch : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/intake/batches/{id:guid}", HandleAsync)
            .RequireAuthorization(Access.Official)
            .WithName(nameof(GetBatch))
            .WithSummary("See how far a batch is and what became of its rows")
            .Produces<BatchView>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(Guid id, CreditDbContext db, Caller caller, CancellationToken cancel) =>
        await db.FindBatchAsync(id, caller, cancel) is { } batch ? TypedResults.Ok(BatchView.Of(batch)) : TypedResults.NotFound();
}

/// <summary>How a use case gets hold of a batch.</summary>
internal static class BatchAccess
{
    /// <summary>The batch; null when there is none, or when it is another department's.</summary>
    public static async Task<IntakeBatch?> FindBatchAsync(this CreditDbContext db, Guid id, Caller caller, CancellationToken cancel)
    {
        var batch = await db.Batches.AsNoTracking().SingleOrDefaultAsync(each => each.Id == id, cancel);
        return batch is not null && (caller.SeesAllDepartments || batch.Department == caller.Department) ? batch : null;
    }
}

/// <summary>A batch.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Kind">Kind of records.</param>
/// <param name="FileName">File name as sent.</param>
/// <param name="Size">Bytes.</param>
/// <param name="FileHash">SHA-256 of the bytes, hex.</param>
/// <param name="Department">Department that sent it.</param>
/// <param name="ReceivedOn">Civil day of arrival: what the 7 working days are measured against.</param>
/// <param name="State">Where it stands.</param>
/// <param name="RefusedBecause">Why the file as a whole was refused; null when it was not.</param>
/// <param name="Findings">What was found about the file as a whole, dropped columns among it.</param>
/// <param name="RowsRead">Rows read so far; when completed, the sum of the six fates.</param>
/// <param name="BlankRows">Blank rows passed over.</param>
/// <param name="Accepted">Rows stored.</param>
/// <param name="AcceptedWithWarning">Rows stored with a warning.</param>
/// <param name="Unchanged">Rows that repeat stored ones.</param>
/// <param name="Conflicts">Rows that contradict stored ones.</param>
/// <param name="Quarantined">Rows that wait for the registrar.</param>
/// <param name="Rejected">Rows sent back.</param>
/// <param name="Late">Stored rows that came after their due day.</param>
/// <param name="CompletedAt">Instant of completion, UTC; null while at work.</param>
internal sealed record BatchView(
    Guid Id, string Kind, string FileName, long Size, string FileHash, string Department, DateOnly ReceivedOn, BatchState State, CodeView? RefusedBecause,
    IReadOnlyList<FindingView> Findings, int RowsRead, int BlankRows, int Accepted, int AcceptedWithWarning, int Unchanged, int Conflicts, int Quarantined,
    int Rejected, int Late, DateTimeOffset? CompletedAt)
{
    public static BatchView Of(IntakeBatch batch) => new(
        batch.Id, batch.Kind, batch.FileName, batch.Size, Convert.ToHexStringLower(batch.FileHash), batch.Department, batch.ReceivedOn, batch.State,
        batch.RefusedBecause is { } code ? CodeView.Of(code) : null,
        [.. JsonSerializer.Deserialize<FileFinding[]>(batch.Findings, RegisterInterceptor.Json)!.Select(FindingView.Of)],
        batch.RowsRead, batch.BlankRows, batch.Accepted, batch.AcceptedWithWarning, batch.Unchanged, batch.Conflicts, batch.Quarantined,
        batch.Rejected, batch.Late, batch.CompletedAt);
}

/// <summary>An intake code with its explanation.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Zh">Meaning and hint in Chinese.</param>
/// <param name="En">Meaning and hint in English.</param>
internal sealed record CodeView(string Code, string Zh, string En)
{
    public static CodeView Of(string code)
    {
        var meaning = IntakeCodes.Explain(code);
        return new(code, $"{meaning.Chinese}{meaning.HintChinese}", $"{meaning.English} {meaning.HintEnglish}");
    }
}

/// <summary>A finding about a file as a whole.</summary>
/// <param name="Code">Intake code.</param>
/// <param name="Zh">Meaning and hint in Chinese.</param>
/// <param name="En">Meaning and hint in English.</param>
/// <param name="Columns">Headers concerned.</param>
internal sealed record FindingView(string Code, string Zh, string En, IReadOnlyList<string> Columns)
{
    public static FindingView Of(FileFinding finding)
    {
        var meaning = CodeView.Of(finding.Code);
        return new(finding.Code, meaning.Zh, meaning.En, finding.Columns);
    }
}
