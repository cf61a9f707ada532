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
    private static readonly string[] Forbidden =
    [
        "IdNumber", "IdentityNumber", "IdentityCard", "CertificateNumber", "CertificateType", "Passport", "Phone", "Mobile", "Telephone", "Email", "Address", "Residence",
        "BankAccount", "AccountNumber", "Birth", "Gender", "Informant", "Reporter", "Whistle", "Hash", "Lookup", "Cipher", "Sealed", "Secret", "PersonIdentifier",
        "ProposedBy", "RecognisedBy", "ReviewedBy", "Officer",
    ];

    private static readonly Type[] ForbiddenTypes = [typeof(byte[]), typeof(PersonIdentifierType), typeof(SubjectIdentifier), typeof(IdentifierLayout)];

    [Fact]
    [Trait("Invariant", "I71")]
    [Trait("Requirement", "R-3.1.4.i")]
    public void No_property_of_the_public_model_is_personal()
    {
        var sets = host.Get<SetCatalog>();
        var model = sets.ModelOf(Surface.Public);

        model.EntityContainer.EntitySets().Count().ShouldBeGreaterThan(5);
        Personal(model).ShouldBeEmpty();
        PersonalTypes(sets.Sets.Where(set => set.Surface == Surface.Public).Select(set => set.Row)).ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_leads_from_the_public_model_to_another_entity() => Ways(host.Get<SetCatalog>().ModelOf(Surface.Public)).ShouldBeEmpty();

    [Fact]
    public void A_personal_property_a_way_out_and_a_personal_type_are_found()
    {
        var model = new SetCatalog((IEnumerable<Type>)[typeof(LeakySet)]).ModelOf(Surface.Public);

        new[] { "LeakyRow.BirthDate", "LeakyRow.HolderPhoneNumber", "LeakyRow.IdNumberHash", "LeakyRow.Photo" }.ShouldBeSubsetOf(Personal(model));
        Personal(model).ShouldNotContain("LeakyRow.Name");
        PersonalTypes([typeof(LeakyRow)]).ShouldBe(["LeakyRow.Photo", "LeakyRow.Scheme"], ignoreOrder: true);
        Ways(model).ShouldContain("LeakyRow.Scheme");
    }

    private static IEnumerable<string> Personal(IEdmModel model) =>
        from type in model.SchemaElements.OfType<IEdmStructuredType>()
        from property in type.DeclaredProperties
        where Array.Exists(Forbidden, word => property.Name.Contains(word, StringComparison.OrdinalIgnoreCase))
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
        where property is IEdmNavigationProperty || property.Type.IsStructured() || property.Type.IsCollection()
        select $"{((IEdmNamedElement)type).Name}.{property.Name}";

    private sealed record LeakyRow(Guid Id, string Name, string IdNumberHash, DateOnly BirthDate, string HolderPhoneNumber, byte[] Photo, IdentifierLayout Scheme);

    private sealed class LeakySet : IEntitySet<LeakyRow>
    {
        public static string Name => "Leaks";

        public static Surface Surface => Surface.Public;

        public static string Summary => "A set for a test.";

        public static void Shape(ISetShape<LeakyRow> row) => row.Key(leak => leak.Id);

        public IQueryable<LeakyRow> Rows() => Enumerable.Empty<LeakyRow>().AsQueryable();
    }
}
