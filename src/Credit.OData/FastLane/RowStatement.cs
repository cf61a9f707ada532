using System.Data;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Credit.OData.Writing;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Credit.OData.FastLane;

/// <summary>
/// The rows of a set for one caller on one day as SQL, translated by EF from the set's own declaration: what the caller may not see is
/// left out in here, and nothing that is put around it can widen it.
/// </summary>
/// <param name="Sql">A SELECT whose columns are named as the members of the row. Parameters are <c>$1</c>, <c>$2</c> and so on.</param>
/// <param name="Parameters">Their values.</param>
/// <param name="Marked">Every table it reads marks its changes: its answers can be kept.</param>
internal sealed record RowStatement(string Sql, IReadOnlyList<NpgsqlParameter> Parameters, bool Marked)
{
    /// <summary>Takes a set's rows down; null where they are not one plain statement.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="layout">Their members: each must be a column of the statement, of the type it is written as.</param>
    /// <param name="cancel">Stops asking the database.</param>
    public static async Task<RowStatement?> CaptureAsync(IQueryable rows, RowLayout layout, CancellationToken cancel)
    {
        await using var command = (NpgsqlCommand)rows.CreateDbCommand();
        var names = command.Parameters.Select(parameter => parameter.ParameterName.TrimStart('@')).ToArray();
        if (Numbered(command.CommandText, names) is not { } sql)
        {
            return null;
        }

        NpgsqlParameter[] parameters = [.. command.Parameters.Select(Typed)];
        var connection = command.Connection!;
        var closed = connection.State == ConnectionState.Closed;
        if (closed)
        {
            await connection.OpenAsync(cancel);
        }

        try
        {
            return await HasAsync(connection, sql, parameters, layout, cancel) ? new(sql, parameters, await IsMarkedAsync(connection, sql, parameters, cancel)) : null;
        }
        finally
        {
            if (closed)
            {
                await connection.CloseAsync();
            }
        }
    }

    /// <summary>The text with its parameters counted from another number on.</summary>
    public string From(int first)
    {
        if (first == 0 || Parameters.Count == 0)
        {
            return Sql;
        }

        var text = new StringBuilder(Sql.Length + 16);
        char? quote = null;
        for (var at = 0; at < Sql.Length; at++)
        {
            quote = quote is null ? (Sql[at] is '\'' or '"' ? Sql[at] : null) : Sql[at] == quote ? null : quote;
            text.Append(Sql[at]);
            if (quote is null && Sql[at] == '$')
            {
                var end = at + 1;
                while (end < Sql.Length && char.IsAsciiDigit(Sql[end]))
                {
                    end++;
                }

                text.Append((int.Parse(Sql.AsSpan(at + 1, end - at - 1), CultureInfo.InvariantCulture) + first).ToString(CultureInfo.InvariantCulture));
                at = end - 1;
            }
        }

        return text.ToString();
    }

    // EF reads some columns as one thing and makes another of it afterwards. Such a column is not called what the member is, or not of its type.
    private static async Task<bool> HasAsync(NpgsqlConnection connection, string sql, NpgsqlParameter[] parameters, RowLayout layout, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"SELECT * FROM ({sql}) AS r LIMIT 0", connection);
        command.Parameters.AddRange(parameters.Select(parameter => parameter.Clone()).ToArray());
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SchemaOnly, cancel);
        var columns = Enumerable.Range(0, reader.FieldCount).Select(column => (Name: reader.GetName(column), Type: reader.GetDataTypeName(column))).ToArray();
        return layout.Columns.All(column => columns.Count(each => each.Name == column.Name && IsWrittenAs(each.Type, column.Kind)) == 1);
    }

    // The plan names the tables behind every view. Views are read with their owner's rights, so the plan sees through them.
    private static async Task<bool> IsMarkedAsync(NpgsqlConnection connection, string sql, NpgsqlParameter[] parameters, CancellationToken cancel)
    {
        HashSet<string> tables = new(StringComparer.Ordinal);
        await using (var explain = new NpgsqlCommand($"EXPLAIN (FORMAT JSON, VERBOSE) {sql}", connection))
        {
            explain.Parameters.AddRange(parameters.Select(parameter => parameter.Clone()).ToArray());
            using var plan = JsonDocument.Parse((string)(await explain.ExecuteScalarAsync(cancel))!);
            Collect(plan.RootElement, tables);
        }

        await using var marked = new NpgsqlCommand(
            """
            SELECT count(*) = cardinality($1) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE t.tgname = 'data_mark' AND n.nspname || '.' || c.relname = ANY ($1)
            """,
            connection);
        marked.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. tables] });
        return await marked.ExecuteScalarAsync(cancel) is true;
    }

    private static void Collect(JsonElement plan, HashSet<string> tables)
    {
        if (plan.ValueKind == JsonValueKind.Array)
        {
            foreach (var each in plan.EnumerateArray())
            {
                Collect(each, tables);
            }
        }
        else if (plan.ValueKind == JsonValueKind.Object)
        {
            if (plan.TryGetProperty("Relation Name", out var table))
            {
                tables.Add($"{plan.GetProperty("Schema")}.{table}");
            }

            foreach (var member in plan.EnumerateObject())
            {
                Collect(member.Value, tables);
            }
        }
    }

    private static bool IsWrittenAs(string type, CellKind kind) => kind switch
    {
        CellKind.Text => type is "text" || type.StartsWith("character", StringComparison.Ordinal),
        CellKind.Guid => type == "uuid",
        CellKind.Boolean => type == "boolean",
        CellKind.Int16 => type == "smallint",
        CellKind.Int32 => type == "integer",
        CellKind.Int64 => type == "bigint",
        CellKind.Decimal => type.StartsWith("numeric", StringComparison.Ordinal),
        CellKind.Double => type == "double precision",
        CellKind.Date => type == "date",
        CellKind.Instant => type == "timestamp with time zone",
        CellKind.Time => type == "time without time zone",
        _ => type == "text[]",
    };

    // A value is converted by EF before the statement is made; only its type must be named, a null has none of its own.
    private static NpgsqlParameter Typed(NpgsqlParameter parameter) => parameter.Value switch
    {
        null or DBNull when parameter.NpgsqlDbType == NpgsqlDbType.Unknown => new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text, Value = DBNull.Value },
        var value => new NpgsqlParameter { NpgsqlDbType = parameter.NpgsqlDbType, Value = value ?? DBNull.Value },
    };

    // Names become numbers: the driver then has nothing left to parse. Null when something else than a parameter begins with an at sign.
    private static string? Numbered(string sql, string[] names)
    {
        var text = new StringBuilder(sql.Length);
        char? quote = null;
        for (var at = 0; at < sql.Length; at++)
        {
            var letter = sql[at];
            if (quote is not null)
            {
                quote = letter == quote ? null : quote;
                text.Append(letter);
            }
            else if (letter == '@' && at + 1 < sql.Length && (char.IsLetter(sql[at + 1]) || sql[at + 1] == '_'))
            {
                var end = at + 1;
                while (end < sql.Length && (char.IsLetterOrDigit(sql[end]) || sql[end] == '_'))
                {
                    end++;
                }

                var number = Array.IndexOf(names, sql[(at + 1)..end]);
                if (number < 0)
                {
                    return null;
                }

                text.Append('$').Append(number + 1);
                at = end - 1;
            }
            else
            {
                quote = letter is '\'' or '"' ? letter : null;
                text.Append(letter);
            }
        }

        return text.ToString();
    }
}
