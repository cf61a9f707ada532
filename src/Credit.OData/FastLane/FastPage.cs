using System.Text.Json;
using Credit.OData.Writing;
using Npgsql;

namespace Credit.OData.FastLane;

/// <summary>
/// The page of a list: its statement, and the answer written from the reader. Rows come cell by cell, or whole as the ledger wrote them down; what a way
/// to one row leads to stands in the same row.
/// </summary>
internal sealed class FastPage
{
    private readonly FastSet _set;
    private readonly FastQuery _query;
    private readonly Frame _frame;
    private readonly IReadOnlyList<FastExpand> _ways;
    private readonly AnswerColumn[] _columns;

    private FastPage(FastSet set, FastQuery query, Frame frame, IReadOnlyList<FastExpand> ways, WrittenRows? written)
    {
        (_set, _query, _frame, _ways, Written) = (set, query, frame, ways, written);
        var all = set.Layout.Columns;
        _columns = written is null ? all : [.. all.Where((column, cell) => cell == set.Layout.Key || query.Order.Any(each => each.Column.Name == column.Name) || ways.Any(way => way.Begins(column)))];
    }

    /// <summary>Where its rows are written down; null when they are read cell by cell.</summary>
    public WrittenRows? Written { get; }

    /// <summary>Prepares a page and its statement; null when it is none of this lane's.</summary>
    /// <param name="set">The set.</param>
    /// <param name="rows">Its rows as the caller sees them.</param>
    /// <param name="query">What is asked.</param>
    /// <param name="frame">What frames the rows.</param>
    /// <param name="ways">Ways followed from the rows.</param>
    /// <param name="written">Where its rows are written down whole; null when they are to be read cell by cell.</param>
    public static (FastPage Page, Statement Statement)? TryPrepare(FastSet set, RowStatement rows, FastQuery query, Frame frame, IReadOnlyList<FastExpand> ways, WrittenRows? written)
    {
        var page = new FastPage(set, query, frame, ways, written);
        var joined = ways.Where(way => way.IsJoined).ToArray();
        var statement = new Statement(rows);
        var outside = written is not null || joined.Length > 0;
        if (outside)
        {
            statement.Add("SELECT ").Add(written is null ? "" : "v.\"row\"::text, ").AddColumns(page._columns, "o");
            Array.ForEach(joined, way => way.AddColumns(statement));
            statement.Add(" FROM (");
        }

        // One row more tells whether there is a next page.
        statement.Add("SELECT ").AddColumns(page._columns);
        if (!TryAdd(statement, set, query, query.Take + 1))
        {
            return null;
        }

        if (outside)
        {
            statement.Add(") AS o");
            written?.JoinTo(statement, set.Layout);
            if (!Array.TrueForAll(joined, way => way.TryJoin(statement)))
            {
                return null;
            }

            statement.AddOrder(query.Order, set.Layout, of: "o");
        }

        return (page, statement);
    }

    /// <summary>Adds the rows of a page, from FROM to the limit. The limit is a literal: the planner sees how few rows are wanted.</summary>
    public static bool TryAdd(Statement statement, FastSet set, FastQuery query, int rows)
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

    /// <summary>Adds the conditions of a query; false when one is none of this lane's.</summary>
    public static bool TryFilter(Statement statement, FastSet set, FastQuery query, object?[]? place)
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

    /// <summary>Reads the page into an answer; null when a row is not written down where it should be.</summary>
    public async Task<Answer?> ReadAsync(NpgsqlDataReader reader, long? count, CancellationToken cancel)
    {
        var all = _set.Layout;
        var first = Written is null ? 0 : 1;
        int[] positions = [.. all.Columns.Select(column => Array.IndexOf(_columns, column) is >= 0 and var at ? first + at : -1)];
        var shown = _query.Shown.Count == all.Columns.Length ? all : all.Only(_query.Shown);
        var every = new ReaderCells(reader, positions);
        var cells = ReferenceEquals(shown, all) ? every : new ReaderCells(reader, [.. shown.Columns.Select(column => Array.IndexOf(all.Columns, column))]);
        Stand(reader, first + _columns.Length);
        var body = new AnswerBuffer();
        using var whole = EntityTags.IsMadeOf(_frame.Format, shown, all) ? null : new AnswerBuffer();
        var given = false;
        try
        {
            using var answer = AnswerWriter.For(_frame.Format, _frame.Place, shown, body);
            using var tagged = whole is null ? (JsonAnswer)answer : new JsonAnswer(AnswerFormat.Json, _frame.Place, all, whole);
            answer.Begin(_frame.Context, count);
            if (whole is not null)
            {
                tagged.Begin("", null);
            }

            Action<Utf8JsonWriter>? inside = _ways.Count == 0 ? null : json => Inside(json, every);
            object?[]? last = null;
            var more = false;
            for (var number = 0; await reader.ReadAsync(cancel); number++)
            {
                if (number == _query.Take)
                {
                    more = _frame.Next is not null;
                    break;
                }

                if (Written is null)
                {
                    answer.Row(cells, inside);
                }
                else if (reader.IsDBNull(0))
                {
                    return null;
                }
                else
                {
                    tagged.Row(reader.GetFieldValue<ReadOnlyMemory<byte>>(0).Span, inside);
                }

                if (whole is not null)
                {
                    tagged.Row(every);
                }

                if (number == _query.Take - 1 && _frame.Next is not null)
                {
                    last = [.. _query.Order.Select(each => ReaderLane.ValueOf(every, all, Array.FindIndex(all.Columns, column => column.Name == each.Column.Name)))];
                }
            }

            var next = more ? _frame.Next!(last!) : null;
            answer.End(next);
            if (whole is not null)
            {
                tagged.End(null);
            }

            given = true;
            return new(_frame.Format.ContentType, body.Written)
            {
                Lent = body,
                Next = _frame.Format.Kind == FormatKind.Json ? null : next,
                Tag = _ways.Count > 0 ? null : EntityTags.Of((whole ?? body).Written.Span[tagged.Rows], count, more, _frame.Asked.AsOf, _frame.Format),
            };
        }
        finally
        {
            if (!given)
            {
                body.Dispose();
            }
        }
    }

    private void Stand(NpgsqlDataReader reader, int at)
    {
        foreach (var way in _ways.Where(way => way.IsJoined))
        {
            at = way.Stand(reader, at);
        }
    }

    private void Inside(Utf8JsonWriter json, in ReaderCells row)
    {
        foreach (var way in _ways)
        {
            way.Write(json, row);
        }
    }
}
