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
    /// <param name="cancel">Ends it early.</param>
    public async Task<(Answer Answer, FeedMoment Version)?> TryReadAsync(
        FastSet set, RowStatement rows, IReadOnlyList<RowStatement> targets, FastQuery query, Frame frame, CancellationToken cancel)
    {
        List<FastExpand> ways = [];
        try
        {
            return Prepare(set, rows, targets, query, frame, ways) is { } statements ? await ReadAsync(set, statements, ways, query, frame, cancel) : null;
        }
        finally
        {
            ways.ForEach(way => way.Dispose());
        }
    }

    private async Task<(Answer Answer, FeedMoment Version)> ReadAsync(
        FastSet set, List<Statement> statements, List<FastExpand> ways, FastQuery query, Frame frame, CancellationToken cancel)
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

        foreach (var way in ways)
        {
            await way.ReadAsync(reader, cancel);
        }

        return (query.Key is null
            ? await WriteAsync(reader, set.Layout, ways, query, frame, count, cancel)
            : await WriteRowAsync(reader, set.Layout, query, frame, cancel), version);
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

    private static List<Statement>? Prepare(FastSet set, RowStatement rows, IReadOnlyList<RowStatement> targets, FastQuery query, Frame frame, List<FastExpand> ways)
    {
        List<Statement> statements = [];
        if (query.Count || query.OnlyCount)
        {
            var number = new Statement(rows).Add("SELECT count(*)").AddRows();
            if (!TryFilter(number, set, query, place: null))
            {
                return null;
            }

            statements.Add(number);
        }

        if (query.OnlyCount)
        {
            return statements;
        }

        foreach (var (way, target) in query.Expand.Zip(targets))
        {
            if (FastExpand.TryPrepare(way, target, set, rows, statement => TryPage(statement, set, query, query.Take), frame) is not { } made)
            {
                return null;
            }

            ways.Add(made.Way);
            statements.Add(made.Statement);
        }

        // One row more tells whether there is a next page.
        var page = new Statement(rows).Add("SELECT ").AddColumns(set.Layout);
        if (!TryPage(page, set, query, query.Take + 1))
        {
            return null;
        }

        statements.Add(page);
        return statements;
    }

    // The limit is a literal: the planner sees how few rows are wanted.
    private static bool TryPage(Statement statement, FastSet set, FastQuery query, int rows)
    {
        if (!TryFilter(statement.AddRows(), set, query, query.Place))
        {
            return false;
        }

        if (query.Key is null)
        {
            statement.AddOrder(query.Order, set.Layout);
        }

        statement.Add(" LIMIT ").Add(rows);
        if (query.Skip > 0)
        {
            statement.Add(" OFFSET ").Add(query.Skip);
        }

        return true;
    }

    private static bool TryFilter(Statement statement, FastSet set, FastQuery query, object?[]? place)
    {
        var filter = new FastFilter(statement, set.Layout, set.Filterable);
        var joint = " WHERE ";
        foreach (var each in query.Filters)
        {
            statement.Add(joint);
            if (!filter.TryAdd(each))
            {
                return false;
            }

            joint = " AND ";
        }

        if (query.Key is { } key)
        {
            statement.Add(joint).AddColumn(set.Layout.Columns[set.Layout.Key].Name).Add(" = ").AddValue(key);
            joint = " AND ";
        }

        if (place is not null)
        {
            statement.Add(joint).AddAfter(query.Order, place, set.Layout);
        }

        return true;
    }

    private static async Task<Answer> WriteAsync(
        NpgsqlDataReader reader, RowLayout all, List<FastExpand> ways, FastQuery query, Frame frame, long? count, CancellationToken cancel)
    {
        var shown = query.Shown.Count == all.Columns.Length ? all : all.Only(query.Shown);
        var cells = new ReaderCells(reader, [.. shown.Columns.Select(column => Array.IndexOf(all.Columns, column))]);
        var every = new ReaderCells(reader, [.. Enumerable.Range(0, all.Columns.Length)]);
        var body = new AnswerBuffer();
        using var whole = EntityTags.IsMadeOf(frame.Format, shown, all) ? null : new AnswerBuffer();
        try
        {
            using var answer = AnswerWriter.For(frame.Format, frame.Place, shown, body);
            using var tagged = whole is null ? (JsonAnswer)answer : new JsonAnswer(AnswerFormat.Json, frame.Place, all, whole);
            answer.Begin(frame.Context, count);
            if (whole is not null)
            {
                tagged.Begin("", null);
            }

            Action<Utf8JsonWriter>? inside = ways.Count == 0 ? null : json => ways.ForEach(way => way.Write(json, every));
            object?[]? last = null;
            var more = false;
            for (var number = 0; await reader.ReadAsync(cancel); number++)
            {
                if (number == query.Take)
                {
                    more = frame.Next is not null;
                    break;
                }

                answer.Row(cells, inside);
                if (whole is not null)
                {
                    tagged.Row(every);
                }

                if (number == query.Take - 1)
                {
                    last = [.. query.Order.Select(each => ValueOf(every, all, Array.FindIndex(all.Columns, column => column.Name == each.Column.Name)))];
                }
            }

            var next = more ? frame.Next!(last!) : null;
            answer.End(next);
            if (whole is not null)
            {
                tagged.End(null);
            }

            return new(frame.Format.ContentType, body.Written.ToArray())
            {
                Next = frame.Format.Kind == FormatKind.Json ? null : next,
                Tag = ways.Count > 0 ? null : EntityTags.Of((whole ?? body).Written.Span[tagged.Rows], count, more, frame.Format),
            };
        }
        finally
        {
            body.Dispose();
        }
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

        var tag = EntityTags.Of(whole.Written.Span, null, more: false, frame.Format);
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
