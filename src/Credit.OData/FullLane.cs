using System.Globalization;
using System.Linq.Expressions;
using Credit.OData.Writing;
using Microsoft.EntityFrameworkCore;

namespace Credit.OData;

/// <summary>Answers any query of the profile: the options become LINQ over the rows of the set, and EF one statement.</summary>
internal sealed class FullLane<TRow>(string name, SetShape<TRow> shape, RowLayout layout)
    where TRow : class
{
    // Everything a module's rows do happens in here, their members read included; the request itself is not touched.
    public async Task<Answer> ReadAsync(IQueryable<TRow> rows, Asked asked, BoundQuery query, CancellationToken cancel)
    {
        var filtered = query.Filter is { } filter
            ? rows.Where(QueryBinder<TRow>.Parsed("$filter", () => new FilterTranslator<TRow>(shape.Filterable).Translate(filter)))
            : rows;
        if (query.OnlyCount)
        {
            return Answers.Text((await filtered.CountAsync(cancel)).ToString(CultureInfo.InvariantCulture));
        }

        var place = new Place(asked.Root, name);
        var shown = query.Columns.Length == layout.Shown ? null : query.Columns.Select(column => column.Name).ToArray();
        var columns = shown is null ? layout : layout.Only(shown);
        if (query.Key is not null)
        {
            var found = await ByKey(rows, query.Key).SingleOrDefaultAsync(cancel);
            return found is null
                ? throw new QueryRefusedException(404, "not-found", name, "没有这一行。", "There is no such row.")
                : Answers.Row(query.Format, place, place.Context(shown, single: true), columns, found);
        }

        var paging = new Paging<TRow>(query.Order);
        int? count = query.Count ? await filtered.CountAsync(cancel) : null;
        var after = query.SkipToken is { } token ? paging.After(filtered, token) : filtered;
        var take = Math.Min(query.Top ?? int.MaxValue, query.Page);
        var read = await paging.Sort(after).Skip(query.SkipToken is null ? query.Skip : 0).Take(take + 1).ToListAsync(cancel);

        // One row more than shown tells whether there is a next page; $top ends the list by itself.
        var more = read.Count > take && (query.Top is null || query.Top > take);
        if (read.Count > take)
        {
            read.RemoveAt(take);
        }

        return Answers.List(query.Format, place, place.Context(shown, single: false), columns, read, count, more ? asked.Next(query.Top - take, paging.TokenAfter(read[^1])) : null);
    }

    private IQueryable<TRow> ByKey(IQueryable<TRow> rows, object value)
    {
        var row = Expression.Parameter(typeof(TRow), "row");
        var key = shape.KeyColumn!;
        return rows.Where(Expression.Lambda<Func<TRow, bool>>(
            Expression.Equal(Expression.Property(row, key), Expression.Constant(value, key.PropertyType)), row));
    }
}
