using System.Linq.Expressions;
using Credit.OData.Writing;

namespace Credit.OData;

/// <summary>Follows the ways of <c>$expand</c>: for each way further statements over a whole page, never one for each row.</summary>
internal sealed class Expansion(Surroundings around, Asked asked, QueryableSet from, Expansion.Room? room = null)
{
    /// <summary>Rows read whole at most. Where there are more, the database is asked for the page of each row.</summary>
    private const int MostRead = 5000;

    /// <summary>Rows written at most: what ways lead to is written once for each row that leads there.</summary>
    private const int MostShown = 25_000;

    private readonly Room _room = room ?? new();

    /// <summary>The table with what the ways lead to inside of it.</summary>
    /// <exception cref="QueryRefusedException">They lead to too much; it is refused as soon as that is known, before the rest is read.</exception>
    public Task<Table> FollowAsync(Table table, IReadOnlyDictionary<string, int> along, IReadOnlyList<BoundExpand> expand, CancellationToken cancel)
    {
        _room.Take(expand.Count == 0 ? 0 : table.Rows.Count);
        return FollowAsync(table, [.. Enumerable.Repeat(1L, table.Rows.Count)], along, expand, cancel);
    }

    private async Task<Table> FollowAsync(Table table, long[] shown, IReadOnlyDictionary<string, int> along, IReadOnlyList<BoundExpand> expand, CancellationToken cancel)
    {
        if (expand.Count == 0 || table.Rows.Count == 0)
        {
            return table;
        }

        List<Inside> inside = [];
        foreach (var way in expand)
        {
            inside.Add(await FollowAsync(table, shown, along[way.Way.From.Name], way, cancel));
        }

        return table with { Inside = inside };
    }

    /// <param name="table">Rows that lead somewhere.</param>
    /// <param name="shown">How often each of them is written.</param>
    /// <param name="cell">Where what leads stands in them.</param>
    /// <param name="way">The way.</param>
    /// <param name="cancel">Ends it early.</param>
    private async Task<Inside> FollowAsync(Table table, long[] shown, int cell, BoundExpand way, CancellationToken cancel)
    {
        Dictionary<object, long> times = [];
        foreach (var (row, often) in table.Rows.Zip(shown))
        {
            if (row[cell] is { } key)
            {
                times[key] = times.GetValueOrDefault(key) + often;
            }
        }

        object[] keys = [.. times.Keys];
        var type = Nullable.GetUnderlyingType(way.Way.From.PropertyType) ?? way.Way.From.PropertyType;
        var selection = around.Built(around.Rows(way.Target), (rows, own) =>
            new Selection(new(way.Target, rows, Expression.Parameter(way.Target.Row, "row"), null, []), way.Query, own));
        var counts = way.Query.Count || way.Shows == ExpandShows.Count ? await selection.CountOfManyAsync(way.Way.To, Typed(keys, type), cancel) : null;
        var rows = way.Shows == ExpandShows.Count ? [] : await RowsAsync(selection, way, times, type, counts?.Values.Sum(), cancel);
        var layout = rows.Count > 0 ? rows.First().Value.Layout : way.Target.Layout;
        var whole = new Table(way.Target.Name, layout, [.. rows.Values.SelectMany(each => each.Rows)]);
        long[] again = [.. rows.SelectMany(each => Enumerable.Repeat(times[each.Key], each.Value.Rows.Count))];
        whole = await new Expansion(around, asked, way.Target, _room).FollowAsync(whole, again, selection.Along, way.Query.Expand, cancel);

        var first = 0;
        Dictionary<object, Table> found = [];
        foreach (var (key, each) in rows)
        {
            found[key] = whole.Only([.. Enumerable.Range(first, each.Rows.Count)]) with { Next = each.Next };
            first += each.Rows.Count;
        }

        var none = new Table(way.Target.Name, layout, []);
        return new(way.Way.Name, way.Shows, way.Single, [.. table.Rows.Select(row =>
            (row[cell] is { } key && found.TryGetValue(key, out var led) ? led : none) with
            {
                Count = counts is null ? null : row[cell] is { } counted ? counts.GetValueOrDefault(counted) : 0,
                Next = row[cell] is { } of && found.TryGetValue(of, out var page) && page.Next is { } token ? Next(table, row, way, token) : null,
            })]);
    }

