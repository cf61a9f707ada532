using System.Reflection;
using Credit.Abstractions;
using Credit.Core.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Credit.Core.Tests.OData.Conformance;

/// <summary>
/// For every set, every option and every name that is not in its model, columns of the tables and members of the classes beneath
/// included, the answer is that for a name that never existed: status, headers and body.
/// </summary>
public sealed class HiddenNameTests(FeedFixture feed) : IClassFixture<FeedFixture>
{
    private static readonly string[] Templates =
    [
        "?$filter={0}%20eq%20'x'", "?$filter={0}%20eq%20null", "?$filter=startswith({0},'x')", "?$filter={0}%20in%20('x')", "?$filter=$it/{0}%20gt%201",
        "?$filter={0}/any(x:x%20eq%20'x')", "?$orderby={0}", "?$orderby=length({0})", "?$select={0}", "?$select=*,{0}", "?$expand={0}", "?$expand={0}($top=1)",
        "?$compute=length({0})%20as%20X", "?$compute={0}%20as%20X&$filter=X%20eq%201", "?$apply=groupby(({0}))", "?$apply=aggregate({0}%20with%20max%20as%20X)",
        "?$apply=filter({0}%20eq%20'x')", "?$apply=groupby(({0},{0}))", "?{0}=x", "?@p={0}&$filter=@p%20eq%201", "/{0}", "/$filter({0}%20eq%20'x')", "/{0}/$count", "({0}='x')",
    ];

    [Fact]
    [Trait("Invariant", "I78")]
    public async Task A_name_that_is_hidden_is_a_name_that_never_was()
    {
        var sets = feed.Sets.Sets.Where(set => set.Surface == Surface.Public && set.Row.Assembly == typeof(Credit.OData.SetCatalog).Assembly).ToList();
        sets.Count.ShouldBeGreaterThan(15);
        var asked = 0;
        foreach (var set in sets)
        {
            var shown = set.Shape.Columns.Select(column => column.Name).Concat(set.Shape.Ways.Select(way => way.Name)).ToHashSet(StringComparer.OrdinalIgnoreCase);
            var hidden = Beneath(set.Name).Where(name => !shown.Contains(name)).Distinct(StringComparer.Ordinal).ToList();
            hidden.ShouldNotBeEmpty(set.Name);

            // Every name with one option of each kind, and every option with one name: the rest of the product tells nothing new.
            var pairs = hidden.SelectMany((name, i) => new[] { Templates[i % Templates.Length], Templates[0], Templates[6], Templates[8] }.Select(template => (name, template)))
                .Concat(Templates.Select(template => (name: hidden[0], template))).Distinct();
            foreach (var (name, template) in pairs)
            {
                var never = "Q" + name[1..];
                if (never == name || shown.Contains(never))
                {
                    continue;
                }

                var real = await feed.AskAsync($"/odata/public/{set.Name}{string.Format(null, template, name)}");
                var none = await feed.AskAsync($"/odata/public/{set.Name}{string.Format(null, template, never)}");
                Comparable(real, name).ShouldBe(Comparable(none, never), $"{set.Name} {template} {name}");
                real.Status.ShouldBeInRange(400, 501, $"{set.Name} {template} {name}");
                asked++;
            }
        }

        asked.ShouldBeGreaterThan(1000);
    }

    [Fact]
    [Trait("Invariant", "I78")]
    public async Task A_set_that_is_not_public_is_a_set_that_never_was()
    {
        foreach (var set in feed.Sets.Sets.Where(set => set.Surface == Surface.Official && feed.Sets.Find(Surface.Public, set.Name) is null))
        {
            foreach (var template in new[] { "{0}", "{0}(1)", "{0}/$count", "{0}?$filter=Id%20eq%201", "{0}/$ref", "$entity?$id={0}(1)" })
            {
                var real = await feed.AskAsync("/odata/public/" + string.Format(null, template, set.Name));
                var none = await feed.AskAsync("/odata/public/" + string.Format(null, template, "Q" + set.Name[1..]));
                Comparable(real, set.Name).ShouldBe(Comparable(none, "Q" + set.Name[1..]), $"{template} {set.Name}");
                real.Status.ShouldBe(404);
            }
        }
    }

    [Fact]
    public async Task The_comparison_notices_a_name_that_is_shown()
    {
        var real = await feed.AskAsync("/odata/public/ListEntries?$filter=Domain%20eq%20'x'");
        var none = await feed.AskAsync("/odata/public/ListEntries?$filter=Qomain%20eq%20'x'");

        Comparable(real, "Domain").ShouldNotBe(Comparable(none, "Qomain"));
    }

    /// <summary>Names beneath the public sets: columns of all tables and views, members of all entities, and words somebody would try.</summary>
    private static IEnumerable<string> Beneath(string set)
    {
        using var db = new CreditDbContext(new DbContextOptionsBuilder<CreditDbContext>().UseNpgsql("Host=none").UseSnakeCaseNamingConvention().Options);
        using var open = new PublicDbContext(new DbContextOptionsBuilder<PublicDbContext>().UseNpgsql("Host=none").UseSnakeCaseNamingConvention().Options);
        var types = db.Model.GetEntityTypes().Concat(open.Model.GetEntityTypes()).ToList();
        var own = types.Where(type => Alike(type, set)).ToList();
        return (own.Count > 0 ? own : types.Take(10))
            .SelectMany(type => type.GetProperties().SelectMany(property => new[] { property.Name, property.GetColumnName() })
                .Concat(type.ClrType.GetMembers(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance).OfType<PropertyInfo>().Select(member => member.Name)))
            .Concat(["IdentityNumber", "PersonName", "Phone", "Informant", "SubjectMask", "RecognisedBy", "ReviewedBy", "xmin", "ctid", "tableoid"])
            .Where(name => name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_') && name.Length > 2);
    }

    private static bool Alike(IEntityType type, string set) =>
        set.Contains(type.ClrType.Name.Replace("Published", "", StringComparison.Ordinal).Replace("View", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase)
        || type.ClrType.Name.Contains(set.TrimEnd('s'), StringComparison.OrdinalIgnoreCase);

    private static string Comparable(FeedAnswer answer, string name) =>
        $"{answer.Status}\n{string.Join('\n', answer.Headers.Where(header => header.Key is not ("Date" or "Content-Length" or "Credit-As-Of")).OrderBy(header => header.Key, StringComparer.Ordinal))}\n"
            + answer.Body.Replace($"\"target\":\"{name}\"", "\"target\":\"?\"", StringComparison.Ordinal);
}
