using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Credit.Core.Demo;

/// <summary>
/// Writes what a context added by binary COPY instead of statements. It stands behind the register's own interceptor, so
/// the log entries of thousands of rows are written the same way, in the same transaction.
/// </summary>
internal sealed class CopyInsteadOfInsert : SaveChangesInterceptor
{
    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        var db = eventData.Context!;
        var rows = db.ChangeTracker.Entries().ToArray();
        if (Array.Find(rows, row => row.State != EntityState.Added) is { } other)
        {
            throw new InvalidOperationException($"A {other.Metadata.ClrType.Name} is {other.State}; only new rows are copied.");
        }

        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        foreach (var table in rows.GroupBy(row => row.Metadata).OrderBy(table => DepthOf(table.Key)))
        {
            await CopyAsync(connection, table.Key, table, cancellationToken);
        }

        return InterceptionResult<int>.SuppressWithResult(rows.Length);
    }

    private static async Task CopyAsync(NpgsqlConnection connection, IEntityType table, IEnumerable<EntityEntry> rows, CancellationToken cancel)
    {
        var store = StoreObjectIdentifier.Create(table, StoreObjectType.Table)!.Value;
        var columns = table.GetProperties().Where(property => !property.ValueGenerated.HasFlag(ValueGenerated.OnAdd)).Select(property =>
        {
            var mapping = property.GetRelationalTypeMapping();
            return (Property: property, Name: property.GetColumnName(store)!, Type: mapping.StoreTypeNameBase, mapping.Converter);
        }).ToArray();
        var names = string.Join(", ", columns.Select(column => $"\"{column.Name}\""));
        await using var copy = await connection.BeginBinaryImportAsync($"COPY {table.GetSchema()}.{table.GetTableName()} ({names}) FROM STDIN (FORMAT binary)", cancel);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(cancel);
            foreach (var (property, _, type, converter) in columns)
            {
                var value = row.Property(property).CurrentValue;
                if (value is null)
                {
                    await copy.WriteNullAsync(cancel);
                }
                else
                {
                    await copy.WriteAsync(converter is null ? value : converter.ConvertToProvider(value)!, type, cancel);
                }
            }
        }

        await copy.CompleteAsync(cancel);
    }

    // Rows that are pointed at come first.
    private static int DepthOf(IEntityType table) => table.GetForeignKeys()
        .Where(key => key.PrincipalEntityType != table)
        .Select(key => 1 + DepthOf(key.PrincipalEntityType))
        .DefaultIfEmpty(0)
        .Max();
}
