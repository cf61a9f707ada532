using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Credit.Abstractions;
using Credit.Core.Http;
using Credit.Core.Store;
using Credit.OData.Writing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.OData.Changes;

/// <summary>A set whose rows are not the same for every caller: the rows one may see, by columns of the row, so that old versions can be judged, too.</summary>
internal interface IScopedSet<TRow>
{
    /// <summary>Those of the rows that the caller may see.</summary>
    IQueryable<TRow> Within(IQueryable<TRow> rows);
}

/// <summary>What changes rows of a set.</summary>
/// <param name="Kind">Kind of aggregate in the log.</param>
/// <param name="Keys">SQL that gives (key of the row, aggregate) for the aggregates <c>$1</c>; null when the aggregate is the row.</param>
internal sealed record Follow(string Kind, string? Keys);

/// <summary>Declares what a set follows. Such a set has delta links, changes, traversals as of a position, and files.</summary>
internal static class Following
{
    /// <summary>Rows change with the aggregate that is their key.</summary>
    public static ISetShape<TRow> Follows<TRow>(this ISetShape<TRow> shape, string kind)
        where TRow : class => shape.Follows(kind, null);

    /// <summary>Rows change with an aggregate that leads to their keys.</summary>
    /// <param name="shape">The set's shape.</param>
    /// <param name="kind">Kind of aggregate.</param>
    /// <param name="keys">SQL that gives (key of the row, aggregate) for the aggregates <c>$1</c>, rows no longer shown included.</param>
    public static ISetShape<TRow> Follows<TRow>(this ISetShape<TRow> shape, string kind, string? keys)
        where TRow : class
    {
        // Another implementation only records the shape.
        (shape as SetShape<TRow>)?.Followed.Add(new(kind, keys));
        return shape;
    }
}

/// <summary>A row as the ledger keeps it.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Text">The row as JSON: the bytes its hash is over.</param>
/// <param name="Hash">SHA-256 of the text.</param>
internal sealed record FollowedRow(Guid Key, string Text, byte[] Hash);

/// <summary>A set whose rows are kept in the ledger of versions.</summary>
internal abstract class FollowedSet
{
    private byte[]? _form;

    /// <summary>Surface and name: the set's name in the ledger.</summary>
    public abstract string Id { get; }

    public abstract string Name { get; }

    public abstract Surface Surface { get; }

    /// <summary>Columns in the order of the row's text.</summary>
    public abstract IReadOnlyList<string> Columns { get; }

    public abstract IReadOnlyList<Follow> Follows { get; }

    /// <summary>Hash of the row's columns; versions of other ones are not compared with.</summary>
    public byte[] Columned => _form ??= SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Columns)));

    /// <summary>Rows of every caller, in the order of keys.</summary>
    /// <param name="services">Scope whose contexts look at the moment.</param>
    /// <param name="keys">Only these; null for all.</param>
    /// <param name="cancel">Stops reading.</param>
    public abstract IAsyncEnumerable<FollowedRow> ReadAsync(IServiceProvider services, Guid[]? keys, CancellationToken cancel);

    /// <summary>True when rows have the column.</summary>
    public bool Has(string column) => Columns.Any(each => each.StartsWith(column + ":", StringComparison.Ordinal));

    /// <summary>Columns that say whose a row is; none when it is everyone's. They stay when its names go.</summary>
    public abstract string[] ScopeColumns(IServiceProvider services);

    /// <summary>Which of these rows a state shows to the caller, narrowed to values of columns.</summary>
    public abstract Task<HashSet<Guid>> ShownAsync(
        IServiceProvider services, long ordinal, Guid[] keys, IReadOnlyList<(string Column, string Value)> narrowed, CancellationToken cancel);

    /// <summary>
    /// Which of these rows a copy of the caller's may hold that was kept from the first state to the last: what some state in between showed, narrowed to
    /// values of columns, and what was shown and lost its names since. That can be held against nothing any more: whoever may have it is told that it went (I91).
    /// </summary>
    public abstract Task<HashSet<Guid>> HeldAsync(
        IServiceProvider services, long first, long last, Guid[] keys, IReadOnlyList<(string Column, string Value)> narrowed, CancellationToken cancel);
}

