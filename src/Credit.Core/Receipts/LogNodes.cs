using Credit.Domain.Receipts;
using Npgsql;

namespace Credit.Core.Receipts;

/// <summary>Reads the stored subtrees of the tree over the log.</summary>
internal static class LogNodes
{
    /// <summary>The table, for the application.</summary>
    public const string Application = "core.log_node";

    /// <summary>The same as the public role reads it.</summary>
    public const string Public = "pub.log_node";

    /// <summary>Leaves in the tree.</summary>
    public static async Task<long> SizeAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"SELECT coalesce(max(place) + 1, 0) FROM {Application} WHERE level = 0", connection);
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    /// <summary>Fetches subtrees at once.</summary>
    /// <returns>Their hashes by subtree.</returns>
    public static async Task<Func<MerkleNode, byte[]>> ReadAsync(
        NpgsqlConnection connection, string table, IReadOnlyCollection<MerkleNode> nodes, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            $"SELECT n.level, n.place, n.hash FROM unnest($1, $2) AS asked(level, place) JOIN {table} n ON n.level = asked.level AND n.place = asked.place", connection)
        {
            Parameters =
            {
                new NpgsqlParameter<short[]> { TypedValue = [.. nodes.Select(node => (short)node.Level)] },
                new NpgsqlParameter<long[]> { TypedValue = [.. nodes.Select(node => node.Index)] },
            },
        };
        Dictionary<MerkleNode, byte[]> found = [];
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            found.Add(new(rows.GetInt16(0), rows.GetInt64(1)), rows.GetFieldValue<byte[]>(2));
        }

        return node => found[node];
    }
}
