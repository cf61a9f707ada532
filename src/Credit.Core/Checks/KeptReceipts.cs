using System.Data.Common;
using System.Globalization;
using Credit.Core.Checks.Index;
using Credit.Core.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Credit.Core.Checks;

/// <summary>
/// Keeps the receipt of an answer that was made from memory, if nothing was committed since: one statement says whether the state it was
/// read from is still the state of the register, on whichever host it changed, and writes the receipt if it is.
/// </summary>
internal sealed class KeptReceipts
{
    private Statement? _insert;

    /// <summary>False, and nothing is kept, when something was committed that the snapshot does not hold: the answer is not to be given.</summary>
    public async Task<bool> KeepWhileFreshAsync(CreditDbContext db, CheckReceipt receipt, string snapshot, CancellationToken cancel)
    {
        var insert = _insert ??= Statement.Of(db.Model.FindEntityType(typeof(CheckReceipt))!);
        await db.Database.OpenConnectionAsync(cancel);
        try
        {
            await using var command = (NpgsqlCommand)db.Database.GetDbConnection().CreateCommand();
            insert.Fill(command, receipt);
            command.Parameters.Add(new NpgsqlParameter<string>("snapshot", snapshot));
            await command.PrepareAsync(cancel);
            return await command.ExecuteNonQueryAsync(cancel) == 1;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>True when nothing was committed that the snapshot does not hold; on the connection, and in the transaction, that is open.</summary>
    public static async Task<bool> IsFreshAsync(CreditDbContext db, string snapshot, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"SELECT NOT EXISTS ({CommittedSince.Unseen})", (NpgsqlConnection)db.Database.GetDbConnection())
        {
            Parameters = { new NpgsqlParameter<string>("snapshot", snapshot) },
        };
        return await command.ExecuteScalarAsync(cancel) is true;
    }

    // From the mapping, so that a column more is a column more here too.
    private sealed class Statement(string sql, IReadOnlyList<IProperty> properties)
    {
        public static Statement Of(IEntityType type)
        {
            var table = StoreObjectIdentifier.Create(type, StoreObjectType.Table)!.Value;
            IProperty[] properties = [.. type.GetProperties()];
            var columns = string.Join(", ", properties.Select(property => $"\"{property.GetColumnName(table)}\""));
            var values = string.Join(", ", properties.Select((_, place) => string.Create(CultureInfo.InvariantCulture, $"@p{place}")));
            return new(
                $"INSERT INTO {table.Schema}.{table.Name} ({columns}) SELECT {values} WHERE NOT EXISTS ({CommittedSince.Unseen})", properties);
        }

        public void Fill(DbCommand command, CheckReceipt receipt)
        {
            command.CommandText = sql;
            for (var place = 0; place < properties.Count; place++)
            {
                var property = properties[place];
                command.Parameters.Add(property.GetRelationalTypeMapping().CreateParameter(
                    command, string.Create(CultureInfo.InvariantCulture, $"p{place}"), property.GetGetter().GetClrValue(receipt), property.IsNullable));
            }
        }
    }
}
