using System.Reflection;
using Credit.Abstractions;
using Credit.Core.Containment;
using Credit.Core.Modules;
using Credit.OData.FastLane;
using Credit.OData.Writing;
using Microsoft.AspNetCore.Http;
using Microsoft.OData.Edm;
using Microsoft.OData.ModelBuilder;

namespace Credit.OData;

/// <summary>One set, as discovered.</summary>
internal abstract class QueryableSet
{
    public abstract string Name { get; }

    public abstract Surface Surface { get; }

    public abstract string Summary { get; }

    public abstract Type Row { get; }

    /// <summary>What it declares about itself.</summary>
    public abstract SetShape Shape { get; }

    /// <summary>Its columns as they are written.</summary>
    public abstract RowLayout Layout { get; }

    /// <summary>Of a module, whose rows are read in its containment.</summary>
    public abstract bool IsOfModule { get; }

    /// <summary>What the fast lane knows of it; null where its rows are read in containment.</summary>
    public abstract FastSet? Fast { get; }

    public abstract void Declare(ODataConventionModelBuilder builder);

    public abstract void Annotate(EdmModel model, ChineseNames chinese, RowComments comments);

    /// <summary>Its rows, as the caller sees them.</summary>
    public abstract IQueryable Rows(IServiceProvider services);

    /// <summary>Reads a column of one row: whether there is such a row, and the value.</summary>
    public abstract Task<(bool Found, object? Value)> ValueAsync(HttpContext context, SetCatalog sets, Spot spot, PropertyInfo column);

    /// <summary>Answers what is asked of its rows.</summary>
    public abstract Task<Answer> AnswerAsync(HttpContext context, SetCatalog sets, Asked asked, BoundQuery query);
}

/// <summary>All sets of the host, composed into one model per surface by one loop over everybody's declarations.</summary>
internal sealed class SetCatalog
{
    private readonly Dictionary<(Surface, string), QueryableSet> _sets;
    private readonly Dictionary<(Surface, Type), QueryableSet> _byRow;
    private readonly Dictionary<Surface, IEdmModel> _models = [];

    /// <exception cref="InvalidOperationException">Two sets of one surface share a name, or a set lacks its key.</exception>
    /// <param name="types">Types of the house.</param>
    /// <param name="modules">Modules whose sets come beside theirs.</param>
    public SetCatalog(IEnumerable<Type> types, IReadOnlyList<ModuleRegistration>? modules = null)
    {
        var reasons = new List<string>();
        Sets = [.. types.Select(type => (Type: type, Module: (ModuleRegistration?)null))
            .Concat((modules ?? []).SelectMany(module => module.Assembly.GetTypes().Select(type => (Type: type, Module: (ModuleRegistration?)module))))
            .Where(home => home.Type is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false })
            .SelectMany(home => home.Type.GetInterfaces()
                .Where(role => role.IsGenericType && role.GetGenericTypeDefinition() == typeof(IEntitySet<>))
                .Select(role => Make(home.Type, role.GetGenericArguments()[0], home.Module, reasons)))
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
        _byRow = Sets.ToDictionary(set => (set.Surface, set.Row));
        ThrowIfAstray();
        var (chinese, comments) = (ChineseNames.Load(), new RowComments());
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
                Connect(model, set);
            }

            ModelAnnotations.Add(model, surface);
            foreach (var set in Sets.Where(set => set.Surface == surface))
            {
                set.Annotate(model, chinese, comments);
            }

            _models[surface] = model;
        }
    }

    /// <summary>The set of a surface whose rows are of this type.</summary>
    public QueryableSet? Find(Surface surface, Type row) => _byRow.GetValueOrDefault((surface, row));

    // A way that left its surface would lead from what is published to what is not (X10).
    private void ThrowIfAstray()
    {
        foreach (var set in Sets)
        {
            foreach (var way in set.Shape.Ways)
            {
                if (set.IsOfModule || Find(set.Surface, way.Target) is not { IsOfModule: false } target || !target.Shape.Filterable.Contains(way.To.Name))
                {
                    throw new InvalidOperationException(ModuleDiagnostic.SetShape.Say(
                        $"{set.Name}.{way.Name} leads to {way.Target.Name}.{way.To.Name}, which no set of the {set.Surface} surface lets be filtered; and sets of modules lead nowhere."));
                }
            }
        }
    }

    private void Connect(EdmModel model, QueryableSet set)
    {
        var source = (EdmEntitySet)model.EntityContainer.FindEntitySet(set.Name);
        foreach (var way in set.Shape.Ways)
        {
            var target = Find(set.Surface, way.Target)!;
            var single = way.To.Name == target.Shape.KeyColumn!.Name;
            var navigation = ((EdmEntityType)source.EntityType).AddUnidirectionalNavigation(new EdmNavigationPropertyInfo
            {
                Name = way.Name,
                Target = model.EntityContainer.FindEntitySet(target.Name).EntityType,
                TargetMultiplicity = single ? EdmMultiplicity.ZeroOrOne : EdmMultiplicity.Many,
            });
            source.AddNavigationTarget(navigation, model.EntityContainer.FindEntitySet(target.Name));
        }
    }

    // A set declares its shape in code: a module's may throw or never come back.
    private static QueryableSet? Make(Type set, Type row, ModuleRegistration? module, List<string> reasons)
    {
        QueryableSet? made = null;
        void Create() => made = (QueryableSet)Activator.CreateInstance(typeof(QueryableSet<,>).MakeGenericType(set, row))!;
        if (module is not null)
        {
            // What a dropped-in module throws is for its admission to put into words.
            ModuleStart.Attempt(module.Name, $"the shape of {set.Name}", ModuleStart.Limit, module.Source is null ? reasons : null, Create);
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
