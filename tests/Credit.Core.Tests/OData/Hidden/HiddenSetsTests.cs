using System.Text.Json;
using Credit.Abstractions;
using Credit.Testing;

namespace Credit.Core.Tests.OData.Hidden;

/// <summary>A set that is not for the caller, and a member no body has, are answered as ones that never existed.</summary>
public sealed class HiddenSetsTests(HiddenNamesTests.District district) : IClassFixture<HiddenNamesTests.District>
{
    private static readonly string[] Places =
    [
        "{0}", "{0}/", "{0}(1)", "{0}('x')", "{0}/$count", "{0}/$ref", "{0}/$filter(Id eq 1)", "{0}?$filter=Id eq 1", "{0}?$apply=aggregate($count as N)", "{0}?$top=1", "{0}(1)/Id/$value", "$entity?$id={0}(1)", "ListEntries?$expand={0}", "ListEntries?$filter=$root/{0}(1)/Id eq 1",
        "$metadata/{0}", "$crossjoin({0})", "$all/{0}", "Credit.{0}", "$metadata?{0}=x", "?{0}=x",
    ];

    private static readonly string[] Elsewhere =
    [
        "/bulk/{0}", "/bulk/{0}/{0}.csv", "/bulk/{0}/{0}-1.ndjson.gz", "/feeds/digest?set={0}", "/feeds/digest?set=ListEntries&{0}=x", "/feeds/changes?set={0}", "/feeds/changes?set=public/{0}", "/feeds/changes?set=official/{0}", "/feeds/changes?set=ListEntries,{0}", "/feeds/changes?set=ListEntries,official/{0}",
        "/feeds/changes?kind={0}", "/feeds/changes?set=ListEntries&list={0}", "/feeds/changes?set=ListEntries&domain={0}", "/feeds/changes?set=ListEntries&{0}=x", "/feeds/heads?{0}=x", "/verify/{0}", "/enums/{0}", "/problems/{0}",
    ];

