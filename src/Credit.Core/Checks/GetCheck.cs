using System.Text;
using Credit.Core.Http;
using Credit.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Checks;

/// <summary>The answer of a check as it was given, byte for byte (I55). For the department that asked, the lead office and auditors.</summary>
internal sealed class GetCheck : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/checks/{number}", HandleAsync)
            .RequireAuthorization(Access.Official)
            .ForPurpose(nameof(GetCheck))
            .WithName(nameof(GetCheck))
            .WithSummary("Read the answer of a check again, as it was given")
            .Produces<CheckVerdict>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(string number, CreditDbContext db, Caller caller, CancellationToken cancel)
    {
        var receipt = await db.CheckReceipts.AsNoTracking().SingleOrDefaultAsync(each => each.Number == number, cancel);
        if (receipt is null || !(caller.SeesAllDepartments || receipt.Department == caller.Department))
        {
            return TypedResults.NotFound();
        }

        return receipt.IsIntact
            ? TypedResults.Content(receipt.Verdict, "application/json", Encoding.UTF8)
            : throw new InvalidOperationException($"The answer of check {receipt.Id} was altered after it was given.");
    }
}
