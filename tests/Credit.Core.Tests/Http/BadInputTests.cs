using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Credit.Core.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Http;

[Collection(nameof(EdgeHost))]
public sealed class BadInputTests(EdgeHost host)
{
    private const string Good = """{"name":"甲","count":1,"on":"2026-03-02","colour":"deepRed"}""";

    [Fact]
    public async Task A_good_order_is_taken()
    {
        using var answer = await host.SendAsync(HttpMethod.Post, "/api/probes/order", Json(Good));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("""{"name":5,"count":1,"on":"2026-03-02","colour":"deepRed"}""", "wrong-type", "/name")]
    [InlineData("""{"name":"甲","count":"1","on":"2026-03-02","colour":"deepRed"}""", "wrong-type", "/count")]
    [InlineData("""{"name":"甲","count":1.5,"on":"2026-03-02","colour":"deepRed"}""", "wrong-type", "/count")]
    [InlineData("""{"name":"甲","count":1,"on":"2.3.2026","colour":"deepRed"}""", "wrong-type", "/on")]
    [InlineData("""{"name":"甲","count":1,"on":"2026-03-02","colour":0}""", "wrong-type", "/colour")]
    [InlineData("""{"name":"甲","count":1,"on":"2026-03-02","colour":"green"}""", "wrong-type", "/colour")]
    [InlineData("""{"name":null,"count":1,"on":"2026-03-02","colour":"deepRed"}""", "wrong-type", "/name")]
    [InlineData("""{"name":"甲","count":1,"on":"2026-03-02","colour":"deepRed","lines":[{"code":"a","yuan":1},{"code":"b","yuan":"x"}]}""", "wrong-type", "/lines/1/yuan")]
    [InlineData("""{"name":"甲","count":1,"on":"2026-03-02","colour":"deepRed","extra":1}""", "unknown-member", "/extra")]
    [InlineData("""{"Name":"甲","count":1,"on":"2026-03-02","colour":"deepRed"}""", "unknown-member", "/Name")]
    [InlineData("""{"name":"甲","name":"乙","count":1,"on":"2026-03-02","colour":"deepRed"}""", "duplicate-member", "/name")]
    [InlineData("""{"name":"甲","on":"2026-03-02","colour":"deepRed"}""", "member-required", "/count")]
    [InlineData("""{"name":"甲",""", "malformed-json", null)]
    [InlineData("nonsense", "malformed-json", null)]
    [InlineData("", "bad-request", null)]
    [InlineData("null", "bad-request", null)]
    [InlineData("[]", "wrong-type", null)]
    [InlineData("""{"name":"a\u0000b","count":1,"on":"2026-03-02","colour":"deepRed"}""", "unprintable-text", null)]
    [InlineData("""{"name":"a\ud83d","count":1,"on":"2026-03-02","colour":"deepRed"}""", "unprintable-text", null)]
    [InlineData("""{"name":"\ude00","count":1,"on":"2026-03-02","colour":"deepRed"}""", "unprintable-text", null)]
    [InlineData("""{"name":"\ud83d\n","count":1,"on":"2026-03-02","colour":"deepRed"}""", "unprintable-text", null)]
    [InlineData("""{"name":"甲","count":1,"on":"2026-03-02","colour":"deepRed","lines":[null]}""", "null-element", "/lines/0")]
    [InlineData("""{"name":"甲","count":1,"on":"2026-03-02","colour":"deepRed","lines":[{"code":"a","yuan":1}, null]}""", "null-element", "/lines/1")]
    [InlineData("""{"name":"甲","extra":{"370811199001010014":[[1],["]",null]]}}""", "null-element", "/extra/…/1/1")]
    public async Task A_wrong_body_is_refused_with_code_and_pointer(string body, string code, string? pointer)
    {
        using var answer = await host.SendAsync(HttpMethod.Post, "/api/probes/order", Json(body));

        var problem = await ProblemOf(answer, HttpStatusCode.BadRequest);
        problem.GetProperty("code").GetString().ShouldBe(code, problem.ToString());
        if (pointer is not null)
        {
            problem.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe(pointer);
        }
    }

