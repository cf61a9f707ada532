using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Credit.Core.Http;
using Credit.Host.Startup;
using Credit.Testing;

namespace Credit.Core.Tests.Http;

[Collection(nameof(EdgeHost))]
public sealed class AnswerTests(EdgeHost host)
{
    private const string Order = """{"name":"甲","count":1,"on":"2026-03-02","colour":"deepRed"}""";

    [Fact]
    public async Task The_same_key_and_request_get_the_first_answer_byte_for_byte()
    {
        var key = Guid.CreateVersion7().ToString();
        var before = host.Effects;
        using var first = await PostAsync("/api/probes/order", Order, key);
        using var second = await PostAsync("/api/probes/order", Order, key);
        using var other = await PostAsync("/api/probes/order", Order.Replace("甲", "乙", StringComparison.Ordinal), key);
        using var otherCaller = await PostAsync("/api/probes/order", Order, key, "finance.officer");

        (await second.Content.ReadAsByteArrayAsync()).ShouldBe(await first.Content.ReadAsByteArrayAsync());
        second.Content.Headers.ContentType.ShouldBe(first.Content.Headers.ContentType);
        second.Headers.GetValues(Idempotency.ReplayedHeader).ShouldHaveSingleItem().ShouldBe("true");
        (await BadInputTests.ProblemOf(other, HttpStatusCode.UnprocessableEntity)).GetProperty("code").GetString().ShouldBe("idempotency-key-reused");
        (await otherCaller.Content.ReadAsByteArrayAsync()).ShouldNotBe(await first.Content.ReadAsByteArrayAsync());
        (host.Effects - before).ShouldBe(2, "one for each caller");
    }

