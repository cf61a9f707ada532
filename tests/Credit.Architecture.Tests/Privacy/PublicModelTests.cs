using Credit.Abstractions;
using Credit.Architecture.Tests.Reading;
using Credit.Domain.Subjects;
using Credit.OData;
using Microsoft.OData.Edm;

namespace Credit.Architecture.Tests.Privacy;

/// <summary>What identifies a natural person is absent from the public model, not masked-but-filterable.</summary>
[Collection(OverTheBuiltHost.Name)]
public sealed class PublicModelTests(BuiltHost host)
{
    private static readonly string[] Officers = ["ProposedBy", "RecognisedBy", "ReviewedBy", "ConcludedBy", "CollectedBy", "FiledBy", "Officer", "Operator", "Account"];

    private static readonly Type[] ForbiddenTypes = [typeof(byte[]), typeof(PersonIdentifierType), typeof(SubjectIdentifier), typeof(IdentifierLayout)];

    [Fact]
    [Trait("Invariant", "I71")]
    [Trait("Requirement", "R-3.1.4.i")]
    public void No_property_of_the_public_model_is_personal()
    {
        var sets = host.Get<SetCatalog>();
        var model = sets.ModelOf(Surface.Public);

        model.EntityContainer.EntitySets().Count().ShouldBeGreaterThan(5);
        Personal(model, [.. PersonalWords.All, .. Officers]).ShouldBeEmpty();
        PersonalTypes(sets.Sets.Where(set => set.Surface == Surface.Public).Select(set => set.Row)).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Invariant", "I71")]
    public void No_property_of_the_official_model_identifies_a_person_either() =>
        Personal(host.Get<SetCatalog>().ModelOf(Surface.Official), PersonalWords.All).ShouldBeEmpty();

    [Fact]
    [Trait("Invariant", "X10")]
    public void Nothing_leads_from_the_public_model_to_a_row_that_is_not_public()
    {
        var sets = host.Get<SetCatalog>();

        Ways(sets.ModelOf(Surface.Public)).ShouldBeEmpty();
        sets.Sets.Where(set => set.Surface == Surface.Public).SelectMany(set => set.Shape.Ways)
            .Where(way => sets.Find(Surface.Public, way.Target) is null).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Invariant", "X10")]
    public void A_way_off_its_surface_is_refused_at_the_start()
    {
        Should.Throw<InvalidOperationException>(() => new SetCatalog((IEnumerable<Type>)[typeof(InsideSet), typeof(StraySet)])).Message.ShouldContain("Stray.Inside");
        Should.NotThrow(() => new SetCatalog((IEnumerable<Type>)[typeof(LeakySet)]));
    }

    [Fact]
    public void A_personal_property_a_way_out_and_a_personal_type_are_found()
    {
        var model = new SetCatalog((IEnumerable<Type>)[typeof(LeakySet)]).ModelOf(Surface.Public);

        new[] { "LeakyRow.BirthDate", "LeakyRow.HolderPhoneNumber", "LeakyRow.IdNumberHash", "LeakyRow.Photo" }.ShouldBeSubsetOf(Personal(model, PersonalWords.All));
        Personal(model, PersonalWords.All).ShouldNotContain("LeakyRow.ProposedBy");
        Personal(model, Officers).ShouldContain("LeakyRow.ProposedBy");
        PersonalTypes([typeof(LeakyRow)]).ShouldBe(["LeakyRow.Photo", "LeakyRow.Scheme"], ignoreOrder: true);
        Ways(model).ShouldContain("LeakyRow.Scheme");
    }

    private static IEnumerable<string> Personal(IEdmModel model, string[] words) =>
        from type in model.SchemaElements.OfType<IEdmStructuredType>()
        from property in type.DeclaredProperties
        where PersonalWords.AreIn(property.Name, words)
            || property.Type.IsBinary() || property.Type.IsStream() || property.Type.IsUntyped()
        select $"{((IEdmNamedElement)type).Name}.{property.Name}";

    private static IEnumerable<string> PersonalTypes(IEnumerable<Type> rows) =>
        from row in rows
        from property in row.GetProperties()
        where ForbiddenTypes.Contains(property.PropertyType)
        select $"{row.Name}.{property.Name}";

    private static IEnumerable<string> Ways(IEdmModel model) =>
        from type in model.SchemaElements.OfType<IEdmStructuredType>()
        from property in type.DeclaredProperties
        where property is IEdmNavigationProperty way ? !model.EntityContainer.EntitySets().Any(set => set.EntityType == way.ToEntityType())
            : property.Type.IsStructured() || property.Type.IsCollection()
        select $"{((IEdmNamedElement)type).Name}.{property.Name}";

    private sealed record LeakyRow(Guid Id, string ProposedBy, string IdNumberHash, DateOnly BirthDate, string HolderPhoneNumber, byte[] Photo, IdentifierLayout Scheme);

    private sealed record InsideRow(Guid Id);

    private sealed class InsideSet : IEntitySet<InsideRow>
    {
        public static string Name => "Insides";

        public static Surface Surface => Surface.Official;

        public static string Summary => "A set for a test.";

        public static void Shape(ISetShape<InsideRow> row) => row.Key(inside => inside.Id);

        public IQueryable<InsideRow> Rows() => throw new NotSupportedException();
    }

    private sealed record StrayRow(Guid Id);

    private sealed class StraySet : IEntitySet<StrayRow>
    {
        public static string Name => "Stray";

        public static Surface Surface => Surface.Public;

        public static string Summary => "A set for a test.";

        public static void Shape(ISetShape<StrayRow> row) => row.Key(stray => stray.Id).Navigate<InsideRow>("Inside", stray => stray.Id, inside => inside.Id);

        public IQueryable<StrayRow> Rows() => throw new NotSupportedException();
    }

    private sealed class LeakySet : IEntitySet<LeakyRow>
    {
        public static string Name => "Leaks";

        public static Surface Surface => Surface.Public;

        public static string Summary => "A set for a test.";

        public static void Shape(ISetShape<LeakyRow> row) => row.Key(leak => leak.Id);

        public IQueryable<LeakyRow> Rows() => Enumerable.Empty<LeakyRow>().AsQueryable();
    }
}
