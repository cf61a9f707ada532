using System.Linq.Expressions;
using System.Reflection;
using Credit.OData.Writing;
using Microsoft.EntityFrameworkCore;

namespace Credit.OData;

/// <summary>Answers any query of the profile: the options become LINQ over the rows of the set, and EF a few statements.</summary>
/// <param name="set">The set.</param>
/// <param name="around">What expressions may lean on.</param>
/// <param name="asked">The address asked for.</param>
internal sealed class FullLane(QueryableSet set, Surroundings around, Asked asked)
{
    // Everything a module's rows do happens in here; the request itself is not touched.
    public async Task<Answer> ReadAsync(IQueryable rows, BoundQuery query, CancellationToken cancel)
    {
        try
        {
            return await AnswerAsync(rows, query, cancel);
        }
        catch (Exception fault) when (fault is ArithmeticException or ArgumentOutOfRangeException or InvalidCastException)
        {
            // A value worked out of literals alone, or one too large to be read.
            throw QueryRefusedException.Invalid(Suspect(query));
        }
        catch (InvalidOperationException fault) when (fault.Message.Contains("could not be translated", StringComparison.Ordinal))
        {
            throw QueryRefusedException.Unsupported(Suspect(query));
        }
    }

    private static string Suspect(BoundQuery query) => query.Apply is not null ? "$apply" : query.Filter is not null ? "$filter" : query.Compute.Count > 0 ? "$compute" : "$orderby";

    /// <summary>One value of the one row asked for.</summary>
    /// <returns>False when there is no such row.</returns>
    public async Task<(bool Found, object? Value)> ValueAsync(IQueryable rows, Spot spot, PropertyInfo column, CancellationToken cancel)
    {
        var row = Expression.Parameter(set.Row, "row");
        var found = await At(rows, row, spot.Key, spot.Of).Limit(1).Values(row, [Expression.Property(row, column)]).ToListAsync(cancel);
        return found is [var values] ? (true, values[0]) : (false, null);
    }

    private async Task<Answer> AnswerAsync(IQueryable rows, BoundQuery query, CancellationToken cancel)
    {
        var row = Expression.Parameter(set.Row, "row");
        rows = At(rows, row, query.Key, query.Of);
        var (selection, grouped) = around.Built(rows, (of, own) =>
        {
            // What stands in the address comes before every option.
            var named = new Source(set, of, row, null, []);
            var left = query.Also.Aggregate(of, (kept, also) => kept.Where(row, QueryBinder.Parsed("$filter", () => named.Translator("$filter", own).Condition(also.Expression))));
            var source = query.Apply is { } apply ? new Grouping(set, own).Read(left, row, apply) : named with { Rows = left };
            return (new Selection(source, query, own), source.Named is not null);
        });
        return await ListAsync(selection, query, grouped, cancel);
    }

    private async Task<Answer> ListAsync(Selection selection, BoundQuery query, bool grouped, CancellationToken cancel)
    {
        if (query.OnlyCount)
        {
            return Answers.Number(await selection.Rows.Ones().LongCountAsync(cancel));
        }

        var table = await selection.PageAsync(asked.Next, cancel);
        if (query.Shows is not (Shows.Rows or Shows.References) && table.Rows.Count == 0)
        {
            // A way to one row may lead to none: that is an answer, not a wrong address.
            return query is { Of: not null, Key: null, Shows: Shows.Row or Shows.Reference }
                ? Answer.Nothing
                : throw new QueryRefusedException(404, "not-found", set.Name, "没有这一行。", "There is no such row.");
        }

        table = await new Expansion(around, asked, set).FollowAsync(table, selection.Along, query.Expand, cancel);
        var context = $"{asked.Root}/$metadata#{(grouped ? $"{set.Name}({string.Join(',', table.Layout.Columns.Take(table.Layout.Shown).Select(column => column.Name))})" : query.Context)}";
        return TableAnswer.Write(table, query, asked.Root, context) is var answer && query.IsTaggedByRows
            ? answer with { Tag = TableAnswer.TagOf(table, set.Layout, query.Format, asked) }
            : answer;
    }

    /// <summary>Only the row of a key, or rows another row leads to.</summary>
    private IQueryable At(IQueryable rows, ParameterExpression row, object? key, Related? of)
    {
        if (of is { Value: { } value })
        {
            rows = rows.Where(row, Same(Expression.Property(row, of.Column), value));
        }
        else if (of is not null)
        {
            rows = rows.Where(row, Expression.Constant(false));
        }

        return key is null ? rows : rows.Where(row, Same(Expression.Property(row, set.Shape.KeyColumn!), key));
    }

    private static BinaryExpression Same(MemberExpression column, object value) =>
        Expression.Equal(column, Expression.Convert(Translator.Parameter(value, value.GetType()), column.Type));
}

/// <summary>Rows to be read from: those of a set, or groups of them.</summary>
/// <param name="Set">The set.</param>
/// <param name="Rows">The rows.</param>
/// <param name="Row">One of them.</param>
/// <param name="Named">Values of groups by name, as they are shown; null for rows of the set.</param>
/// <param name="Unique">Names of values that together tell groups apart.</param>
internal sealed record Source(
    QueryableSet Set, IQueryable Rows, ParameterExpression Row, IReadOnlyList<(string Name, Term Value)>? Named, IReadOnlyList<string> Unique)
{
    /// <summary>Values of the one group of all rows where there are none: the database groups nothing into nothing.</summary>
    public object?[]? OfNothing { get; init; }

    /// <summary>A translator of expressions of one option over a row.</summary>
    public Translator Translator(string option, Surroundings around, IReadOnlyList<Computed>? computed = null)
    {
        var named = new Dictionary<string, Func<Translator, Term>>(StringComparer.Ordinal);
        foreach (var (name, value) in Named ?? [])
        {
            named[name] = _ => value;
        }

        foreach (var each in computed ?? [])
        {
            named[each.Name] = translator => translator.Value(each.Expression);
        }

        return new(option, around, Row, Named is null ? Set.Shape : null, named);
    }
}
