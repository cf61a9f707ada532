using System.Globalization;
using System.Text.Json;
using Credit.Abstractions;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Credit.OData.Writing;
using Npgsql;

namespace Credit.OData.FastLane;

/// <summary>What frames the rows of an answer.</summary>
/// <param name="Format">Its form.</param>
/// <param name="Place">Where the rows live.</param>
/// <param name="Context">Its context.</param>
/// <param name="Next">Makes the address of the next page from the values of the order's columns on the last row; null when there is to be none.</param>
/// <param name="Asked">The address asked for.</param>
internal sealed record Frame(AnswerFormat Format, Place Place, string Context, Func<object?[], string>? Next, Asked Asked)
{
    public static Frame Of(BoundQuery query, string set, Asked asked)
    {
        var take = Math.Min(query.Top ?? int.MaxValue, query.Page);
        return new(
            query.Format, new Place(asked.Root, set), $"{asked.Root}/$metadata#{query.Context}",
            (query.Top is null || query.Top > take) && take > 0 && query.Shows == Shows.Rows
                ? last => asked.Next(query.Top - take, Paging.TokenAfter(Paging.NameOf(query.Order), last))
                : null,
            asked);
    }
}

/// <summary>
/// Answers lists from the data reader: one statement a page, further ones for the number of rows in the same batch and on the same
/// snapshot, no entities. Every column is read, whatever is selected, so that the tag of an answer does not depend on it.
/// </summary>
internal sealed class ReaderLane(StoreSources sources, TimeProvider clock)
{
    // Everything an answer is made of is read on one snapshot: the pools of the feeds read repeatably, and a batch is one transaction.
    private const string PublicVersion = "SELECT version, NULL::bigint, (now() AT TIME ZONE 'Asia/Shanghai')::date FROM pub.data_version";
    private const string OfficialVersion = "SELECT version, (SELECT max(position) FROM core.register_position), (now() AT TIME ZONE 'Asia/Shanghai')::date FROM pub.data_version";

    /// <summary>Answers a query with the version of the data it read; null when it is none of this lane's.</summary>
    /// <param name="set">The set.</param>
    /// <param name="rows">Its rows as the caller sees them.</param>
    /// <param name="targets">Rows of the sets that the ways followed lead to.</param>
    /// <param name="query">What is asked.</param>
    /// <param name="frame">What frames the rows.</param>
    /// <param name="written">Where whole rows are written down as they were at the ledger's last look; null where they are not.</param>
    /// <param name="cancel">Ends it early.</param>
    public async Task<(Answer Answer, FeedMoment Version)?> TryReadAsync(
        FastSet set, RowStatement rows, IReadOnlyList<RowStatement> targets, FastQuery query, Frame frame, WrittenRows? written, CancellationToken cancel)
    {
        if (written is not null && WrittenRows.Serve(query, frame, set.Layout) && await TryReadOnceAsync(set, rows, targets, query, frame, written, cancel) is { } found)
        {
            return found;
        }

        // Something was written since the ledger looked: the rows themselves tell.
        return await TryReadOnceAsync(set, rows, targets, query, frame, null, cancel);
    }

    private async Task<(Answer Answer, FeedMoment Version)?> TryReadOnceAsync(
        FastSet set, RowStatement rows, IReadOnlyList<RowStatement> targets, FastQuery query, Frame frame, WrittenRows? written, CancellationToken cancel)
    {
        List<FastExpand> ways = [];
        try
        {
            return Prepare(set, rows, targets, query, frame, written, ways) is var (statements, page) ? await ReadAsync(set, statements, ways, page, query, frame, cancel) : null;
        }
        finally
        {
            ways.ForEach(way => way.Dispose());
        }
    }

    private async Task<(Answer Answer, FeedMoment Version)?> ReadAsync(
        FastSet set, List<Statement> statements, List<FastExpand> ways, FastPage? page, FastQuery query, Frame frame, CancellationToken cancel)
    {
        await using var connection = await set.SourceOf(sources).OpenConnectionAsync(cancel);
        await using var batch = new NpgsqlBatch(connection);
        if (clock != TimeProvider.System)
        {
            var today = new NpgsqlBatchCommand("SELECT set_config('credit.today', $1, false)");
            today.Parameters.Add(new NpgsqlParameter<string> { TypedValue = clock.Today().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) });
            batch.BatchCommands.Add(today);
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand(set.Surface == Surface.Public ? PublicVersion : OfficialVersion));
        foreach (var statement in statements)
        {
            batch.BatchCommands.Add(statement.ToCommand());
        }

        var day = clock.Today();
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        if (clock != TimeProvider.System)
        {
            await reader.NextResultAsync(cancel);
        }

        var version = await VersionAsync(reader, day, cancel);
        if (page?.Written?.Are(version) == false)
        {
            return null;
        }

