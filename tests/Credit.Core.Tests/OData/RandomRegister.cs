using System.Globalization;
using Credit.Core.Store;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Credit.Core.Tests.OData;

/// <summary>
/// Fills every table of the register with random cells, ties and nulls among them, past all rules: what the sets then show is nonsense,
/// but the same nonsense for whichever way it is read.
/// </summary>
internal static class RandomRegister
{
    private const int RowsPerTable = 40;

    private static readonly string[] Words =
    [
        "", "甲", "乙公司", "a,b", "say \"no\"", "=1+1", "it's", "二\n行", "%_\\", "zz", "Ä", "😀", "任城某某商贸有限公司", "null", "<b>", "37081119900101001X",
    ];

    private static readonly string[] Departments = ["tax", "commerce", "finance", "development-reform"];
    private static readonly string[] Items = ["list-entries", "commitments", "penalties", "licences"];

    public static async Task FillAsync(string owner, DateOnly today, int seed)
    {
        var random = new Random(seed);
        var ids = Enumerable.Range(0, RowsPerTable).Select(_ => { var bytes = new byte[16]; random.NextBytes(bytes); return new Guid(bytes); }).ToArray();
        var names = EnumNames();
        await using var connection = new NpgsqlConnection(owner);
        await connection.OpenAsync();
        await RunAsync(connection, "SET session_replication_role = replica");
        foreach (var table in await TablesAsync(connection))
        {
            for (var row = 0; row < RowsPerTable; row++)
            {
                var number = row;
                var cells = table.Select(column => (column.Name, Text: names.TryGetValue((column.Table, column.Name), out var known)
                    ? column.Nullable && random.Next(4) == 0 ? null : known[random.Next(known.Length)]
                    : Cell(random, column, ids, number, today))).ToArray();
                var columns = string.Join(", ", cells.Select(cell => $"\"{cell.Name}\""));
                var values = string.Join(", ", cells.Select((cell, i) => cell.Text is null ? "NULL" : $"CAST(${i + 1} AS {table[i].Type})"));
                await using var insert = new NpgsqlCommand($"INSERT INTO core.\"{table[0].Table}\" ({columns}) VALUES ({values}) ON CONFLICT DO NOTHING", connection);
                foreach (var (_, text) in cells)
                {
                    insert.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = text, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
                }

                try
                {
                    await insert.ExecuteNonQueryAsync();
                }
                catch (PostgresException refused) when (refused.SqlState is PostgresErrorCodes.CheckViolation)
                {
                    // A row that breaks a rule of the table itself: the next one is tried.
                }
            }
        }
    }

    private static string? Cell(Random random, Column column, Guid[] ids, int row, DateOnly today)
    {
        if (column.Name is "id")
        {
            return column.Type == "uuid" ? ids[row].ToString() : (row + 1).ToString(CultureInfo.InvariantCulture);
        }

        // Whoever shows the day of a decision shows decided rows only, and so with publications.
        if (column.Nullable && column.Name is not ("decided_on" or "published_on") && random.Next(4) == 0)
        {
            return null;
        }

        var day = today.AddDays(random.Next(5) switch { 0 => 0, 1 => -1, 2 => 1, 3 => -random.Next(400), _ => random.Next(400) });
        var word = Words[random.Next(Words.Length)];
        return column.Type switch
        {
            _ when column.Name is "catalogue_item" => Items[random.Next(Items.Length)],
            _ when column is { Table: "catalogue_item", Name: "key" } => Items[row % Items.Length],
            _ when column is { Table: "department", Name: "key" } => row < Departments.Length ? Departments[row] : $"d{row}",
            _ when column.Name is "recogniser" or "department" or "handler" or "provider" or "nominator" or "issuer" => Departments[random.Next(Departments.Length)],
            "uuid" => ids[random.Next(ids.Length)].ToString(),
            "boolean" => random.Next(10) < 8 ? "true" : "false",
            "smallint" or "integer" or "bigint" or "xid8" => random.Next(6).ToString(CultureInfo.InvariantCulture),
            "date" => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            "jsonb" or "json" => "{}",
            "bytea" => "\\x00",
            "interval" => "1 day",
            "double precision" or "real" => "0.5",
            _ when column.Type.StartsWith("numeric", StringComparison.Ordinal) => $"{random.Next(90)}.{random.Next(100):D2}",
            _ when column.Type.StartsWith("timestamp", StringComparison.Ordinal) => $"{day:yyyy-MM-dd} 0{random.Next(9)}:00:00.{random.Next(3) * 125}Z",
            _ when column.Type.EndsWith("[]", StringComparison.Ordinal) => column.Type is "uuid[]" ? $"{{{ids[random.Next(ids.Length)]}}}" : column.Type is "text[]" ? "{a,b}" : "{}",
            _ when column.Type.StartsWith("character", StringComparison.Ordinal) => word.Length > 4 ? word[..1] : word,
            "text" when column.Unique => $"{word}{row}",
            "text" => word,
            var other => throw new NotSupportedException($"{column.Table}.{column.Name}: {other}"),
        };
    }

    private static Dictionary<(string, string), string[]> EnumNames()
    {
        using var db = new CreditDbContext(new DbContextOptionsBuilder<CreditDbContext>().UseNpgsql("Host=none").UseSnakeCaseNamingConvention().Options);
        return db.Model.GetEntityTypes()
            .SelectMany(entity => entity.GetProperties().Select(property => (
                Key: (entity.GetTableName() ?? "", property.GetColumnName()),
                Enum: Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType)))
            .Where(each => each.Enum.IsEnum)
            .DistinctBy(each => each.Key)
            .ToDictionary(each => each.Key, each => Enum.GetNames(each.Enum));
    }

    private static async Task<IReadOnlyList<Column[]>> TablesAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull,
                   EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisunique AND a.attnum = ANY (i.indkey::int2[]))
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
            WHERE n.nspname = 'core' AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND a.attidentity <> 'a'
              AND c.relname NOT IN ('lifecycle_move', 'idempotency_record')
            ORDER BY c.relname, a.attnum
            """,
            connection);
        await using var rows = await command.ExecuteReaderAsync();
        List<Column> columns = [];
        while (await rows.ReadAsync())
        {
            columns.Add(new(rows.GetString(0), rows.GetString(1), rows.GetString(2), rows.GetBoolean(3), rows.GetBoolean(4)));
        }

        return [.. columns.GroupBy(column => column.Table).Select(group => group.ToArray())];
    }

    private static async Task RunAsync(NpgsqlConnection connection, string text)
    {
        await using var command = new NpgsqlCommand(text, connection);
        await command.ExecuteNonQueryAsync();
    }

    private sealed record Column(string Table, string Name, string Type, bool Nullable, bool Unique);
}
