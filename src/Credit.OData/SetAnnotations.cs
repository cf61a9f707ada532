using System.Reflection;
using Credit.Abstractions;
using Microsoft.OData.Edm;
using Microsoft.OData.Edm.Csdl;
using Microsoft.OData.Edm.Vocabularies;
using Microsoft.OData.Edm.Vocabularies.V1;

namespace Credit.OData;

/// <summary>What the model says of each set: only what holds, and of no column that is not in it.</summary>
internal static class SetAnnotations
{
    public static void Add(EdmModel model, QueryableSet set, ChineseNames chinese, RowComments comments)
    {
        var (target, shape) = (model.EntityContainer.FindEntitySet(set.Name), set.Shape);
        ModelAnnotations.Describe(model, target, set.Summary, set.IsOfModule ? null : chinese.Sets.GetValueOrDefault(set.Name));
        Annotate(model, target, "FilterRestrictions", Is("Filterable", true), Paths("NonFilterableProperties", shape.Columns.Where(column => !shape.Filterable.Contains(column.Name))));
        Annotate(model, target, "SortRestrictions", Is("Sortable", true), Paths("NonSortableProperties", shape.Columns.Where(column => !shape.Sortable.Contains(column.Name) && column != shape.KeyColumn)));
        Annotate(model, target, "SearchRestrictions", shape.Searchable.Count > 0
            ? [Is("Searchable", true), new EdmPropertyConstructor("UnsupportedExpressions", new EdmEnumMemberExpression(Member("SearchExpressions", "none")))]
            : [Is("Searchable", false)]);
        Annotate(model, target, "ExpandRestrictions", shape.Ways.Count > 0
            ? [Is("Expandable", true), new EdmPropertyConstructor("MaxLevels", new EdmIntegerConstant(3))]
            : [Is("Expandable", false)]);
        Annotate(model, target, "CountRestrictions", Is("Countable", true));
        Annotate(model, target, "ChangeTracking", Is("Supported", set.Followed is not null));
        Annotate(model, target, "SelectSupport", Is("Supported", true), Is("Expandable", shape.Ways.Count > 0), Is("Filterable", false), Is("Searchable", false), Is("TopSupported", false), Is("SkipSupported", false), Is("ComputeSupported", false), Is("Countable", false), Is("Sortable", false));
        Annotate(model, target, CapabilitiesVocabularyModel.Instance.FindDeclaredTerm("Org.OData.Capabilities.V1.TopSupported"), new EdmBooleanConstant(true));
        Annotate(model, target, CapabilitiesVocabularyModel.Instance.FindDeclaredTerm("Org.OData.Capabilities.V1.SkipSupported"), new EdmBooleanConstant(true));
        Annotate(model, target, CapabilitiesVocabularyModel.Instance.FindDeclaredTerm("Org.OData.Capabilities.V1.ComputeSupported"), new EdmBooleanConstant(true));
        Annotate(model, target, CapabilitiesVocabularyModel.Instance.FindDeclaredTerm("Org.OData.Capabilities.V1.IndexableByKey"), new EdmBooleanConstant(true));
        Annotate(model, target, CoreVocabularyModel.Instance.FindDeclaredTerm("Org.OData.Core.V1.Permissions"), new EdmEnumMemberExpression(
            ((IEdmEnumType)CoreVocabularyModel.Instance.FindDeclaredType("Org.OData.Core.V1.Permission")).Members.Single(member => member.Name == "Read")));
        Annotate(model, target, "InsertRestrictions", Is("Insertable", false));
        Annotate(model, target, "UpdateRestrictions", Is("Updatable", false));
        Annotate(model, target, "DeleteRestrictions", Is("Deletable", false));
        foreach (var column in shape.Columns)
        {
            ModelAnnotations.Describe(model, target.EntityType.FindProperty(column.Name), comments.Of(column), set.IsOfModule ? null : chinese.Columns.GetValueOrDefault(column.Name));
        }

        foreach (var way in shape.Ways)
        {
            ModelAnnotations.Describe(model, target.EntityType.FindProperty(way.Name), null, chinese.Ways.GetValueOrDefault(way.Name));
        }
    }

    private static EdmPropertyConstructor Is(string name, bool value) => new(name, new EdmBooleanConstant(value));

    private static EdmPropertyConstructor Paths(string name, IEnumerable<PropertyInfo> columns) =>
        new(name, new EdmCollectionExpression(columns.Select(column => new EdmPropertyPathExpression(column.Name))));

    private static IEdmEnumMember Member(string type, string member) =>
        ((IEdmEnumType)CapabilitiesVocabularyModel.Instance.FindDeclaredType($"Org.OData.Capabilities.V1.{type}")).Members.Single(each => each.Name == member);

    private static void Annotate(EdmModel model, IEdmVocabularyAnnotatable target, string term, params EdmPropertyConstructor[] properties) =>
        Annotate(model, target, CapabilitiesVocabularyModel.Instance.FindDeclaredTerm($"Org.OData.Capabilities.V1.{term}"), new EdmRecordExpression(properties));

