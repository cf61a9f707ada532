using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Credit.Core.Tests.Intake;
using Credit.Core.Tests.Listing;
using Credit.Domain.Subjects;
using Credit.Testing;

namespace Credit.Core.Tests.OData;

/// <summary>What anyone may read of records and entries, and until when.</summary>
public sealed partial class PublishedRecordsTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    [Trait("Requirement", "R-3.1.4.i")]
    [Trait("Invariant", "I71")]
    public async Task No_public_row_holds_the_number_of_a_person_the_full_name_of_one_or_anything_of_a_minor()
    {
        await SendAsync("penalties", "penalties.csv");
        await SendAsync("licences", "licences.csv");
        var text = await File.ReadAllTextAsync(Expectations.PathOf("penalties.csv")) + await File.ReadAllTextAsync(Expectations.PathOf("licences.csv"));
        var numbers = EighteenDigits().Matches(text).Select(match => match.Value)
            .Where(number => PersonIdentifiers.Check(PersonIdentifiers.ResidentIdentityCard, number) == CodeFault.None).Distinct().ToList();
        numbers.Count.ShouldBeGreaterThan(20);

        var penalties = await AllAsync("Penalties");
        var licences = await AllAsync("Licences");

        penalties.Count.ShouldBeGreaterThan(100);
        licences.Count.ShouldBeGreaterThan(20);
        var shown = string.Concat(penalties.Concat(licences).Select(row => row.GetRawText()));
        numbers.Where(number => shown.Contains(number, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
        var persons = penalties.Where(row => row.GetProperty("SubjectCategory").GetString() == "自然人").ToList();
        persons.Count.ShouldBeGreaterThan(3);
        persons.ShouldAllBe(row => row.GetProperty("SubjectName").GetString()!.EndsWith('＊') && row.GetProperty("SubjectCode").ValueKind == JsonValueKind.Null);
        var minor = Expectations.Files["penalties.csv"].Rows.Single(row => row.Planted == "minor").Row;
        await using var owner = new Npgsql.NpgsqlConnection(host.ConnectionString);
        await owner.OpenAsync();
        await using var find = new Npgsql.NpgsqlCommand($"SELECT document_number FROM core.penalty WHERE row = {minor}", owner);
        var document = (string)(await find.ExecuteScalarAsync()).ShouldNotBeNull("it is kept, but not shown");
        penalties.ShouldNotContain(row => row.GetProperty("DocumentNumber").GetString() == document);
    }

    [Fact]
    [Trait("Requirement", "R-3.1.4.h")]
    [Trait("Invariant", "I69")]
    public async Task Every_public_record_and_entry_names_its_last_day_and_is_gone_after_it_by_set_count_and_key()
    {
        var own = new HostFixture();
        await own.InitializeAsync();
        try
        {
            var journey = new EntryJourney(own);
            var name = "penalties.csv";
            await EveryFileOverHttpTests.SendAsync(own, "development-reform.officer", "penalties", name, await File.ReadAllBytesAsync(Expectations.PathOf(name)));
            var entry = await journey.InForceAsync("tax", Proposals.Black(Proposals.Code("W0"), validTo: "2026-11-26"));
            using var anyone = own.Anonymous();
            var next = (await journey.ListAsync(anyone, "/odata/public/Penalties?$orderby=PublicUntil&$top=1")).Single();
            var (id, last) = (next.GetProperty("Id").GetGuid(), DateOnly.Parse(next.GetProperty("PublicUntil").GetString()!));
            var addresses = new[] { $"Penalties({id})", $"ListEntries({entry.Id})" };
            foreach (var address in addresses)
            {
                (await StatusAsync(anyone, address)).ShouldBe(HttpStatusCode.OK, address);
            }

            last.ShouldBeInRange(new DateOnly(2026, 11, 24), new DateOnly(2027, 11, 24));
            var after = last > new DateOnly(2026, 11, 26) ? last : new DateOnly(2026, 11, 26);
            own.Clock.SetUtcNow(new DateTimeOffset(after.AddDays(1), TimeOnly.MinValue, TimeSpan.FromHours(8)));

            foreach (var address in addresses)
            {
                (await StatusAsync(anyone, address)).ShouldBe(HttpStatusCode.NotFound, address);
            }

            (await anyone.GetStringAsync($"/odata/public/Penalties/$count?$filter=Id eq {id}")).ShouldBe("0");
            (await journey.ListAsync(anyone, $"/odata/public/ListEntries?$filter=Id eq {entry.Id}")).ShouldBeEmpty();
        }
        finally
        {
            await own.DisposeAsync();
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string address)
    {
        using var answer = await client.GetAsync(new Uri("/odata/public/" + address, UriKind.Relative));
        return answer.StatusCode;
    }

    private async Task<IReadOnlyList<JsonElement>> AllAsync(string set)
    {
        using var anyone = host.Anonymous();
        List<JsonElement> rows = [];
        var next = $"/odata/public/{set}";
        while (next is not null)
        {
            var page = await anyone.GetFromJsonAsync<JsonElement>(next);
            rows.AddRange(page.GetProperty("value").EnumerateArray());
            next = page.TryGetProperty("@odata.nextLink", out var link) ? link.GetString() : null;
        }

        return rows;
    }

    private async Task SendAsync(string kind, string name) =>
        await EveryFileOverHttpTests.SendAsync(host, "development-reform.officer", kind, name, await File.ReadAllBytesAsync(Expectations.PathOf(name)));

    [GeneratedRegex(@"(?<![0-9A-Za-z])[1-9]\d{16}[\dXx](?![0-9A-Za-z])")]
    private static partial Regex EighteenDigits();
}
