using System.Globalization;
using System.Reflection;
using System.Text;
using Credit.OData.Writing;
using Npgsql;
using NpgsqlTypes;

namespace Credit.OData.FastLane;

/// <summary>One statement in the making: its text depends on the shape of the query alone, its values are parameters.</summary>
internal sealed class Statement
{
    private readonly StringBuilder _text = new(1024);
    private readonly List<NpgsqlParameter> _parameters;

    public Statement(RowStatement rows)
    {
        Rows = rows;
        _parameters = [.. rows.Parameters.Select(parameter => parameter.Clone())];
    }

    public RowStatement Rows { get; }

    public Statement Add(string text)
    {
        _text.Append(text);
        return this;
    }

    public Statement Add(int number)
    {
        _text.Append(number.ToString(CultureInfo.InvariantCulture));
        return this;
    }

    /// <summary>Rows of another set, whose parameters come after those that are there.</summary>
    public Statement AddRows(RowStatement other)
    {
        var first = _parameters.Count;
        _parameters.AddRange(other.Parameters.Select(parameter => parameter.Clone()));
        _text.Append(" FROM (").Append(other.From(first)).Append(") AS r");
        return this;
    }

    /// <summary>A column of the rows. Names of members hold letters, digits and underscores only.</summary>
    /// <param name="name">Name of the member.</param>
    /// <param name="of">What the rows are called here.</param>
    public Statement AddColumn(string name, string of = "r")
    {
        _text.Append(of).Append(".\"").Append(name).Append('"');
        return this;
    }

    /// <summary>A value.</summary>
    public Statement AddValue(object value)
    {
        _parameters.Add(Parameter(value));
        _text.Append('$').Append(_parameters.Count.ToString(CultureInfo.InvariantCulture));
        return this;
    }

    /// <summary>Columns in this order.</summary>
    public Statement AddColumns(IReadOnlyList<AnswerColumn> columns, string of = "r")
    {
        for (var cell = 0; cell < columns.Count; cell++)
        {
            _text.Append(cell == 0 ? "" : ", ");
            AddColumn(columns[cell].Name, of);
        }

        return this;
    }

    public Statement AddRows()
    {
        _text.Append(" FROM (").Append(Rows.Sql).Append(") AS r");
        return this;
    }

    /// <summary>Sorted so that null is below every value (OData 4.01). Where nothing is null, PostgreSQL's own order reads an index as it stands.</summary>
    /// <param name="order">The order.</param>
    /// <param name="layout">Columns of the rows.</param>
    /// <param name="first">What goes before it.</param>
    /// <param name="of">What the rows are called here.</param>
    public Statement AddOrder(IReadOnlyList<(PropertyInfo Column, bool Descending)> order, RowLayout layout, string? first = null, string of = "r")
    {
        _text.Append(" ORDER BY ").Append(first);
        for (var i = 0; i < order.Count; i++)
        {
            _text.Append(i == 0 && first is null ? "" : ", ");
            AddColumn(order[i].Column.Name, of);
            _text.Append(order[i].Descending ? " DESC" : "");
            if (IsNullable(layout, order[i].Column.Name))
            {
                _text.Append(order[i].Descending ? " NULLS LAST" : " NULLS FIRST");
            }
        }

        return this;
    }

    /// <summary>Only rows after a place in this order.</summary>
    public Statement AddAfter(IReadOnlyList<(PropertyInfo Column, bool Descending)> order, object?[] place, RowLayout layout)
    {
        // (a > x) OR (a = x AND ((b > y) OR (b = y AND …))), with a >= x in front: the planner goes straight to the place in an index.
        if (place[0] is { } first && !(order[0].Descending && IsNullable(layout, order[0].Column.Name)))
        {
            AddColumn(order[0].Column.Name).Add(order[0].Descending ? " <= " : " >= ").AddValue(first).Add(" AND ");
        }

        AddAfter(order, place, layout, 0);
        return this;
    }

    public NpgsqlBatchCommand ToCommand()
    {
        var command = new NpgsqlBatchCommand(_text.ToString());
        foreach (var parameter in _parameters)
        {
            command.Parameters.Add(parameter);
        }

        return command;
    }

