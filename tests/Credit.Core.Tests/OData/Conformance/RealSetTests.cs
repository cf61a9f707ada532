using Credit.Abstractions;
using Credit.Core.Tests.Listing;
using Credit.Testing;

namespace Credit.Core.Tests.OData.Conformance;

/// <summary>Every set of the house answers every way it declares, and its whole shape: what is declared can be asked.</summary>
public sealed class RealSetTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Theory]
    [InlineData(Surface.Public)]
    [InlineData(Surface.Official)]
    public async Task Everything_a_set_declares_can_be_asked(Surface surface)
    {
        using var client = surface == Surface.Public ? host.Anonymous() : await host.AsAsync("auditor");
        List<string> wrong = [];
        var asked = 0;
        foreach (var set in Sets(surface))
        {
            IEnumerable<string> queries =
            [
                "?$top=1&$count=true",
                .. set.Shape.Filterable.Select(column => $"?$top=1&$filter={column}%20eq%20null"),
                .. set.Shape.Sortable.Select(column => $"?$top=1&$orderby={column}%20desc"),
                .. set.Shape.Ways.Select(way => $"?$top=3&$expand={way.Name}{(way.To.Name is "Id" or "Key" or "Number" ? "" : "($top=2)")}"),
                .. set.Shape.Ways.Select(way => $"?$top=1&$filter={way.Name}{(way.To.Name == "Id" || way.To.Name == "Key" || way.To.Name == "Number" ? "%20eq%20null" : "/any()")}"),
                .. set.Shape.Searchable.Count > 0 ? ["?$top=1&$search=91"] : Array.Empty<string>(),
                "?$apply=aggregate($count%20as%20Rows)",
            ];
            foreach (var query in queries)
            {
                using var answer = await client.GetAsync(new Uri($"/odata/{(surface == Surface.Public ? "public" : "official")}/{set.Name}{query}", UriKind.Relative));
                asked++;
                if (!answer.IsSuccessStatusCode)
                {
                    wrong.Add($"{(int)answer.StatusCode} {set.Name}{query} {await answer.Content.ReadAsStringAsync()}");
                }
            }
        }

        wrong.ShouldBeEmpty();
        asked.ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task The_examples_of_the_guide_are_answered()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Credit.sln")))
        {
            root = root.Parent!;
        }

        using var client = await host.AsAsync("auditor");
        var examples = (await File.ReadAllLinesAsync(Path.Combine(root.FullName, "docs", "odata.md"))).Where(line => line.StartsWith("GET ", StringComparison.Ordinal)).Select(line => line[4..]).ToList();
        examples.Count.ShouldBeGreaterThan(5);
        foreach (var example in examples)
        {
            using var answer = await client.GetAsync(new Uri(example, UriKind.Relative));
            answer.IsSuccessStatusCode.ShouldBeTrue($"{example} {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }
    }

    private static IEnumerable<Credit.OData.QueryableSet> Sets(Surface surface) =>
        new Credit.OData.SetCatalog(typeof(Credit.OData.SetCatalog).Assembly.GetTypes()).Sets.Where(set => set.Surface == surface);
}
