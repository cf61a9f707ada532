using System.Data;
using System.Globalization;
using Credit.Core.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.OData.Changes;

/// <summary>Contexts of a scope that look at one moment, by one civil day, as sets do; their transactions end with them.</summary>
internal sealed class FeedEyes : IAsyncDisposable
{
    private readonly DbContext[] _contexts;

    private FeedEyes(DbContext[] contexts) => _contexts = contexts;

    /// <summary>Both contexts of the scope look at the moment from here on.</summary>
    /// <param name="services">The scope.</param>
    /// <param name="snapshot">Name of the moment; it comes from the database itself.</param>
    /// <param name="day">The day.</param>
    /// <param name="cancel">Stops.</param>
    public static async Task<FeedEyes> OpenAsync(IServiceProvider services, string snapshot, DateOnly day, CancellationToken cancel)
    {
        DbContext[] contexts = [services.GetRequiredService<PublicDbContext>(), services.GetRequiredService<OfficialDbContext>()];
        foreach (var db in contexts)
        {
            await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
            await db.Database.ExecuteSqlRawAsync($"SET TRANSACTION SNAPSHOT '{snapshot}'", cancel);
            await db.Database.ExecuteSqlAsync(
                $"SELECT set_config('statement_timeout', '0', true), set_config('credit.today', {day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}, true)", cancel);
            db.Database.SetCommandTimeout(0);
        }

        return new(contexts);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var db in _contexts)
        {
            await db.Database.RollbackTransactionAsync(CancellationToken.None);
        }
    }
}