    public override string ToString() => _text.ToString();

    private void AddAfter(IReadOnlyList<(PropertyInfo Column, bool Descending)> order, object?[] place, RowLayout layout, int i)
    {
        var (column, descending) = (order[i].Column.Name, order[i].Descending);
        Add("(");
        AddBeyond(column, descending, place[i], IsNullable(layout, column));
        if (i + 1 < order.Count)
        {
            Add(" OR (");
            if (place[i] is { } value)
            {
                AddColumn(column).Add(" = ").AddValue(value);
            }
            else
            {
                AddColumn(column).Add(" IS NULL");
            }

            Add(" AND ");
            AddAfter(order, place, layout, i + 1);
            Add(")");
        }

        Add(")");
    }

    // Null is below every value: up from it come all values, down from a value comes null at the end.
    private void AddBeyond(string column, bool descending, object? value, bool nullable)
    {
        switch (value, descending)
        {
            case (null, false):
                AddColumn(column).Add(" IS NOT NULL");
                break;
            case (null, true):
                Add("FALSE");
                break;
            case (_, false):
                AddColumn(column).Add(" > ").AddValue(value);
                break;
            default:
                AddColumn(column).Add(" < ").AddValue(value);
                if (nullable)
                {
                    Add(" OR ").AddColumn(column).Add(" IS NULL");
                }

                break;
        }
    }

    private static bool IsNullable(RowLayout layout, string column) => Array.Find(layout.Columns, each => each.Name == column)!.IsNullable;

    private static NpgsqlParameter Parameter(object value) => value switch
    {
        string text => new NpgsqlParameter<string> { TypedValue = text, NpgsqlDbType = NpgsqlDbType.Text },
        Guid id => new NpgsqlParameter<Guid> { TypedValue = id, NpgsqlDbType = NpgsqlDbType.Uuid },
        bool flag => new NpgsqlParameter<bool> { TypedValue = flag, NpgsqlDbType = NpgsqlDbType.Boolean },
        short number => new NpgsqlParameter<short> { TypedValue = number, NpgsqlDbType = NpgsqlDbType.Smallint },
        int number => new NpgsqlParameter<int> { TypedValue = number, NpgsqlDbType = NpgsqlDbType.Integer },
        long number => new NpgsqlParameter<long> { TypedValue = number, NpgsqlDbType = NpgsqlDbType.Bigint },
        decimal number => new NpgsqlParameter<decimal> { TypedValue = number, NpgsqlDbType = NpgsqlDbType.Numeric },
        double number => new NpgsqlParameter<double> { TypedValue = number, NpgsqlDbType = NpgsqlDbType.Double },
        DateOnly day => new NpgsqlParameter<DateOnly> { TypedValue = day, NpgsqlDbType = NpgsqlDbType.Date },
        DateTimeOffset instant => new NpgsqlParameter<DateTime> { TypedValue = instant.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz },
        TimeOnly time => new NpgsqlParameter<TimeOnly> { TypedValue = time, NpgsqlDbType = NpgsqlDbType.Time },
        Array list => new NpgsqlParameter { Value = list, NpgsqlDbType = NpgsqlDbType.Array | TypeOf(list.GetType().GetElementType()!) },
        _ => throw new NotSupportedException($"{value.GetType()} is no value of a statement."),
    };

    private static NpgsqlDbType TypeOf(Type type) => CellKinds.Of(type) switch
    {
        CellKind.Text => NpgsqlDbType.Text,
        CellKind.Guid => NpgsqlDbType.Uuid,
        CellKind.Boolean => NpgsqlDbType.Boolean,
        CellKind.Int16 => NpgsqlDbType.Smallint,
        CellKind.Int32 => NpgsqlDbType.Integer,
        CellKind.Int64 => NpgsqlDbType.Bigint,
        CellKind.Decimal => NpgsqlDbType.Numeric,
        CellKind.Double => NpgsqlDbType.Double,
        CellKind.Date => NpgsqlDbType.Date,
        CellKind.Instant => NpgsqlDbType.TimestampTz,
        CellKind.Time => NpgsqlDbType.Time,
        _ => throw new NotSupportedException($"{type} is no value of a statement."),
    };
}