        long? count = null;
        if (query.Count || query.OnlyCount)
        {
            await reader.ReadAsync(cancel);
            count = reader.GetInt64(0);
            if (query.OnlyCount)
            {
                return (Answers.Number(count.Value), version);
            }

            await reader.NextResultAsync(cancel);
        }

        foreach (var way in ways.Where(way => !way.IsJoined))
        {
            await way.ReadAsync(reader, cancel);
        }

        return (query.Key is null ? await page!.ReadAsync(reader, count, cancel) : await WriteRowAsync(reader, set.Layout, query, frame, cancel)) is { } answer ? (answer, version) : null;
    }

    private async Task<FeedMoment> VersionAsync(NpgsqlDataReader reader, DateOnly before, CancellationToken cancel)
    {
        await reader.ReadAsync(cancel);
        var here = clock.Today();
        var there = clock == TimeProvider.System ? reader.GetFieldValue<DateOnly>(2) : here;
        FeedMoment version = new(reader.GetString(0), before == here && here == there ? here : null, reader.IsDBNull(1) ? 0 : reader.GetInt64(1));
        await reader.NextResultAsync(cancel);
        return version;
    }

    private static (List<Statement> Statements, FastPage? Page)? Prepare(
        FastSet set, RowStatement rows, IReadOnlyList<RowStatement> targets, FastQuery query, Frame frame, WrittenRows? written, List<FastExpand> ways)
    {
        List<Statement> statements = [];
        if (query.Count || query.OnlyCount)
        {
            var number = new Statement(rows).Add("SELECT count(*)").AddRows();
            if (!FastPage.TryFilter(number, set, query, place: null))
            {
                return null;
            }

            statements.Add(number);
        }

        if (query.OnlyCount)
        {
            return (statements, null);
        }

        foreach (var (way, target) in query.Expand.Zip(targets))
        {
            if (FastExpand.TryPrepare(way, target, set, rows, statement => FastPage.TryAdd(statement, set, query, query.Take), frame) is not { } made)
            {
                return null;
            }

            ways.Add(made.Way);
            if (made.Statement is not null)
            {
                statements.Add(made.Statement);
            }
        }

        if (FastPage.TryPrepare(set, rows, query, frame, ways, written) is not { } page)
        {
            return null;
        }

        statements.Add(page.Statement);
        return (statements, page.Page);
    }

    private static async Task<Answer> WriteRowAsync(NpgsqlDataReader reader, RowLayout all, FastQuery query, Frame frame, CancellationToken cancel)
    {
        if (!await reader.ReadAsync(cancel))
        {
            throw new QueryRefusedException(404, "not-found", frame.Place.Set, "没有这一行。", "There is no such row.");
        }

        var shown = query.Shown.Count == all.Columns.Length ? all : all.Only(query.Shown);
        var cells = new ReaderCells(reader, [.. shown.Columns.Select(column => Array.IndexOf(all.Columns, column))]);
        var every = new ReaderCells(reader, [.. Enumerable.Range(0, all.Columns.Length)]);
        using var whole = new AnswerBuffer();
        using (var tagged = new JsonAnswer(AnswerFormat.Json, frame.Place, all, whole))
        {
            tagged.Begin("", null);
            tagged.Row(every);
            tagged.End(null);
        }

        var tag = EntityTags.Of(whole.Written.Span, null, more: false, state: null, frame.Format);
        if (frame.Format.Kind == FormatKind.Json)
        {
            return Answers.Json(frame.Format, json => JsonRows.Write(json, frame.Format, frame.Place, shown, cells, frame.Context)) with { Tag = tag };
        }

        using var body = new AnswerBuffer();
        using (var answer = AnswerWriter.For(frame.Format, frame.Place, shown, body))
        {
            answer.Begin(frame.Context, null);
            answer.Row(cells);
            answer.End(null);
        }

        return new(frame.Format.ContentType, body.Written.ToArray()) { Tag = tag };
    }

    /// <summary>The value of a cell.</summary>
    public static object? ValueOf(in ReaderCells row, RowLayout layout, int cell) => row.IsNull(cell) ? null : layout.Columns[cell].Kind switch
    {
        CellKind.Text => row.Text(cell),
        CellKind.Guid => row.Guid(cell),
        CellKind.Boolean => row.Boolean(cell),
        CellKind.Int16 => (short)row.Int32(cell),
        CellKind.Int32 => row.Int32(cell),
        CellKind.Int64 => row.Int64(cell),
        CellKind.Decimal => row.Decimal(cell),
        CellKind.Double => row.Double(cell),
        CellKind.Date => row.Date(cell),
        CellKind.Instant => row.Instant(cell),
        CellKind.Time => row.Time(cell),
        _ => row.Other(cell),
    };
}