    [Fact]
    [Trait("Invariant", "I78")]
    [Trait("Invariant", "X10")]
    public async Task A_set_that_is_not_of_the_surface_is_a_set_that_never_was()
    {
        List<string> differing = [];
        foreach (var (surface, caller) in new (Surface, string?)[] { (Surface.Public, null), (Surface.Public, "tax.officer"), (Surface.Official, "tax.officer"), (Surface.Official, null), (Surface.Official, HostFixture.AccountOf(Guid.CreateVersion7())) })
        {
            using var client = caller is null ? district.Anonymous() : await district.AsAsync(caller);
            var here = district.Sets.Sets.Where(set => set.Surface == surface).Select(set => set.Name).ToHashSet(StringComparer.Ordinal);
            var admitted = surface == Surface.Public || caller == "tax.officer";

            // Whoever may not come in at all learns of no set, of those there are neither.
            string[] names = [.. (admitted ? district.Sets.Sets.Where(set => !here.Contains(set.Name)) : district.Sets.Sets.Where(set => set.Surface == surface)).Select(set => set.Name).Distinct(), .. admitted ? ["list_entry", "subject", "PersonVault", "Subject"] : Array.Empty<string>()];
            var turn = 0;
            foreach (var name in names)
            {
                foreach (var place in Enumerable.Range(0, 5).Select(_ => Places[turn++ % Places.Length]))
                {
                    await CompareAsync(client, $"/odata/{surface.ToString().ToLowerInvariant()}/{place}", name, differing, caller);
                }
            }

            turn.ShouldBeGreaterThan(Places.Length);
        }

        differing.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Invariant", "I78")]
    public async Task No_other_address_tells_of_a_set_that_is_not_published()
    {
        using var client = district.Anonymous();
        List<string> differing = [];
        var names = district.Sets.Sets.Where(set => set.Surface == Surface.Official && district.Sets.Find(Surface.Public, set.Name) is null).Select(set => set.Name).Distinct().ToArray();
        for (var i = 0; i < names.Length; i++)
        {
            foreach (var place in Elsewhere.Where((_, number) => i < 6 || number % 6 == i % 6))
            {
                // Every name counts against the limit of verifications; two will do.
                if (i < 2 || !place.StartsWith("/verify", StringComparison.Ordinal))
                {
                    await CompareAsync(client, place, names[i], differing, null);
                }
            }
        }

        foreach (var name in district.Sets.Sets.Where(set => set.Surface == Surface.Official && set.Followed is not null).Select(set => set.Name))
        {
            await CompareAsync(client, "/feeds/changes?set=official/{0}", name, differing, null);
        }

        differing.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Invariant", "I78")]
    public async Task A_part_of_a_batch_that_leads_to_the_other_surface_tells_of_none_of_its_sets()
    {
        using var client = district.Anonymous();
        List<string> differing = [];
        foreach (var name in district.Sets.Sets.Where(set => set.Surface == Surface.Official).Select(set => set.Name))
        {
            foreach (var url in new[] { "/odata/official/{0}", "/odata/official/{0}(1)", "{0}", "{0}?$filter=Id eq 1" })
            {
                string Body(string of) => JsonSerializer.Serialize(new { requests = new[] { new { id = "1", method = "get", url = string.Format(null, url, of).Replace(" ", "%20", StringComparison.Ordinal) } } });
                if (url.StartsWith('/') || district.Sets.Find(Surface.Public, name) is null)
                {
                    var nobody = district.Never(name);
                    var real = await Wire.AskAsync(client, HttpMethod.Post, "/odata/public/$batch", Body(name));
                    var never = await Wire.AskAsync(client, HttpMethod.Post, "/odata/public/$batch", Body(nobody));
                    Judge($"{url} {name}", real, never, name, nobody, differing);
                }
            }
        }

        differing.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Invariant", "I78")]
    [Trait("Invariant", "X25")]
    public async Task A_member_of_no_body_is_one_that_never_was_whatever_column_is_called_so()
    {
        using var client = await district.AsAsync("tax.officer");
        List<string> differing = [];
        (string Path, string Body)[] bodies =
        [
            ("/api/subjects/search", """{"name":"任城","#":"x"}"""), ("/api/credit-reports/verification", """{"number":"x","code":"y","#":1}"""), ("/api/checks", """{"purpose":"Administration","#":true}"""),
            ("/api/checks", """{"subjects":[{"kind":"LegalPerson","#":"x"}]}"""), ("/api/entries", """{"list":"Black","#":"Active"}"""),
        ];
        var names = district.Names.Where(name => name.Length > 5).Select(name => char.ToLowerInvariant(name[0]) + name[1..])
            .Except(["subject", "subjects", "purpose", "matter", "reference", "procedure", "certificateType", "certificateNumber", "legalRepresentative", "validAt", "knownAt"]).ToArray();
        for (var i = 0; i < names.Length; i += 7)
        {
            var (path, body) = bodies[i / 7 % 4];
            var nobody = district.Never(names[i]);
            var real = await Wire.AskAsync(client, HttpMethod.Post, path, body.Replace("#", names[i], StringComparison.Ordinal));
            var never = await Wire.AskAsync(client, HttpMethod.Post, path, body.Replace("#", nobody, StringComparison.Ordinal));
            if (!real.StartsWith("429", StringComparison.Ordinal))
            {
                Judge($"{path} {names[i]}", real, never, names[i], nobody, differing);
            }
        }

        differing.ShouldBeEmpty();
    }

    private async Task CompareAsync(HttpClient client, string place, string name, List<string> differing, string? caller)
    {
        var nobody = district.Never(name);
        var real = await Wire.GetAsync(client, Escaped(string.Format(null, place, name)));
        var never = await Wire.GetAsync(client, Escaped(string.Format(null, place, nobody)));
        Judge($"{caller} {place} {name}", real, never, name, nobody, differing);
    }

    private static void Judge(string what, string real, string never, string name, string nobody, List<string> differing)
    {
        if (!Wire.AreSame(real, never, name, nobody))
        {
            differing.Add($"{what}:\n{real}\n{never}");
        }
    }

    private static string Escaped(string address) => address.StartsWith("/odata", StringComparison.Ordinal) ? Questions.Escaped(address) : address;
}
