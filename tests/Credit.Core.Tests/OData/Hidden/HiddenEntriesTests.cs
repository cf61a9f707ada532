using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Credit.Core.Feeds;
using Credit.Core.Tests.Feeds;
using Credit.OData;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.OData.Hidden;

/// <summary>An entry that the public does not see, whatever it is asked by, is answered as one that never existed.</summary>
public sealed partial class HiddenEntriesTests(HiddenThings district) : IClassFixture<HiddenThings>
{
    /// <summary>Ways to ask: <c>{0}</c> identity, <c>{1}</c> code, <c>{2}</c> name, <c>{3}</c> subject.</summary>
    private static readonly string[] Forms =
    [
        "({0})", "({0})/SubjectName", "({0})/SubjectName/$value", "({0})/RecogniserDepartment", "({0})/$ref", "({0})/RecogniserDepartment/$ref", "({0})?$select=Id", "({0})?$expand=RecogniserDepartment", "(Id={0})", "(@k)?@k={0}",
        "?$filter=Id eq {0}", "?$filter=Id in ({0})&$count=true", "?$filter=SubjectCode eq '{1}'", "?$filter=SubjectCode eq '{1}'&$count=true&$top=0", "?$filter=startswith(SubjectCode,'{1}')", "?$filter=SubjectCode ge '{1}' and SubjectCode le '{1}'",
        "?$filter=SubjectName eq '{2}'", "?$filter=contains(SubjectName,'{2}')", "?$filter=SubjectName in ('{2}','x')&$orderby=SubjectName desc", "?$filter=not (SubjectName ne '{2}')", "?$filter=tolower(concat(SubjectName,SubjectCode)) eq tolower('{2}{1}')",
        "?$filter=indexof(SubjectCode,'{1}') mul 2147483647 mul 2147483647 eq 0", "?$filter=(indexof(SubjectCode,'{1}') add 1) mul 2147483647 mul 2147483647 gt 0", "/$count?$filter=SubjectCode eq '{1}'", "/$filter(SubjectCode eq '{1}')/$count",
        "?$search={2}", "?$search={1}&$count=true", "?$search={1} OR {2}", "/$count?$search={1}",
        "?$apply=filter(SubjectCode eq '{1}')/aggregate($count as N)", "?$apply=filter(SubjectCode eq '{1}')/groupby((Domain),aggregate($count as N))", "?$apply=groupby((SubjectCode),aggregate($count as N))/filter(SubjectCode eq '{1}')",
        "?$compute=length(SubjectName) as L&$filter=L gt 1 and SubjectCode eq '{1}'", "/$ref?$filter=SubjectCode eq '{1}'", "?$filter=SubjectCode eq @c&@c='{1}'", "?$format=csv&$filter=SubjectCode eq '{1}'",
        "?$filter=RecogniserDepartment/Key eq 'tax' and SubjectCode eq '{1}'", "?$filter=SubjectCode eq '{1}' or 1 eq 2&$orderby=length(SubjectName)&$skip=0",
    ];

    private static readonly string[] FromElsewhere =
    [
        "Departments?$filter=Entries/any(e:e/SubjectCode eq '{1}')", "Departments?$filter=Entries/any(e:e/Id eq {0})&$count=true", "Departments?$filter=Entries/all(e:e/SubjectCode ne '{1}')&$count=true", "Departments?$expand=Entries($filter=SubjectCode eq '{1}';$count=true)&$top=3&$filter=Key eq 'tax'",
        "Departments('tax')/Entries?$filter=SubjectName eq '{2}'", "Departments('tax')/Entries({0})", "Departments('tax')/Entries/$count?$filter=SubjectCode eq '{1}'", "Departments('tax')/Entries/$ref?$filter=SubjectCode eq '{1}'", "Departments?$filter=Entries/any(e:(indexof(e/SubjectCode,'{1}') add 1) mul 2147483647 mul 2147483647 gt 0)",
        "$entity?$id=ListEntries({0})", "ExitAnnouncements?$filter=EntryId eq {0}", "ExitAnnouncements?$filter=SubjectCode eq '{1}'", "ExitAnnouncements?$search={2}", "Corrections?$filter=EntryId eq {0}", "Corrections?$search={1}", "Warnings?$search={1}",
        "Commitments?$search={1}", "Exemplars?$search={2}", "Penalties?$search={1}",
    ];

