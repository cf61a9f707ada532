using System.Text.Json;
using Credit.Abstractions;
using Credit.Architecture.Tests.Reading;
using Credit.Core.Modules;
using Credit.Host.Callers;
using Credit.Host.Startup;
using Credit.OData;
using Microsoft.OData.Edm;

namespace Credit.Architecture.Tests.Structure;

/// <summary>What a module declares appears by itself: in Swagger, in the metadata, in the feeds and in the catalogue.</summary>
[Collection(OverTheBuiltHost.Name)]
public sealed class ModuleAppearanceTests(BuiltHost host)
{
    [Fact]
    public async Task Every_report_of_a_module_is_in_its_document()
    {
        foreach (var module in host.Get<ModuleCatalog>().Modules.Where(module => module.FeedbackKinds.Count > 0))
        {
            var document = JsonSerializer.Deserialize<JsonElement>(await Documents.JsonOfAsync(host.Services, "modules-" + module.Manifest.Key));
            foreach (var kind in module.FeedbackKinds)
            {
                var path = $"/api/modules/{kind.Kind.Replace("/", "/feedback/", StringComparison.Ordinal)}/{{taskId}}";
                document.GetProperty("paths").GetProperty(path).GetProperty("post").GetProperty("summary").GetString().ShouldBe(kind.Summary);
            }
        }
    }

    [Fact]
    public void Every_set_of_a_module_is_in_the_metadata_and_the_feed_of_its_surface()
    {
        var sets = host.Get<SetCatalog>();
        foreach (var set in host.Get<ModuleCatalog>().Sets)
        {
            sets.Find(set.Surface, set.Name).ShouldNotBeNull(set.Name);
            sets.ModelOf(set.Surface).EntityContainer.FindEntitySet(set.Name).ShouldNotBeNull(set.Name);
        }
    }

    [Fact]
    public void Every_memorandum_and_standard_of_a_module_is_in_the_catalogue()
    {
        var catalogue = host.Get<ModuleCatalog>();
        catalogue.Memoranda.Select(memorandum => $"{memorandum.Code} {memorandum.Version}")
            .ShouldBe(host.Get<IEnumerable<IMemorandum>>().Select(memorandum => $"{memorandum.Code} {memorandum.Version}"), ignoreOrder: true);
        foreach (var module in catalogue.Modules)
        {
            module.Criteria.Count.ShouldBe(module.Assembly.GetTypes().Count(type => type.IsAssignableTo(typeof(ICriterion))), module.Manifest.Key);
            module.Memoranda.DistinctBy(memorandum => memorandum.Code).Count()
                .ShouldBe(module.Assembly.GetManifestResourceNames().Count(name => name.StartsWith("Memoranda/", StringComparison.Ordinal)), module.Manifest.Key);
        }
    }

    [Fact]
    public void Every_department_that_has_a_module_can_be_tried_out()
    {
        var accounts = host.Get<IAccounts>();
        foreach (var department in host.Get<ModuleCatalog>().Modules.SelectMany(module => module.Manifest.Departments))
        {
            accounts.SignIn(department + ".officer", "credit-demo", machine: false).ShouldNotBeNull(department).Department.ShouldBe(department);
            accounts.SignIn(department + ".approver", "credit-demo", machine: false).ShouldNotBeNull(department);
        }
    }
}
