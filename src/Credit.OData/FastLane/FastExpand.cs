using System.Text.Json;
using Credit.OData.Writing;
using Npgsql;

namespace Credit.OData.FastLane;

/// <summary>
/// One way followed from all rows of a page. What leads to one row at most is joined to the page. Else there is one statement in the batch of the page,
/// before it, which finds the page's own keys once more and takes from each no more rows than are shown; what it leads to is written at once and kept as
/// bytes until its row comes.
/// </summary>
internal sealed class FastExpand : IDisposable
{
    private readonly BoundExpand _way;
    private readonly FastQuery _query;
    private readonly Frame _frame;
    private readonly RowLayout _from;
    private readonly RowStatement _target;
    private readonly RowLayout _shown;
    private readonly Place _place;
    private readonly int _cell;
    private readonly AnswerBuffer _bytes = new();
    private readonly Dictionary<object, (int Start, int End, object?[]? Last)> _found = [];

    private ReaderCells? _joined;

    private FastExpand(BoundExpand way, FastQuery query, Frame frame, RowLayout from, RowStatement target)
    {
        (_way, _query, _frame, _from, _target) = (way, query with { Take = way.Single ? 1 : query.Take }, frame, from, target);
        _place = new Place(frame.Place.Root, way.Target.Name);
        _cell = Array.FindIndex(from.Columns, column => column.Name == way.Way.From.Name);
        _shown = _query.Shown.Count == All.Columns.Length ? All : All.Only(_query.Shown);
    }

    /// <summary>What it leads to stands in the rows of the page itself.</summary>
    public bool IsJoined => _way.Single && _query.Skip == 0;

    private RowLayout All => _way.Target.Layout;

    /// <summary>Prepares a way and its statement; null when it is none of this lane's.</summary>
    /// <param name="way">The way.</param>
    /// <param name="target">Rows of the set it leads to, as the caller sees them.</param>
    /// <param name="from">The set it begins at.</param>
    /// <param name="page">Selects the page's rows, from FROM to its limit, onto a statement that began with their columns.</param>
    /// <param name="rows">Rows of that set.</param>
    /// <param name="frame">Frame of the answer.</param>
    /// <returns>The way, and its statement when it is not joined to the page.</returns>
    public static (FastExpand Way, Statement? Statement)? TryPrepare(BoundExpand way, RowStatement target, FastSet from, RowStatement rows, Func<Statement, bool> page, Frame frame)
    {
        if (FastQuery.Of(way.Query) is not { } query)
        {
            return null;
        }

        var made = new FastExpand(way, query, frame, from.Layout, target);
        if (made.IsJoined)
        {
            return (made, null);
        }

        var statement = new Statement(rows).Add("SELECT ").AddColumns(made.All.Columns).Add(", p.k FROM (SELECT DISTINCT r.k FROM (SELECT ").AddColumn(way.Way.From.Name).Add(" AS k");
        if (!page(statement))
        {
            return null;
        }

        statement.Add(") AS r) AS p CROSS JOIN LATERAL (SELECT ").AddColumns(made.All.Columns).AddRows(target).Add(" WHERE ").AddColumn(way.Way.To.Name).Add(" = p.k");
        if (!made.TryFilter(statement))
        {
            return null;
        }

        statement.AddOrder(query.Order, made.All).Add(" LIMIT ").Add(made._query.Take + (way.Single ? 0 : 1)).Add(" OFFSET ").Add(query.Skip);
        return (made, statement.Add(") AS r").AddOrder(query.Order, made.All, first: "p.k"));
    }

    /// <summary>It begins at this column.</summary>
    public bool Begins(AnswerColumn column) => column.Name == _way.Way.From.Name;

    /// <summary>Adds the columns of the row joined to those of the page.</summary>
    public void AddColumns(Statement statement) => statement.Add(", ").AddColumns(_shown.Columns, Called);

    /// <summary>Joins the row it leads to to rows that are called <c>o</c>; false when the statement is of no use any more.</summary>
    public bool TryJoin(Statement statement)
    {
        statement.Add(" LEFT JOIN LATERAL (SELECT ").AddColumns(_shown.Columns).AddRows(_target)
            .Add(" WHERE ").AddColumn(_way.Way.To.Name).Add(" = ").AddColumn(_way.Way.From.Name, "o");
        if (!TryFilter(statement))
        {
            return false;
        }

        statement.Add(") AS ").Add(Called).Add(" ON TRUE");
        return true;
    }

