using Credit.Abstractions;
using Credit.Core.Containment;
using Credit.Core.Modules;
using Microsoft.AspNetCore.Http;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Vocabularies;
using Microsoft.OData.ModelBuilder;

namespace Credit.OData;

/// <summary>One set, as discovered.</summary>
internal abstract class QueryableSet
{
    public abstract string Name { get; }

    public abstract Surface Surface { get; }

    public abstract string Summary { get; }

    public abstract Type Row { get; }

    public abstract void Declare(ODataConventionModelBuilder builder);

    public abstract void Annotate(EdmModel model);

    /// <summary>Answers a list, a count or one row.</summary>
    public abstract Task AnswerAsync(HttpContext context, IEdmModel model, SetRequest request);
}

/// <summary>All sets of the host, composed into one model per surface by one loop over everybody's declarations.</summary>
internal sealed class SetCatalog
{
    private readonly Dictionary<(Surface, string), QueryableSet> _sets;
    private readonly Dictionary<Surface, IEdmModel> _models = [];

    /// <exception cref="InvalidOperationException">Two sets of one surface share a name, or a set lacks its key.</exception>
    /// <param name="types">Types of the house.</param>
    /// <param name="modules">Modules whose sets come beside theirs.</param>
    /// <param name="limit">Longest time for the declarations of one set of a module.</param>
    public SetCatalog(IEnumerable<Type> types, IReadOnlyList<ModuleRegistration>? modules = null, TimeSpan? limit = null)
    {
        var reasons = new List<string>();
        Sets = [.. types.Select(type => (Type: type, Module: (ModuleRegistration?)null))
            .Concat((modules ?? []).SelectMany(module => module.Assembly.GetTypes().Select(type => (Type: type, Module: (ModuleRegistration?)module))))
            .Where(home => home.Type is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false })
            .SelectMany(home => home.Type.GetInterfaces()
                .Where(role => role.IsGenericType && role.GetGenericTypeDefinition() == typeof(IEntitySet<>))
                .Select(role => Make(home.Type, role.GetGenericArguments()[0], home.Module, limit ?? ModuleStart.Limit, reasons)))
            .OfType<QueryableSet>()
            .OrderBy(set => set.Surface).ThenBy(set => set.Name, StringComparer.Ordinal)];
        ModulesRefusedException.ThrowIfAny(reasons);
        var clash = Sets.GroupBy(set => (set.Surface, set.Name)).FirstOrDefault(group => group.Count() > 1);
        if (clash is not null)
        {
            throw new InvalidOperationException(
                ModuleDiagnostic.TakenTwice.Say($"Two sets are called {clash.Key.Name} on the {clash.Key.Surface} surface: {string.Join(", ", clash.Select(set => set.Row.FullName))}. Rename one."));
        }

        var twins = Sets.GroupBy(set => (set.Surface, set.Row.Name)).FirstOrDefault(group => group.Count() > 1);
        if (twins is not null)
        {
            throw new InvalidOperationException(
                ModuleDiagnostic.TakenTwice.Say($"Two sets of the {twins.Key.Surface} surface, {string.Join(" and ", twins.Select(set => set.Name))}, have rows called {twins.Key.Name}. Rename one."));
        }

        _sets = Sets.ToDictionary(set => (set.Surface, set.Name));
        foreach (var surface in Enum.GetValues<Surface>())
        {
            var builder = new ODataConventionModelBuilder { Namespace = "Credit", ContainerName = $"{surface}Container" };
            foreach (var set in Sets.Where(set => set.Surface == surface))
            {
                set.Declare(builder);
            }

            var model = (EdmModel)builder.GetEdmModel();
            foreach (var set in Sets.Where(set => set.Surface == surface))
            {
                set.Annotate(model);
            }

            _models[surface] = model;
        }
    }

    // A set declares its shape in code: a module's may throw or never come back.
    private static QueryableSet? Make(Type set, Type row, ModuleRegistration? module, TimeSpan limit, List<string> reasons)
    {
        QueryableSet? made = null;
        void Create() => made = (QueryableSet)Activator.CreateInstance(typeof(QueryableSet<,>).MakeGenericType(set, row))!;
        if (module is not null)
        {
            // What a dropped-in module throws is for its admission to put into words.
            ModuleStart.Attempt(module.Name, $"the shape of {set.Name}", limit, module.Source is null ? reasons : null, Create);
        }
        else
        {
            Create();
        }

        return made;
    }

    public IReadOnlyList<QueryableSet> Sets { get; }

    public IEdmModel ModelOf(Surface surface) => _models[surface];

    public QueryableSet? Find(Surface surface, string name) => _sets.GetValueOrDefault((surface, name));
}