    [Fact]
    [Trait("Invariant", "I78")]
    [Trait("Invariant", "X9")]
    [Trait("Invariant", "X10")]
    [Trait("Invariant", "X12")]
    public async Task Whatever_it_is_asked_by_it_never_was()
    {
        using var client = district.Anonymous();
        List<string> differing = [];
        foreach (var thing in district.Hidden)
        {
            foreach (var address in Forms.Select(form => "ListEntries" + form).Concat(FromElsewhere).Select(form => "/odata/public/" + form)
                .Append("/feeds/proof?entry={0}").Append("/api/entries/{0}").Append("/api/entries/{0}/history"))
            {
                await CompareAsync(client, address, thing, differing);
            }

            await CompareAsync(client, "/odata/public/ListEntries({0})", thing, differing, ("If-None-Match", "*"));
            await CompareAsync(client, "/odata/public/ListEntries?$filter=SubjectCode eq '{1}'", thing, differing, ("If-None-Match", "\"x\""));
            await CompareAsync(client, "/odata/public/ListEntries?$filter=SubjectCode eq '{1}'", thing, differing, ("If-None-Match", "*"));
        }

        differing.ShouldBeEmpty();
        var shown = await Wire.GetAsync(client, Filled("/odata/public/ListEntries?$filter=SubjectCode eq '{1}'", district.Shown));
        shown.ShouldContain(district.Shown.Id.ToString(), Case.Sensitive, "one that is shown is found this way");
    }

    [Fact]
    [Trait("Invariant", "I78")]
    [Trait("Invariant", "X9")]
    public async Task It_has_no_place_between_the_rows_shown()
    {
        using var client = district.Anonymous();
        var page = JsonDocument.Parse(await client.GetStringAsync("/odata/public/ListEntries?$orderby=SubjectName&$top=100&$count=true")).RootElement;
        var rows = page.GetProperty("value").EnumerateArray().Select(row => row.GetProperty("Id").GetGuid()).ToArray();
        page.GetProperty("@odata.count").GetInt32().ShouldBe(rows.Length);
        rows.Intersect(district.Hidden.Select(thing => thing.Id)).ShouldBeEmpty();
        foreach (var thing in district.Hidden)
        {
            // The place just before and just after it: the same rows follow, and each page is one row shorter than the one before.
            var (before, after) = (await AfterAsync(client, thing.Name, Guid.Empty), await AfterAsync(client, thing.Name, Guid.Parse("ffffffff-ffff-ffff-ffff-ffffffffffff")));
            after.ShouldBe(before, thing.Sort);
        }

        var last = await AfterAsync(client, district.Shown.Name, Guid.Empty);
        (await AfterAsync(client, district.Shown.Name, Guid.Parse("ffffffff-ffff-ffff-ffff-ffffffffffff"))).Count.ShouldBe(last.Count - 1);
    }

