using System.Linq.Expressions;
using System.Reflection;
using Credit.OData.Writing;
using Microsoft.EntityFrameworkCore;

namespace Credit.OData;

/// <summary>What the options leave of rows: filtered, sorted, one page of it, as values.</summary>
internal sealed class Selection
{
    private readonly Source _source;
    private readonly BoundQuery _query;
    private readonly Paging _paging;
    private readonly RowLayout _layout;
    private readonly List<Expression> _values = [];
    private readonly int _places;
    private readonly int _sorted;

    /// <exception cref="QueryRefusedException">An option names what may not be asked for, or what is not supported.</exception>
    public Selection(Source source, BoundQuery query, Surroundings around)
    {
        (_source, _query) = (source, query);
        var rows = source.Rows;
        if (query.Filter is { } filter)
        {
            rows = rows.Where(source.Row, QueryBinder.Parsed("$filter", () => source.Translator("$filter", around, query.Compute).Condition(filter.Expression)));
        }

        if (query.Search is { } search)
        {
            rows = rows.Where(source.Row, new Searching(source.Row, source.Set.Shape.Searchable).Condition(search.Expression));
        }

        Rows = rows;
        var order = query.Order.Select(term => new SortedBy(Sorted(term, around), term.Descending)).ToList();
        order.AddRange(source.Unique.Select(name => new SortedBy(source.Named!.First(each => each.Name == name).Value, false)));
        _paging = new Paging(source.Row, order, query.OrderText ?? Paging.NameOf(query.Order));
        // What is only shown is worked out of the rows found: those may fail it.
        _layout = Shown(around with { Hazard = new() });
        _places = _values.Count;
        _values.AddRange(order.Select(each => each.Value.Whole));
        _sorted = order.Count;
    }

    /// <summary>The rows left, whatever the page.</summary>
    public IQueryable Rows { get; }

    /// <summary>Where a column stands among the values of a row.</summary>
    public Dictionary<string, int> Along { get; } = new(StringComparer.Ordinal);

    /// <summary>One page.</summary>
    /// <param name="next">Address of the page after a place.</param>
    /// <param name="cancel">Ends it early.</param>
    public async Task<Table> PageAsync(Func<int?, string, string> next, CancellationToken cancel)
    {
        long? count = _query.Count ? await Rows.Ones().LongCountAsync(cancel) : null;
        var take = _query.Shows is Shows.Rows or Shows.References ? Math.Min(_query.Top ?? int.MaxValue, _query.Page) : 1;
        var after = _query.SkipToken is { } token ? _paging.After(Rows, token) : Rows;
        var sorted = _paging.Sort(after);
        var read = await (_query.SkipToken is null && _query.Skip > 0 ? sorted.Offset(_query.Skip) : sorted).Limit(take + 1).Values(_source.Row, _values).ToListAsync(cancel);

        // One row more than shown tells whether there is a next page; $top ends the list by itself.
        var more = read.Count > take && (_query.Top is null || _query.Top > take);
        if (read.Count > take)
        {
            read.RemoveAt(take);
        }

        if (read.Count == 0 && take > 0 && _source.OfNothing is { } nothing && _query is { Filter: null, Skip: 0, SkipToken: null })
        {
            (read, count) = ([nothing], count is null ? null : 1);
        }

        return new Table(_source.Named is null ? _source.Set.Name : null, _layout, read) { Count = count, Next = more && take > 0 ? next(_query.Top - take, TokenAfter(read[^1])) : null };
    }

