using Credit.Core.Http;
using Credit.Core.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Register;

/// <summary>The end of the log. Whoever keeps it elsewhere can tell later that nothing before it was altered (I81).</summary>
/// <param name="Position">Last position; 0 while the log is empty.</param>
/// <param name="Hash">Hash of the chain up to there, in hex; null while the log is empty.</param>
internal sealed record RegisterHead(long Position, string? Hash)
{
    /// <summary>The head at this moment.</summary>
    public static async Task<RegisterHead> ReadAsync(CreditDbContext db, CancellationToken cancel)
    {
        var last = await db.RegisterPositions.AsNoTracking().OrderByDescending(position => position.Position).FirstOrDefaultAsync(cancel);
        return last is null ? new RegisterHead(0, null) : new RegisterHead(last.Position, Convert.ToHexStringLower(last.Hash));
    }
}

/// <summary>Shows the head of the register log.</summary>
internal sealed class ReadRegisterHead : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/register/head", (CreditDbContext db, CancellationToken cancel) => RegisterHead.ReadAsync(db, cancel))
            .RequireAuthorization(Access.Official)
            .WithName(nameof(ReadRegisterHead))
            .WithSummary("Read the last position of the register log and the hash of the chain up to it")
            .Produces<RegisterHead>();
}
