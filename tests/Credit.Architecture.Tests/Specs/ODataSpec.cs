using Credit.Abstractions;
using Credit.Architecture.Tests.Reading;
using Credit.OData;
using Credit.Testing;

namespace Credit.Architecture.Tests.Specs;

/// <summary>Writes what may be queried on each surface, the modules' sets among the rest.</summary>
[Collection(OverTheBuiltHost.Name)]
public sealed class ODataSpec(BuiltHost host)
{
    [Theory]
    [InlineData(Surface.Public)]
    [InlineData(Surface.Official)]
    public async Task The_model_in_the_repository_is_the_one_of_the_code(Surface surface)
    {
        var sets = host.Get<SetCatalog>();
        var model = CsdlDocument.Write(sets.ModelOf(surface));

        foreach (var set in sets.Sets.Where(set => set.Surface == surface))
        {
            model.ShouldContain($"<EntitySet Name=\"{set.Name}\" EntityType=\"Credit.{set.Row.Name}\"");
        }

        await SpecificationFile.HoldAsync($"api-specs/odata.{surface.ToString().ToLowerInvariant()}.v1.csdl.xml", model);
    }

    [Fact]
    public void Sets_of_modules_are_in_the_official_model() =>
        host.Get<SetCatalog>().Sets.Where(set => House.Modules.Contains(set.Row.Assembly)).Select(set => set.Name).ShouldContain("RefusedBids");
}