    /// <summary>Rows by what leads to them, in the order asked for; <see cref="Table.Next"/> is the place after those shown.</summary>
    /// <param name="selection">The rows.</param>
    /// <param name="way">The way.</param>
    /// <param name="times">What leads to them, with how often it is written.</param>
    /// <param name="type">Type of it.</param>
    /// <param name="number">How many rows there are; null where that is not known.</param>
    /// <param name="cancel">Ends it early.</param>
    private async Task<Dictionary<object, Table>> RowsAsync(
        Selection selection, BoundExpand way, Dictionary<object, long> times, Type type, long? number, CancellationToken cancel)
    {
        var skip = way.Query.Skip;
        var take = way.Single ? 1 : Math.Min(way.Query.Top ?? int.MaxValue, way.Query.Page);
        Dictionary<object, Table> found = [];
        var left = times.Keys.ToHashSet();

        // Where their number is known to be too large there is no use in sorting them all to read some.
        var all = false;
        if (!(number >= MostRead))
        {
            var read = await selection.OfManyAsync(way.Way.To, Typed([.. left], type), MostRead, cancel);
            all = read.Rows.Count < MostRead;
            foreach (var group in read.Rows.GroupBy(row => row[^1]!))
            {
                // The last group of a full read may go on: it is whole enough, or it is read again.
                var rows = group.ToList();
                if (all || rows.Count > skip + take || !group.Key.Equals(read.Rows[^1][^1]))
                {
                    Keep(group.Key, Page(selection, way, read, rows, skip, take));
                    left.Remove(group.Key);
                }
            }
        }

        if (!all && left.Count > 0)
        {
            var most = MostShown + left.Count;
            var read = await selection.OfEachAsync(way.Way.To, Typed([.. left], type), skip + take + 1, most + 1, cancel);
            if (read.Rows.Count > most)
            {
                throw TooMuch();
            }

            foreach (var group in read.Rows.GroupBy(row => row[^1]!))
            {
                Keep(group.Key, Page(selection, way, read, [.. group], skip, take));
            }
        }

        return found;

        void Keep(object key, Table page)
        {
            _room.Take(times[key] * page.Rows.Count);
            found[key] = page;
        }
    }

    private static Table Page(Selection selection, BoundExpand way, Table read, IReadOnlyList<object?[]> rows, int skip, int take)
    {
        var page = rows.Skip(skip).Take(take).ToList();
        var more = !way.Single && rows.Count > skip + take && (way.Query.Top is null || way.Query.Top > take) && page.Count > 0;
        return read with { Rows = page, Next = more ? selection.TokenAfter(page[^1]) : null };
    }

    private string Next(Table table, object?[] row, BoundExpand way, string token)
    {
        var address = $"{new Place(asked.Root, from.Name).AddressOf(new ValueCells(row), table.Layout)}/{way.Way.Name}";
        return asked.Along(address, way.Query.Said, way.Query.Top - way.Query.Page, token);
    }

    private static Array Typed(object[] keys, Type type)
    {
        var typed = Array.CreateInstance(type, keys.Length);
        Array.Copy(keys, typed, keys.Length);
        return typed;
    }

    private static QueryRefusedException TooMuch() => QueryRefusedException.TooMuch("$expand", $"{MostShown} rows; ask for smaller pages");

    /// <summary>What is left of the rows that may be written.</summary>
    internal sealed class Room
    {
        private long _left = MostShown;

        /// <exception cref="QueryRefusedException">There are not that many left.</exception>
        public void Take(long rows)
        {
            if ((_left -= rows) < 0)
            {
                throw TooMuch();
            }
        }
    }
}