    /// <summary>Rows of several others at once, in the order asked for.</summary>
    /// <param name="to">Column that tells whose they are; rows come by it first.</param>
    /// <param name="of">Values of it.</param>
    /// <param name="most">Rows at most.</param>
    /// <param name="cancel">Ends it early.</param>
    public async Task<Table> OfManyAsync(PropertyInfo to, Array of, int most, CancellationToken cancel)
    {
        var column = Translator.Member(Expression.Property(_source.Row, to));
        var found = Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [column.Type], Translator.Parameter(of, of.GetType()), column.Bare);
        var rows = Rows.Where(_source.Row, Term.Where(found, column)).OrderBy(_source.Row, column.Bare, descending: false, first: true);
        return new Table(_source.Set.Name, _layout, await _paging.Sort(rows, first: false).Limit(most).Values(_source.Row, _values.Append(column.Bare)).ToListAsync(cancel));
    }

    /// <summary>The first rows of each of several others, in the order asked for.</summary>
    /// <param name="to">Column that tells whose they are; rows come by it first.</param>
    /// <param name="of">Values of it.</param>
    /// <param name="each">Rows of each at most.</param>
    /// <param name="most">Rows at most.</param>
    /// <param name="cancel">Ends it early.</param>
    public async Task<Table> OfEachAsync(PropertyInfo to, Array of, int each, int most, CancellationToken cancel)
    {
        var column = Translator.Member(Expression.Property(_source.Row, to));
        var found = Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [column.Type], Translator.Parameter(of, of.GetType()), column.Bare);
        var within = Rows.Where(_source.Row, Term.Where(found, column));
        var one = Expression.Parameter(column.Bare.Type, "one");
        var rows = within.SelectTo(_source.Row, column.Bare).Once()
            .Flat(one, _paging.Sort(within.Where(_source.Row, Expression.Equal(column.Bare, one))).Limit(each))
            .OrderBy(_source.Row, column.Bare, descending: false, first: true);
        return new Table(_source.Set.Name, _layout, await _paging.Sort(rows, first: false).Limit(most).Values(_source.Row, _values.Append(column.Bare)).ToListAsync(cancel));
    }

    /// <summary>How many rows each of several others leads to.</summary>
    public async Task<Dictionary<object, long>> CountOfManyAsync(PropertyInfo to, Array of, CancellationToken cancel)
    {
        var column = Translator.Member(Expression.Property(_source.Row, to));
        var found = Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [column.Type], Translator.Parameter(of, of.GetType()), column.Bare);
        var groups = Rows.Where(_source.Row, Term.Where(found, column)).GroupBy(_source.Row, column.Bare);
        var group = Expression.Parameter(groups.ElementType, "group");
        var counted = await groups.Values(group, [
            Expression.Property(group, "Key"), Expression.Call(typeof(Enumerable), nameof(Enumerable.LongCount), [_source.Row.Type], group)]).ToListAsync(cancel);
        return counted.ToDictionary(each => each[0]!, each => (long)each[1]!);
    }

    /// <summary>The place after a row.</summary>
    public string TokenAfter(object?[] row) => _paging.TokenAfter(row.Skip(_places).Take(_sorted));

    private Term Sorted(OrderTerm term, Surroundings around) => term.Column is { } column
        ? Translator.Member(Expression.Property(_source.Row, column))
        : QueryBinder.Parsed("$orderby", () => _source.Translator("$orderby", around, _query.Compute).Value(term.Expression!)) is { IsNullLiteral: false } value
            ? value
            : throw QueryRefusedException.Invalid("$orderby");

    private RowLayout Shown(Surroundings around)
    {
        List<AnswerColumn> columns = [];
        void Add(AnswerColumn column, Expression value)
        {
            Along[column.Name] = columns.Count;
            columns.Add(column);
            _values.Add(value);
        }

        foreach (var (name, value) in _source.Named ?? [])
        {
            Add(new(name, value.Whole.Type), value.Whole);
        }

        if (_source.Named is not null)
        {
            return new(null, [.. columns], columns.Count, -1);
        }

        var whole = _source.Set.Layout;
        foreach (var column in _query.Property is { } only ? [only] : _query.Columns)
        {
            Add(whole.Columns.First(each => each.Name == column.Name), Expression.Property(_source.Row, column));
        }

        var translator = _source.Translator("$compute", around, _query.Compute);
        foreach (var computed in _query.Compute.Where(computed => computed.Shown))
        {
            var value = QueryBinder.Parsed("$compute", () => translator.Value(computed.Expression));
            Add(new(computed.Name, value.Whole.Type), value.IsNullLiteral ? Expression.Constant(null, typeof(string)) : value.Whole);
        }

        var shown = columns.Count;
        var tagged = _query.IsTaggedByRows ? whole.Columns.Select(column => column.Member!) : [];
        foreach (var along in _query.Expand.Select(expand => expand.Way.From).Prepend(_source.Set.Shape.KeyColumn!).Concat(tagged).Where(column => !Along.ContainsKey(column.Name)))
        {
            if (!Along.ContainsKey(along.Name))
            {
                Add(whole.Columns.First(each => each.Name == along.Name), Expression.Property(_source.Row, along));
            }
        }

        return new(whole.Type, [.. columns], shown, Along[_source.Set.Shape.KeyColumn!.Name]) { Navigations = whole.Navigations };
    }
}
