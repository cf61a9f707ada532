using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Testing;
using Npgsql;

namespace Credit.Core.Tests.Intake;

/// <summary>Every row of every sample file, sent in over HTTP as a department would: it comes out as it says.</summary>
public class EveryFileOverHttpTests(HostFixture host) : IClassFixture<HostFixture>
{
    public static TheoryData<string> AllFiles => [.. Expectations.Files.Keys];

    [Theory]
    [MemberData(nameof(AllFiles))]
    [Trait("Requirement", "R-3.1.1.a")]
    [Trait("Requirement", "R-3.1.1.b")]
    [Trait("Requirement", "R-3.1.1.c")]
    [Trait("Requirement", "R-3.1.3.d")]
    [Trait("Requirement", "R-3.1.4.a")]
    [Trait("Requirement", "R-3.1.4.b")]
    [Trait("Requirement", "R-3.2.4.a")]
    [Trait("Invariant", "I18")]
    [Trait("Invariant", "I27")]
    [Trait("Invariant", "I86")]
    [Trait("Invariant", "I88")]
    [Trait("Invariant", "I90")]
    public async Task Every_row_comes_out_as_it_says_and_the_same_file_again_changes_nothing(string name)
    {
        var expected = Expectations.Files[name];
        await EmptyAsync();
        if (expected.Requires is { } before)
        {
            await SendAsync(before);
        }

        var batch = await SendAsync(name);
        var rows = await RowsAsync(batch);

        FaultsOf(expected, batch, rows).ShouldBeEmpty();

        var stored = await CountsAsync();
        var again = await SendAsync(name);

        (await CountsAsync()).ShouldBe(stored);
        if (expected.FileVerdict == "accept")
        {
            Total(again, "accepted").ShouldBe(0);
            Total(again, "acceptedWithWarning").ShouldBe(0);
            Total(again, "rejected").ShouldBe(Total(batch, "rejected"));
            Total(again, "unchanged").ShouldBe(Total(batch, "accepted") + Total(batch, "acceptedWithWarning") + Total(batch, "unchanged"));
        }
    }

    internal static async Task<JsonElement> SendAsync(HostFixture host, string user, string kind, string name, byte[] content)
    {
        using var officer = await host.AsAsync(user);
        using var form = new MultipartFormDataContent { { new ByteArrayContent(content), "file", name } };
        using var sent = await officer.PostAsync(new Uri($"/api/intake/{kind}", UriKind.Relative), form);
        sent.StatusCode.ShouldBe(HttpStatusCode.Accepted, await sent.Content.ReadAsStringAsync());
        await host.IntakeAsync();
        return await officer.GetFromJsonAsync<JsonElement>(sent.Headers.Location);
    }

    private static IEnumerable<string> FaultsOf(ExpectedFile expected, JsonElement batch, IReadOnlyDictionary<int, JsonElement> rows)
    {
        var state = batch.GetProperty("state").GetString();
        if (state != (expected.FileVerdict == "accept" ? "Completed" : "Refused"))
        {
            yield return $"state {state}, because {batch.GetProperty("refusedBecause")}";
        }

        var findings = batch.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("code").GetString()!).ToArray();
        if (!(expected.FileIssues ?? []).All(code => findings.Contains(code)))
        {
            yield return $"findings {string.Join(", ", findings)}";
        }

        string[] fates = ["accepted", "acceptedWithWarning", "unchanged", "conflicts", "quarantined", "rejected"];
        if (expected.FileVerdict == "accept" && (fates.Sum(fate => Total(batch, fate)) != expected.Rows.Count || Total(batch, "rowsRead") != expected.Rows.Count))
        {
            yield return $"totals {string.Join(", ", fates.Select(fate => Total(batch, fate)))} of {Total(batch, "rowsRead")} read, {expected.Rows.Count} expected";
        }