/// <summary>A set whose rows are kept in the ledger of versions, with its row type.</summary>
internal sealed class FollowedSet<TSet, TRow> : FollowedSet
    where TSet : class, IEntitySet<TRow>
    where TRow : class
{
    private static readonly PropertyInfo[] Properties = typeof(TRow).GetProperties(BindingFlags.Public | BindingFlags.Instance);

    private static readonly bool TakesCaller = typeof(TSet).GetConstructors().Single().GetParameters().Any(each => each.ParameterType == typeof(Caller));

    // Sees what every department sees: whose it is, is decided when versions are read.
    private static readonly Caller Everyone = new(new ClaimsPrincipal(new ClaimsIdentity([new Claim("role", Roles.LeadOffice)])));

    private readonly SetShape<TRow> _shape;
    private readonly string _select;
    private readonly string _selectKeys;
    private readonly string _selectEmptied;

    /// <exception cref="InvalidOperationException">The key is no identity, or a column has a type that versions cannot give back.</exception>
    public FollowedSet(SetShape<TRow> shape)
    {
        _shape = shape;
        if (Key.PropertyType != typeof(Guid))
        {
            throw new InvalidOperationException($"{typeof(TSet).Name} is followed, so its key is a Guid.");
        }

        var record = string.Join(", ", Properties.Select(column => $"\"{column.Name}\" {SqlTypeOf(column.PropertyType)}"));
        var selected = string.Join(", ", Properties.Select(column => column == Key ? $"v.key AS {SqlNameOf(column.Name)}" : $"x.\"{column.Name}\" AS {SqlNameOf(column.Name)}"));
        var ledger = TSet.Surface == Surface.Public ? "pub.feed_row_version" : "feed.row_version";
        string Select(string from) =>
            $$"""
            SELECT {{selected}} FROM {{ledger}} v CROSS JOIN LATERAL json_to_record({{from}}) AS x({{record}})
            WHERE v.set_name = '{{Id}}' AND v.ordinal <= {0} AND (v.ended IS NULL OR v.ended > {1})
            """;
        _select = Select("v.\"row\"") + " AND v.\"row\" IS NOT NULL";
        _selectKeys = _select + " AND v.key = ANY ({2})";
        _selectEmptied = Select("coalesce(v.scope, '{{}}')") + " AND v.\"row\" IS NULL AND v.hash IS NOT NULL AND v.key = ANY ({2})";
    }

    public override string Id => $"{(TSet.Surface == Surface.Public ? "public" : "official")}/{TSet.Name}";

    public override string Name => TSet.Name;

    public override Surface Surface => TSet.Surface;

    public override IReadOnlyList<string> Columns { get; } = [.. Properties.Select(column => $"{column.Name}:{SqlTypeOf(column.PropertyType)}")];

    public override IReadOnlyList<Follow> Follows => _shape.Followed;

    private PropertyInfo Key => _shape.KeyColumn!;

    /// <summary>The rows that the caller may see in a state.</summary>
    /// <param name="services">The caller's scope.</param>
    /// <param name="ordinal">The state.</param>
    /// <param name="keys">Only these; null for all.</param>
    public IQueryable<TRow> At(IServiceProvider services, long ordinal, Guid[]? keys = null) =>
        keys is null ? Query(services, _select, ordinal, ordinal) : Query(services, _selectKeys, ordinal, ordinal, keys);

    /// <summary>Keys of these rows.</summary>
    public async Task<HashSet<Guid>> KeysAsync(IQueryable<TRow> rows, CancellationToken cancel)
    {
        var row = Expression.Parameter(typeof(TRow), "row");
        return [.. await rows.Select(Expression.Lambda<Func<TRow, Guid>>(Expression.Property(row, Key), row)).ToListAsync(cancel)];
    }

    public override string[] ScopeColumns(IServiceProvider services) =>
        SetOf(services) is IScopedSet<TRow> scoped ? ColumnsNamed.In(scoped.Within(Array.Empty<TRow>().AsQueryable()).Expression) : [];

    public override Task<HashSet<Guid>> ShownAsync(
        IServiceProvider services, long ordinal, Guid[] keys, IReadOnlyList<(string Column, string Value)> narrowed, CancellationToken cancel) =>
        KeysAsync(Narrowed(At(services, ordinal, keys), narrowed), cancel);

    public override Task<HashSet<Guid>> HeldAsync(
        IServiceProvider services, long first, long last, Guid[] keys, IReadOnlyList<(string Column, string Value)> narrowed, CancellationToken cancel) =>
        HeldAsync(services, first, last, keys, rows => Narrowed(rows, narrowed), cancel);

    /// <summary>As the other, narrowed by a condition.</summary>
    public async Task<HashSet<Guid>> HeldAsync(
        IServiceProvider services, long first, long last, Guid[] keys, Func<IQueryable<TRow>, IQueryable<TRow>> narrow, CancellationToken cancel)
    {
        var held = await KeysAsync(narrow(Query(services, _selectKeys, last, first, keys)), cancel);
        held.UnionWith(await KeysAsync(Query(services, _selectEmptied, last, first, keys), cancel));
        return held;
    }

    // Those of the versions that the caller may see.
    private IQueryable<TRow> Query(IServiceProvider services, string select, params object[] parameters)
    {
        DbContext db = Surface == Surface.Public ? services.GetRequiredService<PublicDbContext>() : services.GetRequiredService<OfficialDbContext>();
        var rows = db.Database.SqlQueryRaw<TRow>(select, parameters);
        return services.GetRequiredService<TSet>() switch
        {
            IScopedSet<TRow> scoped => scoped.Within(rows),
            _ when Surface == Surface.Public => rows,
            _ => throw new InvalidOperationException($"{typeof(TSet).Name} is official and followed, so it says whose its rows are."),
        };
    }

    private static IQueryable<TRow> Narrowed(IQueryable<TRow> rows, IReadOnlyList<(string Column, string Value)> narrowed)
    {
        foreach (var (column, value) in narrowed)
        {
            var row = Expression.Parameter(typeof(TRow), "row");
            rows = rows.Where(Expression.Lambda<Func<TRow, bool>>(
                Expression.Equal(Expression.Property(row, column), Expression.Property(Expression.Constant(new { Value = value }), "Value")), row));
        }

        return rows;
    }

    private static TSet SetOf(IServiceProvider services) =>
        TakesCaller ? ActivatorUtilities.CreateInstance<TSet>(services, Everyone) : services.GetRequiredService<TSet>();

    public override async IAsyncEnumerable<FollowedRow> ReadAsync(IServiceProvider services, Guid[]? keys, [EnumeratorCancellation] CancellationToken cancel)
    {
        var rows = SetOf(services).Rows();
        var row = Expression.Parameter(typeof(TRow), "row");
        if (keys is not null)
        {
            var held = Expression.Property(Expression.Constant(new { Keys = keys }), "Keys");
            rows = rows.Where(Expression.Lambda<Func<TRow, bool>>(
                Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [typeof(Guid)], held, Expression.Property(row, Key)), row));
        }

        var key = Expression.Lambda<Func<TRow, Guid>>(Expression.Property(row, Key), row);
        var layout = RowLayout.Of(typeof(TRow), Key);
        await foreach (var each in rows.OrderBy(key).AsAsyncEnumerable().WithCancellation(cancel))
        {
            // In the form that lists show it in.
            var text = Answers.Json(AnswerFormat.Json, json => JsonRows.Write(json, AnswerFormat.Json, place: null, layout, new ObjectCells(each, layout))).Body;
            yield return new((Guid)Key.GetValue(each)!, Encoding.UTF8.GetString(text.Span), SHA256.HashData(text.Span));
        }
    }

    private static string SqlTypeOf(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var plain when plain == typeof(string) => "text",
        var plain when plain == typeof(Guid) => "uuid",
        var plain when plain == typeof(bool) => "boolean",
        var plain when plain == typeof(int) => "integer",
        var plain when plain == typeof(long) => "bigint",
        var plain when plain == typeof(decimal) => "numeric",
        var plain when plain == typeof(DateOnly) => "date",
        var plain when plain == typeof(DateTimeOffset) => "timestamptz",
        var plain when plain == typeof(string[]) || plain == typeof(IReadOnlyList<string>) => "text[]",
        var plain => throw new InvalidOperationException($"{typeof(TRow).Name} is followed, so it has no column of type {plain.Name}."),
    };

    // As the naming convention of the store has it.
    private static string SqlNameOf(string column)
    {
        var name = new StringBuilder();
        foreach (var letter in column)
        {
            if (char.IsUpper(letter) && name.Length > 0)
            {
                name.Append('_');
            }

            name.Append(char.ToLower(letter, CultureInfo.InvariantCulture));
        }

        return $"\"{name}\"";
    }

    /// <summary>Finds the columns of the row that a condition looks at.</summary>
    private sealed class ColumnsNamed : ExpressionVisitor
    {
        private readonly SortedSet<string> _names = new(StringComparer.Ordinal);

        public static string[] In(Expression condition)
        {
            var found = new ColumnsNamed();
            found.Visit(condition);
            return [.. found._names];
        }

        protected override Expression VisitMember(MemberExpression node)
        {
            if (node.Expression?.Type == typeof(TRow))
            {
                _names.Add(node.Member.Name);
            }

            return base.VisitMember(node);
        }
    }
}