    [Fact]
    public async Task Of_two_equal_requests_at_once_only_one_runs()
    {
        var key = Guid.CreateVersion7().ToString();
        var before = host.Effects;
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => PostAsync("/api/probes/slow", Order, key)));

        (host.Effects - before).ShouldBe(1);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBeGreaterThan(0);
        foreach (var late in answers.Where(answer => answer.StatusCode != HttpStatusCode.OK))
        {
            (await BadInputTests.ProblemOf(late, HttpStatusCode.Conflict)).GetProperty("code").GetString().ShouldBe("in-progress");
            late.Headers.RetryAfter.ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task A_request_refused_for_its_form_gives_its_key_back()
    {
        var key = Guid.CreateVersion7().ToString();
        using var refused = await PostAsync("/api/probes/order", "{}", key);
        using var taken = await PostAsync("/api/probes/order", Order, key);

        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        taken.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(null, "idempotency-key-required")]
    [InlineData("a b", "idempotency-key-malformed")]
    public async Task A_missing_or_malformed_key_is_refused_where_one_is_needed(string? key, string code)
    {
        using var answer = await PostAsync("/api/probes/slow", Order, key);

        (await BadInputTests.ProblemOf(answer, HttpStatusCode.BadRequest)).GetProperty("code").GetString().ShouldBe(code);
    }

    [Fact]
    [Trait("Invariant", "X34")]
    public async Task No_identifier_sent_anywhere_reaches_a_log_line()
    {
        const string Person = "370811199001011234";
        const string Company = "91370811MA3C0DE00X";
        const string Phone = "13800138000";
        using var query = await host.SendAsync(HttpMethod.Get, $"/api/probes/search?q={Person}&top={Phone}");
        using var path = await host.SendAsync(HttpMethod.Get, $"/api/probes/{Person}");
        using var throws = await host.SendAsync(HttpMethod.Get, $"/api/probes/throw/{Company}");
        using var body = await PostAsync("/api/probes/order", $$"""{"name":"{{Person}}","count":"{{Phone}}"}""", null);
        using var header = await host.SendAsync(HttpMethod.Get, "/api/probes/search", null, "tax.officer", ("X-Who", Company), ("User-Agent", Person), ("Referer", "http://x/" + Phone));
        using var logged = await host.SendAsync(HttpMethod.Get, $"/api/probes/log?text=id {Person},{Company};tel:{Phone}");
        using var method = await host.SendAsync(new HttpMethod("X" + Person), "/api/probes/order");

        logged.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var log = host.Log;
        log.ShouldContain("/api/probes/search");
        log.ShouldNotContain(Person);
        log.ShouldNotContain(Company);
        log.ShouldNotContain(Phone);
        log.ShouldNotContain("credit-demo");
        log.ShouldNotContain("eyJ");
        foreach (var line in log.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            JsonDocument.Parse(line).Dispose();
        }
    }

    [Theory]
    [InlineData("a\nb\u202Ec\u001b[31m", "a b c [31m")]
    [InlineData("trace 4bf92f3577b34da6a3ce929d0e0e4736 and 0199f3a2-7c1e-7d55-9a57-3f0f4c1b2a10 stay", "trace 4bf92f3577b34da6a3ce929d0e0e4736 and 0199f3a2-7c1e-7d55-9a57-3f0f4c1b2a10 stay")]
    [InlineData("身份证370811199001011234号", "身份证***号")]
    public void Log_text_is_one_line_without_identifiers(string text, string expected) => LogText.Scrub(text).ShouldBe(expected);

    [Fact]
    public async Task The_host_is_ready_only_when_every_part_is()
    {
        using var live = await host.SendAsync(HttpMethod.Get, "/health/live", user: null);
        using var before = await host.SendAsync(HttpMethod.Get, "/health/ready", user: null);
        host.Gate.Open();
        using var after = await host.SendAsync(HttpMethod.Get, "/health/ready", user: null);

        live.StatusCode.ShouldBe(HttpStatusCode.OK);
        var problem = await BadInputTests.ProblemOf(before, HttpStatusCode.ServiceUnavailable);
        problem.GetProperty("code").GetString().ShouldBe("not-ready");
        problem.GetProperty("waitingFor")[0].GetString().ShouldBe("migrations");
        after.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Limits_and_codes_are_published()
    {
        using var limits = await host.SendAsync(HttpMethod.Get, "/.well-known/api-limits", user: null);
        using var codes = await host.SendAsync(HttpMethod.Get, "/enums/errors", user: null);
        using var kinds = await host.SendAsync(HttpMethod.Get, "/enums/list-kind", user: null);
        using var unknown = await host.SendAsync(HttpMethod.Get, "/enums/nothing", user: null);
        using var page = await host.SendAsync(HttpMethod.Get, "/problems/stale-version", null, null, ("Accept", "text/html"));

        (await limits.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("bodyBytes").GetInt64().ShouldBe(2 * 1024 * 1024);
        (await codes.Content.ReadFromJsonAsync<JsonElement>()).GetArrayLength().ShouldBe(ErrorCatalogue.Load().All.Count);
        (await kinds.Content.ReadFromJsonAsync<JsonElement>())[0].GetProperty("meaning").GetString().ShouldBe("红名单.");
        await BadInputTests.ProblemOf(unknown, HttpStatusCode.NotFound);
        page.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        (await page.Content.ReadAsStringAsync()).ShouldContain("412 stale-version");
    }

    [Fact]
    public async Task The_document_shows_rights_headers_problems_and_examples_of_every_operation()
    {
        using var answer = await host.SendAsync(HttpMethod.Get, "/openapi/core.json", user: null);
        using var page = await host.SendAsync(HttpMethod.Get, "/swagger/index.html", user: null);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        var document = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var change = document.GetProperty("paths").GetProperty("/api/probes/order/{id}").GetProperty("put");
        change.GetProperty("operationId").GetString().ShouldBe("ChangeOrder");
        change.GetProperty("parameters").EnumerateArray().ShouldContain(parameter => parameter.GetProperty("name").GetString() == "If-Match");
        change.GetProperty("responses").EnumerateObject().Select(response => response.Name).ShouldBe(["204", "400", "401", "403", "404", "409", "412", "422", "428", "500"], ignoreOrder: true);
        OpenApiSpec.WithoutExample(document).ShouldBeEmpty();
        (await Documents.JsonOfAsync(host.App.Services, Documents.Core)).ShouldBe(await Documents.JsonOfAsync(host.App.Services, Documents.Core));
    }

    [Fact]
    public void Every_code_in_the_sources_is_in_the_catalogue()
    {
        var catalogue = ErrorCatalogue.Load(Core.Modules.ModuleCatalog.Discover().Assemblies);
        var codes = SourceCodes.Of(Repository.Root, "src", "modules");

        codes.ShouldContain("stale-version");
        codes.Where(code => catalogue.Find(code) is null).ShouldBeEmpty("add them to src/Credit.Core/Reference/errors.json, or to the errors.json of the module");
    }

    [Fact]
    public void A_code_outside_of_the_catalogue_is_found()
    {
        SourceCodes.In("""return new Refusal("planted-code", "原因。", "Reason.", clause);""").ShouldBe(["planted-code"]);
        SourceCodes.In("""Refuse(new("planted-code", $"原因{x}。", "Reason.", clause))""").ShouldBe(["planted-code"]);
        SourceCodes.In("new Refusal(\n    \"planted\",\n    \"原因。\")").ShouldBe(["planted"]);
    }

    [Fact]
    public void Every_meaning_is_whole()
    {
        foreach (var meaning in ErrorCatalogue.Load().All)
        {
            meaning.Code.ShouldMatch("^[a-z]+(-[a-z]+)*$");
            meaning.Status.ShouldBeInRange(400, 599, meaning.Code);
            foreach (var text in new[] { meaning.Zh, meaning.HintZh })
            {
                text.ShouldMatch(@"\p{IsCJKUnifiedIdeographs}", meaning.Code);
            }

            meaning.En.ShouldNotBeNullOrWhiteSpace();
            meaning.HintEn.ShouldNotBeNullOrWhiteSpace();
        }

        for (var status = 400; status < 600; status++)
        {
            ErrorCatalogue.Load().Find(ErrorCatalogue.CodeOf(status)).ShouldNotBeNull();
        }
    }

    private async Task<HttpResponseMessage> PostAsync(string path, string body, string? key, string user = "tax.officer")
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await host.SendAsync(HttpMethod.Post, path, content, user, key is null ? [] : [(Idempotency.Header, key)]);
    }
}

/// <summary>Codes of refusals, read from the sources.</summary>
internal static partial class SourceCodes
{
    public static IReadOnlyList<string> Of(string root, params string[] folders) =>
    [
        .. folders.Select(folder => Path.Combine(root, folder)).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(file => In(File.ReadAllText(file))).Distinct().Order(StringComparer.Ordinal),
    ];

    public static IReadOnlyList<string> In(string source) => [.. Code().Matches(source).Select(match => match.Groups["code"].Value).Distinct()];

    // A Refusal by name, or any call whose first text is a code and whose second is Chinese.
    [GeneratedRegex(@"(new\s+Refusal\(\s*""(?<code>[a-z]+(-[a-z]+)*)"")|(\(\s*""(?<code>[a-z]+(-[a-z]+)*)"",\s*\$?""[^""]*\p{IsCJKUnifiedIdeographs})", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Code();
}