        foreach (var row in expected.Rows)
        {
            foreach (var fault in FaultsOf(row, rows.TryGetValue(row.Row, out var found) ? found : null))
            {
                yield return fault;
            }
        }
    }

    private static IEnumerable<string> FaultsOf(ExpectedRow expected, JsonElement? found)
    {
        var verdict = found?.GetProperty("verdict").GetString() switch
        {
            null or "Accepted" => "accept",
            "AcceptedWithWarning" => "accept-with-warning",
            "Unchanged" => "duplicate-noop",
            "Conflict" => "conflict",
            _ => "reject",
        };
        var issues = found is { } row ? row.GetProperty("issues").EnumerateArray().Select(IssueOf).ToArray() : [];
        var where = $"row {expected.Row} ({expected.Planted}), found {verdict}: {string.Join(", ", issues)}";
        if (!expected.Allows(verdict))
        {
            yield return $"{where}: expected {expected.Verdict}";
        }

        if (verdict == expected.Verdict && verdict != "accept" && !(expected.Issues ?? []).All(issue => issues.Contains((issue.Code, issue.Field, issue.Column))))
        {
            yield return $"{where}: expected {string.Join(", ", expected.Issues!)}";
        }

        if (expected.RelatedRow is { } related && found is not null && verdict != "accept" && found.Value.GetProperty("relatedRow").GetRawText() != $"{related}")
        {
            yield return $"{where}: related to {found.Value.GetProperty("relatedRow")}, expected {related}";
        }

        if (found is { } listed && verdict is "accept" or "accept-with-warning" && expected.Due is { } due
            && (listed.GetProperty("due").GetString() != $"{due:yyyy-MM-dd}" || listed.GetProperty("onTime").GetBoolean() != (expected.OnTime == "yes")))
        {
            yield return $"{where}: due {listed.GetProperty("due")}, on time {listed.GetProperty("onTime")}";
        }

        if (found is null && expected.OnTime == "no")
        {
            yield return $"{where}: late and not listed";
        }
    }

    private static (string Code, string? Field, string? Column) IssueOf(JsonElement issue) =>
        (issue.GetProperty("code").GetString()!, issue.GetProperty("field").GetString(), issue.GetProperty("column").GetString());

    private static int Total(JsonElement batch, string name) => batch.GetProperty(name).GetInt32();

    private static string KindOf(ExpectedFile file) => file.RecordKind switch
    {
        "penalty" => "penalties",
        "licence" => "licences",
        "listEntry" => "list-entries",
        _ => "subjects",
    };

    private async Task<JsonElement> SendAsync(string name) => await SendAsync(
        host, "development-reform.officer", KindOf(Expectations.Files[name]), Path.GetFileName(name), await File.ReadAllBytesAsync(Expectations.PathOf(name)));

    private async Task<IReadOnlyDictionary<int, JsonElement>> RowsAsync(JsonElement batch)
    {
        using var officer = await host.AsAsync("development-reform.officer");
        Dictionary<int, JsonElement> rows = [];
        int? after = 0;
        while (after is { } last)
        {
            var page = await officer.GetFromJsonAsync<JsonElement>(new Uri($"/api/intake/batches/{batch.GetProperty("id")}/rows?after={last}", UriKind.Relative));
            foreach (var row in page.GetProperty("rows").EnumerateArray())
            {
                rows.Add(row.GetProperty("row").GetInt32(), row);
            }

            after = page.GetProperty("next").ValueKind == JsonValueKind.Null ? null : page.GetProperty("next").GetInt32();
        }

        return rows;
    }

    private async Task<string> CountsAsync()
    {
        await using var connection = new NpgsqlConnection(host.ConnectionString);
        await connection.OpenAsync();
        await using var counts = new NpgsqlCommand(
            "SELECT concat_ws('/', (SELECT count(*) FROM core.penalty), (SELECT count(*) FROM core.licence), (SELECT count(*) FROM core.subject), (SELECT count(*) FROM core.list_entry))", connection);
        return (string)(await counts.ExecuteScalarAsync())!;
    }

    private async Task EmptyAsync()
    {
        await using var connection = new NpgsqlConnection(host.ConnectionString);
        await connection.OpenAsync();
        await using var empty = new NpgsqlCommand("TRUNCATE core.penalty, core.licence, core.subject, core.intake_batch, core.intake_trace CASCADE", connection);
        await empty.ExecuteNonQueryAsync();
    }
}
