using System.Collections.Concurrent;
using System.Text.Json;
using Credit.Abstractions;
using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Credit.OData.Writing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Credit.OData.FastLane;

/// <summary>A set as this lane sees it.</summary>
/// <param name="Type">The declaring type.</param>
/// <param name="Surface">Who may query it.</param>
/// <param name="Layout">All members of its row.</param>
/// <param name="Filterable">Columns that may stand in a filter.</param>
/// <param name="Rows">Its rows in a scope of services.</param>
internal sealed record FastSet(Type Type, Surface Surface, RowLayout Layout, ISet<string> Filterable, Func<IServiceProvider, IQueryable> Rows)
{
    private static readonly Type[] Known = [typeof(PublicDbContext), typeof(OfficialDbContext), typeof(Caller), typeof(TimeProvider), typeof(PolicyPack)];

    private readonly Type[] _needs = [.. Type.GetConstructors().SelectMany(constructor => constructor.GetParameters()).Select(parameter => parameter.ParameterType)];

    /// <summary>Its rows depend on the database, the caller and the day only: what it is made with is known, and nothing else can reach it.</summary>
    public bool IsPlain => Array.TrueForAll(_needs, Known.Contains) && (_needs.Contains(typeof(PublicDbContext)) != _needs.Contains(typeof(OfficialDbContext)));

    /// <summary>The caller, as far as the rows depend on who asks; empty when they do not.</summary>
    public string ScopeOf(IServiceProvider services) => !_needs.Contains(typeof(Caller)) ? "" : services.GetRequiredService<Caller>() is var caller
        ? JsonSerializer.Serialize((string?[])[caller.User, caller.Department, caller.Association, caller.SubjectId?.ToString(), .. caller.Names.Order(StringComparer.Ordinal)])
        : "";

    /// <summary>Whose rights its rows are read with.</summary>
    public NpgsqlDataSource SourceOf(StoreSources sources) => _needs.Contains(typeof(PublicDbContext)) ? sources.Public : sources.Official;
}

/// <summary>The statements of sets, each translated once for a caller and a day.</summary>
internal sealed class RowStatements(TimeProvider clock)
{
    private const int Most = 4000;

    private readonly ConcurrentDictionary<(Type Set, string Scope, DateOnly Day), RowStatement?> _statements = new();

    /// <summary>The statement of a set; null where its rows are more than a statement.</summary>
    /// <param name="set">The set.</param>
    /// <param name="scope">What the caller makes of it.</param>
    /// <param name="services">Scope of the request.</param>
    /// <param name="cancel">Stops asking the database.</param>
    public async Task<RowStatement?> OfAsync(FastSet set, string scope, IServiceProvider services, CancellationToken cancel)
    {
        var key = (set.Type, scope, clock.Today());
        if (_statements.TryGetValue(key, out var known))
        {
            return known;
        }

        var made = set.IsPlain ? await RowStatement.CaptureAsync(set.Rows(services), set.Layout, cancel) : null;

        // A statement made while the day turned is not kept: half of it may be of the day before.
        if (key.Item3 == clock.Today())
        {
            if (_statements.Count >= Most)
            {
                _statements.Clear();
            }

            _statements[key] = made;
        }

        return made;
    }
}