    [Fact]
    [Trait("Invariant", "I78")]
    [Trait("Invariant", "X12")]
    public async Task Its_changes_change_no_tag_no_count_and_no_delta()
    {
        using var client = district.Anonymous();
        var thing = district.Hidden.Single(each => each.Sort == "watch");
        string[] asked = ["/odata/public/ListEntries", "/odata/public/ListEntries?$count=true&$orderby=ValidTo", "/odata/public/Departments?$expand=Entries", "/odata/public/ListEntries/$count", "/feeds/digest?set=ListEntries", $"/odata/public/ListEntries?$filter=SubjectCode eq '{thing.Code}'"];
        await district.FollowAsync();
        var tracked = (await FeedDistrict.PagesAsync(client, "/odata/public/ListEntries", "track-changes"))[^1].Delta!;
        var narrow = (await FeedDistrict.PagesAsync(client, $"/odata/public/ListEntries?$filter=SubjectCode eq '{thing.Code}'", "track-changes"))[^1].Delta!;
        var before = await Task.WhenAll(asked.Select(address => Wire.GetAsync(client, Escaped(address))));

        await district.ChangeAsync(thing.Id, 2);
        await district.ChangeAsync(thing.Id, 2);
        await district.SettleAsync();
        await district.FollowAsync();

        (await Task.WhenAll(asked.Select(address => Wire.GetAsync(client, Escaped(address))))).ShouldBe(before);
        (await FeedDistrict.PagesAsync(client, tracked)).SelectMany(each => each.Rows).ShouldBeEmpty();
        (await FeedDistrict.PagesAsync(client, narrow)).SelectMany(each => each.Rows).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Invariant", "I78")]
    [Trait("Invariant", "X11")]
    [Trait("Invariant", "X13")]
    public async Task A_natural_person_is_not_found_by_name_number_or_a_piece_of_it()
    {
        using var client = district.Anonymous();
        var row = JsonDocument.Parse(await client.GetStringAsync("/odata/public/ListEntries?$filter=SubjectKind eq 'NaturalPerson'")).RootElement.GetProperty("value").EnumerateArray().ShouldHaveSingleItem();
        row.GetRawText().ShouldNotContain("张某某");
        foreach (var (real, never) in new[] { ("张某某", "张虚虚"), ("370811199001010014", "370811199001010022"), ("19900101", "19900102"), ("0014", "0022") })
        {
            foreach (var form in new[]
            {
                "?$search={0}", "?$filter=SubjectName eq '{0}'", "?$filter=contains(SubjectName,'{0}')", "?$filter=contains(SubjectCode,'{0}')", "?$filter=SubjectCode eq '{0}'", "/$count?$search={0}", "?$filter=SubjectKind eq 'NaturalPerson' and indexof(SubjectName,'{0}') ge 0",
                "?$apply=filter(SubjectName eq '{0}')/aggregate($count as N)", "?$filter=SubjectKind eq 'NaturalPerson' and (indexof(SubjectName,'{0}') add 1) mul 2147483647 mul 2147483647 gt 0", "?$filter=SubjectName ge '{0}' and SubjectName le '{0}'",
            })
            {
                var (one, other) = (await Wire.GetAsync(client, Escaped("/odata/public/ListEntries" + string.Format(null, form, real))), await Wire.GetAsync(client, Escaped("/odata/public/ListEntries" + string.Format(null, form, never))));
                one.ShouldBe(other, $"{form} {real}");
            }
        }
    }

    private async Task CompareAsync(HttpClient client, string form, Thing thing, List<string> differing, params (string, string)[] headers)
    {
        var never = district.Never();
        var real = await Wire.GetAsync(client, Filled(form, thing), headers);
        var none = await Wire.GetAsync(client, Filled(form, never), headers);
        if (real != thing.In(none, never))
        {
            differing.Add($"{thing.Sort} {form}:\n{real}\n{thing.In(none, never)}");
        }
    }

    private async Task<IReadOnlyList<string>> AfterAsync(HttpClient client, string name, Guid id)
    {
        // The host seals it: nobody else can ask for a place that was not given out.
        var token = new PageTokens(district.Services.GetRequiredService<FeedSeal>(), "public")
            .Seal(JsonSerializer.Serialize(new object[] { "SubjectName+,Id+", name, id }));
        var answer = await Wire.GetAsync(client, $"/odata/public/ListEntries?$orderby=SubjectName&$skiptoken={token}");
        answer.ShouldStartWith("200");
        return [.. Keys().Matches(answer).Select(match => match.Value)];
    }

    private static string Filled(string form, Thing thing) => Escaped(string.Format(null, form, thing.Id, thing.Code, thing.Name, thing.Subject));

    private static string Escaped(string address) => address.StartsWith("/odata", StringComparison.Ordinal) ? Questions.Escaped(address) : address;

    [GeneratedRegex("\"Id\":\"[^\"]*\"")]
    private static partial Regex Keys();
}
