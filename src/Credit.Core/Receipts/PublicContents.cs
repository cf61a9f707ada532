using Npgsql;

namespace Credit.Core.Receipts;

/// <summary>A content as the log has it.</summary>
/// <param name="Position">Position in the log.</param>
/// <param name="Hash">Salted hash of the content.</param>
/// <param name="ChainHash">Hash of the chain up to it.</param>
/// <param name="Announcement">Wire name of what happened.</param>
/// <param name="Salt">Null once the retention of the entry is over.</param>
internal sealed record LoggedContent(long Position, byte[] Hash, byte[] ChainHash, string Announcement, byte[]? Salt);

/// <summary>Reads what the public role may know of the publication log.</summary>
internal static class PublicContents
{
    /// <summary>What is shown of an entry now; null when it is not public.</summary>
    public static async Task<PublicEntryContent?> ShownAsync(NpgsqlConnection connection, Guid entry, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT list, domain, category, subject_name, subject_kind, subject_code, identifier_mask, legal_representative, facts, standard, recogniser,
              recognised_on, valid_from, valid_to FROM pub.list_entry WHERE id = $1
            """,
            connection)
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = entry } },
        };
        await using var row = await command.ExecuteReaderAsync(cancel);
        if (!await row.ReadAsync(cancel))
        {
            return null;
        }

        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
        DateOnly? Day(int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateOnly>(column);
        return new(
            entry, row.GetString(0), row.GetString(1), Text(2), row.GetString(3), row.GetString(4), Text(5), Text(6), Text(7), row.GetString(8), row.GetString(9),
            row.GetString(10), Day(11), Day(12), row.GetFieldValue<DateOnly>(13));
    }

    /// <summary>The contents of an entry that came before the public, the first one first.</summary>
    public static async Task<IReadOnlyList<LoggedContent>> LoggedAsync(NpgsqlConnection connection, Guid entry, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "SELECT position, hash, chain_hash, announcement, salt FROM pub.published_content WHERE entry_id = $1 ORDER BY position", connection)
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = entry } },
        };
        List<LoggedContent> contents = [];
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            contents.Add(new(
                rows.GetInt64(0), rows.GetFieldValue<byte[]>(1), rows.GetFieldValue<byte[]>(2), rows.GetString(3),
                await rows.IsDBNullAsync(4, cancel) ? null : rows.GetFieldValue<byte[]>(4)));
        }

        return contents;
    }

    /// <summary>The latest signed head; null while there is none.</summary>
    public static async Task<(long Size, string Head)?> HeadAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("SELECT size, head FROM pub.log_head ORDER BY size DESC LIMIT 1", connection);
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? (row.GetInt64(0), row.GetString(1)) : null;
    }
}