    internal static void Annotate(EdmModel model, IEdmVocabularyAnnotatable target, IEdmTerm term, IEdmExpression value, string? qualifier = null)
    {
        var annotation = new EdmVocabularyAnnotation(target, term, qualifier, value);
        annotation.SetSerializationLocation(model, EdmVocabularyAnnotationSerializationLocation.Inline);
        model.AddVocabularyAnnotation(annotation);
    }
}

/// <summary>What the model says of a surface as a whole.</summary>
internal static class ModelAnnotations
{
    public static void Add(EdmModel model, Surface surface)
    {
        var container = model.EntityContainer;
        // Terms are in scope where a referenced document brings them there.
        model.SetEdmReferences([Vocabulary("Org.OData.Core.V1"), Vocabulary("Org.OData.Capabilities.V1")]);
        SetAnnotations.Annotate(model, container, CoreVocabularyModel.Instance.FindDeclaredTerm("Org.OData.Core.V1.ODataVersions"), new EdmStringConstant("4.0 4.01"));
        if (surface == Surface.Public)
        {
            Describe(model, container, "What is published of the district's credit platform; anyone may read it.", "区公共信用平台公开信息，任何人可查询。");
        }
        else
        {
            Describe(model, container, "What departments and partners read of the district's credit platform.", "区公共信用平台共享信息，供部门和合作方查询。");
        }

        var terms = CapabilitiesVocabularyModel.Instance;
        IEdmTerm Term(string name) => terms.FindDeclaredTerm("Org.OData.Capabilities.V1." + name);
        SetAnnotations.Annotate(model, container, Term("ConformanceLevel"), new EdmEnumMemberExpression(
            ((IEdmEnumType)terms.FindDeclaredType("Org.OData.Capabilities.V1.ConformanceLevelType")).Members.Single(member => member.Name == "Intermediate")));
        SetAnnotations.Annotate(model, container, Term("SupportedFormats"), new EdmCollectionExpression(
            new[] { "application/json;metadata=minimal;IEEE754Compatible=false", "application/json;metadata=full", "application/json;metadata=none", "text/csv", "application/x-ndjson" }
                .Select(format => new EdmStringConstant(format))));
        SetAnnotations.Annotate(model, container, Term("SupportedMetadataFormats"), new EdmCollectionExpression(
            new EdmStringConstant("application/xml"), new EdmStringConstant("application/json")));
        SetAnnotations.Annotate(model, container, Term("AsynchronousRequestsSupported"), new EdmBooleanConstant(false));
        SetAnnotations.Annotate(model, container, Term("BatchContinueOnErrorSupported"), new EdmBooleanConstant(true));
        SetAnnotations.Annotate(model, container, Term("CrossJoinSupported"), new EdmBooleanConstant(false));
        SetAnnotations.Annotate(model, container, Term("KeyAsSegmentSupported"), new EdmBooleanConstant(false));
        SetAnnotations.Annotate(model, container, Term("QuerySegmentSupported"), new EdmBooleanConstant(true));
        SetAnnotations.Annotate(model, container, Term("FilterFunctions"), new EdmCollectionExpression(
            Functions.Names.Select(name => new EdmStringConstant(name))));
        SetAnnotations.Annotate(model, container, Term("BatchSupport"), new EdmRecordExpression(
            new EdmPropertyConstructor("Supported", new EdmBooleanConstant(true)),
            new EdmPropertyConstructor("ContinueOnErrorSupported", new EdmBooleanConstant(true)),
            new EdmPropertyConstructor("ReferencesInRequestBodiesSupported", new EdmBooleanConstant(false)),
            new EdmPropertyConstructor("ReferencesAcrossChangeSetsSupported", new EdmBooleanConstant(false)),
            new EdmPropertyConstructor("EtagReferencesSupported", new EdmBooleanConstant(false)),
            new EdmPropertyConstructor("RequestDependencyConditionsSupported", new EdmBooleanConstant(false)),
            new EdmPropertyConstructor("SupportedFormats", new EdmCollectionExpression(new EdmStringConstant("multipart/mixed"), new EdmStringConstant("application/json")))));
    }

    private static EdmReference Vocabulary(string name)
    {
        var reference = new EdmReference(new Uri($"https://oasis-tcs.github.io/odata-vocabularies/vocabularies/{name}.xml"));
        reference.AddInclude(new EdmInclude(null, name));
        return reference;
    }

    /// <summary>Describes a part of the model: in English, and in Chinese with the qualifier <c>zh</c>.</summary>
    public static void Describe(EdmModel model, IEdmVocabularyAnnotatable target, string? english, string? chinese)
    {
        if (english is not null)
        {
            SetAnnotations.Annotate(model, target, CoreVocabularyModel.DescriptionTerm, new EdmStringConstant(english));
        }

        if (chinese is not null)
        {
            SetAnnotations.Annotate(model, target, CoreVocabularyModel.DescriptionTerm, new EdmStringConstant(chinese), "zh");
        }
    }
}