    [Theory]
    [InlineData("""{"name":"\ud83d\ude00","count":1,"on":"2026-03-02","colour":"deepRed"}""")]
    [InlineData("""{"name":"a\\u0000","count":1,"on":"2026-03-02","colour":"blue","note":"\"\\"}""")]
    [InlineData("""{"name":"😀","count":1,"on":"2026-03-02","colour":"blue"}""")]
    [InlineData("""{"name":"[null,\"n\",null]","count":1,"on":"2026-03-02","colour":"blue","note":null,"lines":[]}""")]
    [InlineData("""{"name":"甲","count":1,"on":"2026-03-02","colour":"blue","lines":[{"code":"null","yuan":1},{"code":"n","yuan":1}],"note":null}""")]
    public async Task Whole_characters_and_escaped_backslashes_are_text(string body)
    {
        using var answer = await host.SendAsync(HttpMethod.Post, "/api/probes/order", Json(body));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_body_nested_too_deeply_is_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"lines\":[", 40));
        using var answer = await host.SendAsync(HttpMethod.Post, "/api/probes/order", Json($$"""{"name":"甲","count":1,"on":"2026-03-02","colour":"blue","extra":{{deep}}"""));

        var problem = await ProblemOf(answer, HttpStatusCode.BadRequest);
        problem.GetProperty("code").GetString().ShouldBeOneOf("too-deep", "unknown-member");
    }

    [Theory]
    [InlineData("application/json; charset=gbk", "wrong-charset")]
    [InlineData("application/json; charset=utf-7", "wrong-charset")]
    [InlineData("application/json; charset=", "wrong-charset")]
    [InlineData("text/plain", "unsupported-media-type")]
    [InlineData("application/xml", "unsupported-media-type")]
    [InlineData("///", "unsupported-media-type")]
    public async Task A_body_of_another_type_or_charset_is_refused(string type, string code)
    {
        using var content = Json(Good);
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var answer = await host.SendAsync(HttpMethod.Post, "/api/probes/order", content);

        (await ProblemOf(answer, HttpStatusCode.UnsupportedMediaType)).GetProperty("code").GetString().ShouldBe(code);
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nabc")]
    [InlineData("multipart/form-data; boundary=x", "nonsense")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nbroken header\r\n\r\nabc\r\n--x--")]
    [InlineData("multipart/form-data", "--x--")]
    [InlineData("multipart/form-data; boundary=x", "--x--\r\n")]
    public async Task A_malformed_form_is_refused(string type, string body)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var answer = await host.SendAsync(HttpMethod.Post, "/api/probes/file", content);

        await ProblemOf(answer, HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("/api/probes/search?q=a%00b")]
    [InlineData("/api/probes/search?q=%ED%A0%80")]
    [InlineData("/api/probes/%00")]
    [InlineData("/api/probes/search?q=%1b%5b31m")]
    public async Task Nul_and_half_characters_in_the_address_are_refused(string path)
    {
        var problem = await RawAsync($"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        problem.ShouldStartWith("HTTP/1.1 400");
        problem.ShouldNotContain(" at ");
    }

    [Theory]
    [InlineData("/api/probes/search?top=many")]
    [InlineData("/api/probes/search?top=99999999999999")]
    public async Task A_parameter_of_the_wrong_type_is_refused(string path)
    {
        using var answer = await host.SendAsync(HttpMethod.Get, path);

        await ProblemOf(answer, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_huge_body_is_refused()
    {
        var limits = host.App.Services.GetRequiredService<ApiLimits>();

        // The client asks before it sends: otherwise the answer may come while it is still writing, and the connection breaks.
        using var answer = await host.SendAsync(
            HttpMethod.Post, "/api/probes/order", Json($$"""{"name":"{{new string('a', (int)limits.BodyBytes)}}","count":1,"on":"2026-03-02","colour":"blue"}"""),
            "tax.officer", ("Expect", "100-continue"));

        (await ProblemOf(answer, HttpStatusCode.RequestEntityTooLarge)).GetProperty("code").GetString().ShouldBe("too-large");
    }

    [Fact]
    public async Task Unknown_addresses_methods_and_formats_have_their_own_answers()
    {
        using var nowhere = await host.SendAsync(HttpMethod.Get, "/nowhere", user: null);
        using var badId = await host.SendAsync(HttpMethod.Put, "/api/probes/order/17");
        using var method = await host.SendAsync(HttpMethod.Delete, "/api/probes/order", user: null);
        using var format = await host.SendAsync(HttpMethod.Get, "/api/probes/search", null, "tax.officer", ("Accept", "image/png"));

        await ProblemOf(nowhere, HttpStatusCode.NotFound);
        await ProblemOf(badId, HttpStatusCode.NotFound);
        await ProblemOf(method, HttpStatusCode.MethodNotAllowed);
        method.Content.Headers.Allow.ShouldContain("POST");
        await ProblemOf(format, HttpStatusCode.NotAcceptable);
    }

    [Theory]
    [InlineData("23P01", HttpStatusCode.Conflict, "conflict")]
    [InlineData("23505", HttpStatusCode.Conflict, "conflict")]
    [InlineData("40001", HttpStatusCode.ServiceUnavailable, "unavailable")]
    [InlineData("40P01", HttpStatusCode.ServiceUnavailable, "unavailable")]
    [InlineData("22021", HttpStatusCode.BadRequest, "bad-value")]
    [InlineData("57014", HttpStatusCode.ServiceUnavailable, "query-too-slow")]
    [InlineData("42P01", HttpStatusCode.InternalServerError, "internal")]
    [InlineData("concurrency", HttpStatusCode.PreconditionFailed, "stale-version")]
    [InlineData("calendar", HttpStatusCode.Conflict, "calendar-not-published")]
    [InlineData("canceled", HttpStatusCode.ServiceUnavailable, "unavailable")]
    [InlineData("anything", HttpStatusCode.InternalServerError, "internal")]
    public async Task Every_exception_becomes_a_problem_without_its_text(string what, HttpStatusCode status, string code)
    {
        using var answer = await host.SendAsync(HttpMethod.Get, "/api/probes/throw/" + what);

        var problem = await ProblemOf(answer, status);
        problem.GetProperty("code").GetString().ShouldBe(code);
        (answer.Headers.RetryAfter is not null).ShouldBe(status == HttpStatusCode.ServiceUnavailable);
        problem.ToString().ShouldNotContain("370811199001011234");
        host.Log.ShouldNotContain("370811199001011234");
        host.Log.ShouldNotContain("张三");
    }

    [Theory]
    [InlineData("en-GB,zh;q=0.5", "en", "The name is empty.")]
    [InlineData("zh-CN", "zh-CN", "名称不能为空。")]
    [InlineData(null, "zh-CN", "名称不能为空。")]
    public async Task Refusals_come_all_at_once_in_the_language_asked_for(string? wanted, string language, string sentence)
    {
        using var answer = await host.SendAsync(HttpMethod.Get, "/api/probes/refuse", null, "tax.officer", wanted is null ? [] : [("Accept-Language", wanted)]);

        var problem = await ProblemOf(answer, HttpStatusCode.UnprocessableEntity);
        problem.GetProperty("detail").GetString().ShouldBe(sentence);
        problem.GetProperty("errors").GetArrayLength().ShouldBe(2);
        problem.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe("/subject/name");
        problem.GetProperty("errors")[0].GetProperty("clause").GetString().ShouldBe("R-3.1.1.c");
        answer.Content.Headers.ContentLanguage.ShouldHaveSingleItem().ShouldBe(language);
    }

    [Theory]
    [InlineData(null, 428, "version-required")]
    [InlineData("*", 428, "version-required")]
    [InlineData("\"v2\"", 412, "stale-version")]
    [InlineData("W/\"v3\"", 400, "if-match-malformed")]
    [InlineData("v3", 400, "if-match-malformed")]
    [InlineData("\"v3\"", 204, null)]
    [InlineData("\"v1\", \"v3\"", 204, null)]
    public async Task A_change_names_the_version_it_rests_on(string? tag, int status, string? code)
    {
        using var answer = await host.SendAsync(HttpMethod.Put, "/api/probes/order/0199f3a2-7c1e-7d55-9a57-3f0f4c1b2a10", null, "tax.officer", tag is null ? [] : [("If-Match", tag)]);

        if (code is null)
        {
            ((int)answer.StatusCode).ShouldBe(status);
            answer.Headers.ETag!.Tag.ShouldBe("\"v4\"");
            return;
        }

        (await ProblemOf(answer, (HttpStatusCode)status)).GetProperty("code").GetString().ShouldBe(code);
    }

    internal static async Task<JsonElement> ProblemOf(HttpResponseMessage answer, HttpStatusCode status)
    {
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, text);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe(ProblemWriter.MediaType);
        text.ShouldNotContain("Exception");
        text.ShouldNotContain("   at ");
        var problem = JsonSerializer.Deserialize<JsonElement>(text);
        problem.GetProperty("type").GetString().ShouldBe("/problems/" + problem.GetProperty("code").GetString());
        problem.GetProperty("status").GetInt32().ShouldBe((int)status);
        problem.GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
        problem.GetProperty("traceId").GetString().ShouldNotBeNullOrEmpty();
        problem.GetProperty("errors").ValueKind.ShouldBe(JsonValueKind.Array);
        ErrorCatalogue.Load().Find(problem.GetProperty("code").GetString()!).ShouldNotBeNull("every code is in the catalogue");
        return problem;
    }

    private static ByteArrayContent Json(string body)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    private async Task<string> RawAsync(string request)
    {
        using var socket = new TcpClient(host.Address.Host, host.Address.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }
}
