using System.Text;
using Credit.Core.Checks.Batches;
using Credit.Core.Http;
using Credit.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Checks;

/// <summary>The answer of a check as it was given, byte for byte (I55); of a batch as JSON or in lines. For the department that asked, the lead office and auditors.</summary>
internal sealed class GetCheck : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/checks/{number}", HandleAsync)
            .RequireAuthorization(Access.Official)
            .ForPurpose(nameof(GetCheck))
            .WithName(nameof(GetCheck))
            .WithSummary("Read the answer of a check again, as it was given")
            .Produces<CheckVerdict>(StatusCodes.Status200OK, "application/json", BatchResult.Lines)
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(string number, CreditDbContext db, Caller caller, CancellationToken cancel)
    {
        var receipt = await db.CheckReceipts.AsNoTracking().SingleOrDefaultAsync(each => each.Number == number, cancel);
        if (receipt is null || !(caller.SeesAllDepartments || receipt.Department == caller.Department))
        {
            return TypedResults.NotFound();
        }

        if (!receipt.IsIntact)
        {
            throw new InvalidOperationException($"The answer of check {receipt.Id} was altered after it was given.");
        }

        if (receipt.Rows is null)
        {
            return TypedResults.Content(receipt.Verdict, "application/json", Encoding.UTF8);
        }

        var batch = await db.CheckBatches.AsNoTracking().SingleAsync(each => each.ReceiptId == receipt.Id, cancel);
        return batch.IsWhole(receipt.Verdict)
            ? new BatchResult(receipt.Verdict, batch)
            : throw new InvalidOperationException($"The rows of check {receipt.Id} were altered after they were given.");
    }
}
