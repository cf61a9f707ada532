using System.Text.Json;
using System.Text.Json.Nodes;
using Credit.Core.Checks;
using Credit.Core.Http;
using Credit.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Credit.Core.Receipts;

/// <summary>One row of a batch with the proof that it is in it: what the file of one decision needs, and nothing of the others (R-3.1.6.a).</summary>
internal sealed class GetCheckRow : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/checks/{number}/rows/{index:int:min(0)}", HandleAsync)
            .RequireAuthorization(Access.Official)
            .ForPurpose(nameof(GetCheckRow))
            .WithName(nameof(GetCheckRow))
            .WithSummary("Read one row of a batch with its proof under the batch's signature")
            .Produces<RowProof>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(
        string number, int index, CreditDbContext db, Caller caller, IOptions<JsonOptions> json, CancellationToken cancel)
    {
        var receipt = await db.CheckReceipts.AsNoTracking().SingleOrDefaultAsync(each => each.Number == number, cancel);
        if (receipt is null || !(caller.SeesAllDepartments || receipt.Department == caller.Department) || !(index < receipt.Rows))
        {
            return TypedResults.NotFound();
        }

        var batch = await db.CheckBatches.AsNoTracking().SingleAsync(each => each.ReceiptId == receipt.Id, cancel);
        if (!receipt.IsIntact || !batch.IsWhole(receipt.Verdict))
        {
            throw new InvalidOperationException($"The rows of check {receipt.Id} were altered after they were given.");
        }

        var options = json.Value.SerializerOptions;
        var proof = RowProof.Of(JsonElement.Parse(batch.TextOf(index)), index, batch.RowHashes, receipt.Signed, options);

        // The receipt member for member as it was signed: one of the first version had fewer.
        var told = JsonSerializer.SerializeToNode(proof, options)!.AsObject();
        told["receipt"] = JsonNode.Parse(receipt.Signed);
        return TypedResults.Ok(told);
    }
}
