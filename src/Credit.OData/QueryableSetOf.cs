using System.Reflection;
using Credit.Abstractions;
using Credit.Core.Containment;
using Credit.Core.Modules;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using Microsoft.OData.Edm.Vocabularies;
using Microsoft.OData.Edm.Vocabularies.V1;
using Microsoft.OData.ModelBuilder;

namespace Credit.OData;

/// <summary>A set with its row type: declares itself in the model and answers queries.</summary>
internal sealed class QueryableSet<TSet, TRow> : QueryableSet
    where TSet : class, IEntitySet<TRow>
    where TRow : class
{
    private readonly SetShape<TRow> _shape = new();
    private readonly PropertyInfo[] _columns = typeof(TRow).GetProperties(BindingFlags.Public | BindingFlags.Instance);

    // Once, while the start still watches: a module's declarations are code that may not come back, or say something else the next time.
    public QueryableSet()
    {
        (Name, Surface, Summary) = (TSet.Name, TSet.Surface, TSet.Summary);
        TSet.Shape(_shape);
        if (_shape.KeyColumn is null)
        {
            throw new InvalidOperationException($"{typeof(TSet).FullName} declares no key.");
        }
    }

    public override string Name { get; }

    public override Surface Surface { get; }

    public override string Summary { get; }

    public override Type Row => typeof(TRow);

    private PropertyInfo Key => _shape.KeyColumn!;

    public override void Declare(ODataConventionModelBuilder builder)
    {
        var type = builder.AddEntityType(typeof(TRow));
        type.Name = typeof(TRow).Name;
        type.Namespace = "Credit";
        type.HasKey(Key);
        builder.AddEntitySet(Name, type);
        var nullability = new NullabilityInfoContext();
        foreach (var column in _columns.Where(column => column.PropertyType == typeof(string)))
        {
            var property = type.AddProperty(column);
            if (nullability.Create(column).ReadState == NullabilityState.Nullable)
            {
                property.IsNullable();
            }
            else
            {
                property.IsRequired();
            }
        }
    }

    public override void Annotate(EdmModel model)
    {
        var set = model.EntityContainer.FindEntitySet(Name);
        Annotate(model, set, CoreVocabularyModel.DescriptionTerm, new EdmStringConstant(Summary));
        Annotate(model, set, Capability("FilterRestrictions"), new EdmRecordExpression(
            new EdmPropertyConstructor("Filterable", new EdmBooleanConstant(true)),
            Paths("NonFilterableProperties", _columns.Where(column => !_shape.Filterable.Contains(column.Name)))));
        Annotate(model, set, Capability("SortRestrictions"), new EdmRecordExpression(
            new EdmPropertyConstructor("Sortable", new EdmBooleanConstant(true)),
            Paths("NonSortableProperties", _columns.Where(column => !_shape.Sortable.Contains(column.Name) && column != Key))));
    }

    public override async Task AnswerAsync(HttpContext context, IEdmModel model, SetRequest request)
    {
        var (services, asked) = (context.RequestServices, new Asked(context.Request));
        var query = new QueryBinder<TRow>(Name, _shape).Bind(model, request);
        var lane = new FullLane<TRow>(Name, _shape);
        var answer = services.GetService<ModuleCatalog>()?.ModuleOf(typeof(TSet).Assembly) is { } module
            ? await services.GetRequiredService<ModuleCalls>().ReadAsync(
                module, Name, typeof(TSet), services, (set, cancel) => lane.ReadAsync(((TSet)set).Rows(), asked, query, cancel), context.RequestAborted)
            : await lane.ReadAsync(services.GetRequiredService<TSet>().Rows(), asked, query, context.RequestAborted);
        if (request is { PreferredPage: { } preferred, OnlyCount: false, Key: null })
        {
            context.Response.Headers["Preference-Applied"] = $"{preferred.Name}={query.Page}";
        }

        await Answers.SendAsync(context, StatusCodes.Status200OK, answer);
    }

    private static IEdmTerm Capability(string name) => CapabilitiesVocabularyModel.Instance.FindDeclaredTerm($"Org.OData.Capabilities.V1.{name}");

    private static EdmPropertyConstructor Paths(string name, IEnumerable<PropertyInfo> columns) =>
        new(name, new EdmCollectionExpression(columns.Select(column => new EdmPropertyPathExpression(column.Name))));

    private static void Annotate(EdmModel model, IEdmVocabularyAnnotatable target, IEdmTerm term, IEdmExpression value)
    {
        var annotation = new EdmVocabularyAnnotation(target, term, value);
        annotation.SetSerializationLocation(model, EdmVocabularyAnnotationSerializationLocation.Inline);
        model.AddVocabularyAnnotation(annotation);
    }
}
