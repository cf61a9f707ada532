using System.Globalization;
using Credit.Core.Checks.Index;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Credit.Core.Checks;

/// <summary>
/// The statement that keeps a group of receipts, one array a column, and says of each snapshot they were made from whether it is fresh.
/// From the mapping, so that a column more is a column more here too.
/// </summary>
internal sealed class ReceiptGroup
{
    private readonly string _sql;
    private readonly Column[] _columns;

    private ReceiptGroup(string table, Column[] columns)
    {
        _columns = columns;
        var names = string.Join(", ", columns.Select(column => column.Name));
        _sql = $"""
            WITH seen AS MATERIALIZED (
              SELECT stamp.place, NOT EXISTS ({CommittedSince.Unseen("stamp.snapshot")}) AS fresh
              FROM unnest({Place(columns.Length)}::text[]) WITH ORDINALITY AS stamp (snapshot, place)),
            kept AS (
              INSERT INTO {table} ({names})
              SELECT {string.Join(", ", columns.Select(column => $"told.{column.Name}::{column.Type}"))}
              FROM unnest({string.Join(", ", columns.Select((column, place) => $"{Place(place)}::{column.Sent}[]"))}, {Place(columns.Length + 1)}::bigint[]) AS told ({names}, made_from)
              JOIN seen ON seen.place = told.made_from
              WHERE seen.fresh)
            SELECT place, fresh FROM seen
            """;
    }

    /// <summary>The statement for a table as it is mapped.</summary>
    public static ReceiptGroup Of(IEntityType type)
    {
        var table = StoreObjectIdentifier.Create(type, StoreObjectType.Table)!.Value;
        return new($"{table.Schema}.{table.Name}", [.. type.GetProperties().Select(property => Column.Of(property, table))]);
    }

    /// <summary>The statement on a connection, without values.</summary>
    public NpgsqlCommand On(NpgsqlConnection connection)
    {
        var command = new NpgsqlCommand(_sql, connection);
        foreach (var sent in (string[])[.. _columns.Select(column => column.Sent), "text", "bigint"])
        {
            command.Parameters.Add(new NpgsqlParameter { DataTypeName = sent + "[]" });
        }

        return command;
    }

    /// <summary>Gives it values.</summary>
    /// <param name="command">From <see cref="On"/>.</param>
    /// <param name="receipts">The receipts.</param>
    /// <param name="snapshots">Snapshots they were made from, each once.</param>
    /// <param name="madeFrom">Which of these each receipt was made from, the first being 1.</param>
    public void Fill(NpgsqlCommand command, IReadOnlyList<CheckReceipt> receipts, string[] snapshots, long[] madeFrom)
    {
        for (var place = 0; place < _columns.Length; place++)
        {
            command.Parameters[place].Value = _columns[place].ValuesOf(receipts);
        }

        command.Parameters[_columns.Length].Value = snapshots;
        command.Parameters[_columns.Length + 1].Value = madeFrom;
    }

    private static string Place(int place) => string.Create(CultureInfo.InvariantCulture, $"${place + 1}");

    // Arrays of a row may differ in length, which an array of arrays may not: they are sent as text.
    private sealed record Column(string Name, string Type, string Sent, Type Element, Func<CheckReceipt, object?> Read)
    {
        public static Column Of(IProperty property, in StoreObjectIdentifier table)
        {
            var (mapping, getter) = (property.GetRelationalTypeMapping(), property.GetGetter());
            var (name, stored) = ($"\"{property.GetColumnName(table)}\"", mapping.StoreType);
            return stored.EndsWith("[]", StringComparison.Ordinal)
                ? new(name, stored, "text", typeof(string), receipt => LiteralOf((System.Collections.IEnumerable)getter.GetClrValue(receipt)!))
                : mapping.Converter is { } converter
                    ? new(name, stored, stored, converter.ProviderClrType, receipt => converter.ConvertToProvider(getter.GetClrValue(receipt)))
                    : new(name, stored, stored, property.ClrType, getter.GetClrValue);
        }

        public Array ValuesOf(IReadOnlyList<CheckReceipt> receipts)
        {
            var values = Array.CreateInstance(Element, receipts.Count);
            for (var row = 0; row < receipts.Count; row++)
            {
                values.SetValue(Read(receipts[row]), row);
            }

            return values;
        }

        private static string LiteralOf(System.Collections.IEnumerable values) => $"{{{string.Join(',', values.Cast<object>().Select(value =>
            $"\"{Convert.ToString(value, CultureInfo.InvariantCulture)!.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""))}}}";
    }
}
