using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Tests.Checks;
using Credit.Core.Tests.Listing;
using Credit.Core.Tests.Records;
using Credit.Testing;

namespace Credit.Core.Tests.Sharing;

/// <summary>An entry as any channel shows it.</summary>
/// <param name="Mark">Whose: the mark of the code.</param>
/// <param name="List">Which list.</param>
/// <param name="Until">Last day.</param>
/// <param name="Verifying">Under verification.</param>
internal readonly record struct Shown(string Mark, string List, string Until, bool Verifying = false);

/// <summary>Asks every channel for the entries of the same subjects at the instant the clock stands at, and reads each answer as entries.</summary>
internal sealed class Channels(HostFixture host, IReadOnlyList<string> marks)
{
    private readonly RecordJourney _records = new(host);
    private readonly Dictionary<string, string> _marks = marks.ToDictionary(Proposals.Code);
    private readonly Dictionary<Guid, string> _subjects = [];

    /// <summary>The public OData set.</summary>
    public async Task<IReadOnlyList<Shown>> PublicAsync()
    {
        using var anyone = host.Anonymous();
        return Sorted((await _records.Register.Entries.ListAsync(anyone, "/odata/public/ListEntries?$top=1000"))
            .Select(row => new Shown(_marks[Text(row, "SubjectCode")], Text(row, "List"), Text(row, "ValidTo"), row.GetProperty("UnderVerification").GetBoolean())));
    }

    /// <summary>What a partner is answered.</summary>
    public Task<IReadOnlyList<Shown>> PartnerAsync() => EachAsync(async mark =>
        Lines(RecordJourney.Json(await _records.PostAsync("bank.system", "/api/partner-queries", new { subject = Named(mark), purpose = "MarketTransaction", items = new[] { "list-entries" } }))));

    /// <summary>What the credit report says that another department has issued.</summary>
    public Task<IReadOnlyList<Shown>> ReportAsync() => EachAsync(async mark =>
        ReportLines(await _records.PostAsync("finance.officer", "/api/credit-reports", new { purpose = "PublicService", subject = Named(mark) })));

    /// <summary>What the credit report says that the subject has issued about itself; of those a check has found.</summary>
    public Task<IReadOnlyList<Shown>> OwnReportAsync() => EachAsync(async mark =>
        _subjects.FirstOrDefault(each => each.Value == mark).Key is var subject && subject != Guid.Empty
            ? ReportLines(await _records.PostAsync(HostFixture.AccountOf(subject), "/api/credit-reports", new { purpose = "MarketTransaction" }))
            : []);

    /// <summary>What a check before a decision hits.</summary>
    public async Task<IReadOnlyList<Shown>> CheckAsync()
    {
        var verdict = await host.CheckAsync("finance.officer", [.. marks.Select(Named)]);
        List<Shown> hits = [];
        foreach (var subject in verdict.GetProperty("subjects").EnumerateArray())
        {
            var mark = marks[subject.GetProperty("index").GetInt32()];
            _subjects[subject.GetProperty("subjectId").GetGuid()] = mark;
            hits.AddRange(subject.GetProperty("hits").EnumerateArray().Select(hit => new Shown(mark, Text(hit, "list"), Text(hit, "validTo"), hit.GetProperty("suspended").GetBoolean())));
        }

        return Sorted(hits);
    }

    /// <summary>What the city holds, which knows the steps it was sent and the day. It is told no name of an entry that may not be published.</summary>
    public async Task<IReadOnlyList<Shown>> CityAsync(DateOnly today)
    {
        using var city = await host.AsAsync("city.system");
        Dictionary<Guid, (Shown Entry, string From)> held = [];
        long? after = 0;
        while (after is { } position)
        {
            var page = await city.GetFromJsonAsync<JsonElement>($"/api/exchange/city/steps?after={position}");
            foreach (var step in page.GetProperty("steps").EnumerateArray())
            {
                Take(held, step);
            }

            after = page.GetProperty("next").ValueKind == JsonValueKind.Null ? null : page.GetProperty("next").GetInt64();
        }

        var day = today.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        return Sorted(held.Values
            .Where(each => string.CompareOrdinal(each.From, day) <= 0 && string.CompareOrdinal(day, each.Entry.Until) <= 0).Select(each => each.Entry));
    }

    /// <summary>In one order.</summary>
    public static IReadOnlyList<Shown> Sorted(IEnumerable<Shown> entries) =>
        [.. entries.OrderBy(each => each.Mark, StringComparer.Ordinal).ThenBy(each => each.List, StringComparer.Ordinal).ThenBy(each => each.Until, StringComparer.Ordinal)];

    private void Take(Dictionary<Guid, (Shown Entry, string From)> held, JsonElement step)
    {
        var (entry, announced) = (step.GetProperty("correlationId").GetGuid(), step.GetProperty("announcement"));
        switch (Text(step, "step"))
        {
            case "list-entry.published.v1":
                held[entry] = (new(_subjects[announced.GetProperty("subjectId").GetGuid()], Text(announced, "list"), Text(announced, "validTo")), Text(announced, "validFrom"));
                break;
            case "list-entry.verifying.v1":
                held[entry] = (held[entry].Entry with { Verifying = true }, held[entry].From);
                break;
            case "list-entry.confirmed.v1":
                held[entry] = (held[entry].Entry with { Verifying = false, Until = Text(announced, "validTo") }, held[entry].From);
                break;
            case "list-entry.term-carried.v1":
                held[entry] = (held[entry].Entry with { Until = Text(announced, "validTo") }, held[entry].From);
                break;
            case "list-entry.exited.v1":
                held.Remove(entry);
                break;
        }
    }

    private async Task<IReadOnlyList<Shown>> EachAsync(Func<string, Task<IEnumerable<(string What, string Until)>>> ask)
    {
        List<Shown> shown = [];
        foreach (var mark in marks)
        {
            shown.AddRange((await ask(mark)).Select(line => new Shown(mark, line.What.Split(' ')[0], line.Until, line.What.Contains("核实中", StringComparison.Ordinal))));
        }

        return Sorted(shown);
    }

    private static IEnumerable<(string What, string Until)> ReportLines(MoveAnswer answer)
    {
        answer.Status.ShouldBe(HttpStatusCode.Created, answer.Body);
        return Lines(JsonSerializer.Deserialize<JsonElement>(answer.Body).GetProperty("document"));
    }

    private static IEnumerable<(string What, string Until)> Lines(JsonElement document) =>
        document.GetProperty("sections").EnumerateArray().Where(section => Text(section, "item") == "list-entries")
            .SelectMany(section => section.GetProperty("lines").EnumerateArray()).Select(line => (Text(line, "what"), Text(line, "until")));

    private static object Named(string mark) => new { kind = "LegalPerson", code = Proposals.Code(mark) };

    private static string Text(JsonElement element, string member) => element.GetProperty(member).GetString()!;
}
