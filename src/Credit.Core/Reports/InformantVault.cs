using System.Text.Json;
using Credit.Core.Store;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Credit.Core.Reports;

/// <summary>
/// The separate store of who reported: own schema, own key, own role (X5). The application's role can add a row and read none;
/// the custodian's can read. Every report has a row of the same size, so nobody can count who said their name.
/// </summary>
internal sealed class InformantVault(PersonVault cipher, StoreSources sources) : IDisposable
{
    // The longest informant in JSON, escaped, fits; shorter ones are filled up.
    private const int Size = 8192;

    /// <summary>Seals who reported, in the transaction of the report.</summary>
    public Task KeepAsync(CreditDbContext db, Guid report, Informant? informant, CancellationToken cancel)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(informant ?? new Informant());
        var filled = new byte[Size];
        filled.AsSpan().Fill((byte)' ');
        plain.CopyTo(filled, 0);
        return db.Database.ExecuteSqlAsync($"INSERT INTO vault.informant (report_id, sealed) VALUES ({report}, {cipher.Seal(filled)})", cancel);
    }

    /// <summary>Opens the row of a report, as the custodian. The caller has written the reading to the log before.</summary>
    public async Task<Informant> OpenAsync(Guid report, CancellationToken cancel)
    {
        await using var command = sources.Custodian.CreateCommand("SELECT sealed FROM vault.informant WHERE report_id = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = report });
        return await command.ExecuteScalarAsync(cancel) is byte[] sealedBytes
            ? JsonSerializer.Deserialize<Informant>(cipher.Open(sealedBytes)) ?? new Informant()
            : new Informant();
    }

    public void Dispose() => cipher.Dispose();
}