    /// <summary>Tells where in the rows the joined one begins; where the next begins.</summary>
    public int Stand(NpgsqlDataReader reader, int at)
    {
        _joined = new ReaderCells(reader, [.. Enumerable.Range(at, _shown.Columns.Length)]);
        return at + _shown.Columns.Length;
    }

    /// <summary>Reads what the way leads to.</summary>
    public async Task ReadAsync(NpgsqlDataReader reader, CancellationToken cancel)
    {
        var cells = new ReaderCells(reader, [.. _shown.Columns.Select(column => Array.IndexOf(All.Columns, column))]);
        var every = new ReaderCells(reader, [.. Enumerable.Range(0, All.Columns.Length)]);
        var key = new ReaderCells(reader, [.. Enumerable.Repeat(All.Columns.Length, _from.Columns.Length)]);
        using var json = new Utf8JsonWriter(_bytes, JsonValues.Writing);
        (object Key, int Start, int Rows, object?[]? Last, bool More)? group = null;
        while (await reader.ReadAsync(cancel))
        {
            var of = ReaderLane.ValueOf(key, _from, _cell)!;
            if (group is null || !group.Value.Key.Equals(of))
            {
                Close(json, group);
                group = (of, _bytes.Length, 0, null, false);
                if (!_way.Single)
                {
                    json.WriteStartArray();
                }
            }

            if (group.Value.Rows == _query.Take)
            {
                group = group.Value with { More = true };
                continue;
            }

            JsonRows.Write(json, _frame.Format, _place, _shown, cells);
            group = group.Value with
            {
                Rows = group.Value.Rows + 1,
                Last = group.Value.Rows + 1 == _query.Take ? [.. _query.Order.Select(each => ReaderLane.ValueOf(every, All, Array.FindIndex(All.Columns, column => column.Name == each.Column.Name)))] : null,
            };
        }

        Close(json, group);
        await reader.NextResultAsync(cancel);
    }

    /// <summary>Writes what the way leads to from a row of the page.</summary>
    public void Write(Utf8JsonWriter json, in ReaderCells row)
    {
        json.WritePropertyName(_way.Way.Name);
        if (_joined is { } joined)
        {
            if (joined.IsNull(_shown.Key))
            {
                json.WriteNullValue();
            }
            else
            {
                JsonRows.Write(json, _frame.Format, _place, _shown, joined);
            }

            return;
        }

        if (row.IsNull(_cell) || !_found.TryGetValue(ReaderLane.ValueOf(row, _from, _cell)!, out var found))
        {
            json.WriteRawValue(_way.Single ? "null"u8 : "[]"u8, skipInputValidation: true);
            return;
        }

        json.WriteRawValue(_bytes.Written.Span[found.Start..found.End], skipInputValidation: true);
        if (found.Last is { } last)
        {
            json.WriteString(
                ControlLabels.For(_frame.Format).Of(_way.Way.Name, "nextLink"),
                _frame.Asked.Along($"{_frame.Place.AddressOf(row, _from)}/{_way.Way.Name}", _way.Query.Said, _way.Query.Top - _way.Query.Page, Paging.TokenAfter(Paging.NameOf(_way.Query.Order), last)));
        }
    }

    public void Dispose() => _bytes.Dispose();

    // Names of ways hold letters, digits and underscores only, and none is there twice.
    private string Called => "w_" + _way.Way.Name;

    private bool TryFilter(Statement statement)
    {
        var filter = new FastFilter(statement, All, _way.Target.Shape.Filterable);
        foreach (var each in _query.Filters)
        {
            statement.Add(" AND ");
            if (!filter.TryAdd(each))
            {
                return false;
            }
        }

        return true;
    }

    private void Close(Utf8JsonWriter json, (object Key, int Start, int Rows, object?[]? Last, bool More)? group)
    {
        if (group is not { } ended)
        {
            return;
        }

        if (!_way.Single)
        {
            json.WriteEndArray();
        }

        json.Flush();
        json.Reset();
        var goesOn = ended.More && !_way.Single && (_way.Query.Top is null || _way.Query.Top > _query.Take);
        _found[ended.Key] = (ended.Start, _bytes.Length, goesOn ? ended.Last : null);
    }
}
