using Credit.Core.Http;
using Credit.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Receipts;

/// <summary>Every public key the platform ever signed with: what an older one signed verifies as before.</summary>
internal static class GetSigningKeys
{
    /// <summary>Maps <c>/.well-known/credit-keys</c>.</summary>
    public static void MapSigningKeys(this IEndpointRouteBuilder host) =>
        host.MapGet("/.well-known/credit-keys", HandleAsync)
            .AllowAnonymousBecause("Public keys are for everybody who verifies a receipt.")
            .WithName("SigningKeys").WithSummary("Public keys that verify receipts and heads of the log")
            .Produces<PublishedKeys>();

    private static async Task<IResult> HandleAsync(CreditDbContext db, SigningDesk desk, CancellationToken cancel)
    {
        var current = await desk.PublishAsync(cancel);
        var keys = await db.SigningKeys.AsNoTracking().OrderByDescending(key => key.Since).ThenBy(key => key.KeyId).ToListAsync(cancel);
        return TypedResults.Ok(new PublishedKeys([.. keys.Select(key => PublishedKey.Of(key, current))]));
    }
}
