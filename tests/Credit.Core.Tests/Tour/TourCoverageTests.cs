using System.Text.Json;
using Credit.Testing;

namespace Credit.Core.Tests.Tour;

/// <summary>Every use case is in the tour, or <c>not-in-the-tour.json</c> says why it is not.</summary>
public sealed class TourCoverageTests
{
    private static readonly JsonElement Specification = JsonElement.Parse(File.ReadAllText(Path.Combine(Repository.Root, "api-specs", "openapi.v1.json")));

    private static readonly IReadOnlyList<string> Operations = TourChapters.OperationsOf(Specification);

    private static readonly IReadOnlyList<HttpStep> Steps = [.. TourChapters.ReadAll().SelectMany(chapter => chapter.Steps)];

    [Fact]
    public void Every_operation_is_called_by_a_chapter_or_has_a_reason_not_to_be()
    {
        var exempt = Exempt();

        TourChapters.NotCalled(Operations, Steps).Except(exempt.Keys).ShouldBeEmpty();
        exempt.Values.ShouldAllBe(reason => reason.Length > 20);
    }

    [Fact]
    public void Nothing_is_exempt_that_a_chapter_calls_or_that_is_not_there()
    {
        Exempt().Keys.Except(TourChapters.NotCalled(Operations, Steps)).ShouldBeEmpty();
    }

    [Fact]
    public void An_operation_that_no_chapter_calls_is_found()
    {
        string[] planted = ["POST /api/entries/{id}/applause", "GET /api/entries/{id}", "POST /api/reports/follow-up"];

        TourChapters.NotCalled(planted, Steps).ShouldBe(["POST /api/entries/{id}/applause"]);
        TourChapters.NotCalled(["POST /api/reports/follow-up", "POST /api/reports/{id}"], [Step("POST", "/api/reports/follow-up")])
            .ShouldBe(["POST /api/reports/{id}"], "a literal segment is not taken for a parameter");
    }

    [Fact]
    public void Every_step_calls_something_and_says_in_a_line_what_for()
    {
        string[] feeds = ["/odata/public/", "/odata/official/", "/connect/token", "/feeds/", "/bulk"];

        Steps.Where(step => !feeds.Any(feed => step.Address.StartsWith("{{host}}" + feed, StringComparison.Ordinal)))
            .Where(step => TourChapters.NotCalled(Operations, [step]).Count == Operations.Count)
            .Select(step => $"{step.Method} {step.Address}").ShouldBeEmpty();
        Steps.ShouldAllBe(step => step.Title.Length > 10);
    }

    [Fact]
    public void Every_operation_says_in_a_sentence_what_it_does()
    {
        var silent = from document in Specification.EnumerateObject()
                     from path in document.Value.GetProperty("paths").EnumerateObject()
                     from operation in path.Value.EnumerateObject()
                     where !operation.Value.TryGetProperty("summary", out var summary) || summary.GetString() is not { Length: > 10 }
                     select $"{operation.Name} {path.Name}";

        silent.ShouldBeEmpty();
    }

    private static HttpStep Step(string method, string path) =>
        new("a planted step", null, null, [], [], new HttpMethod(method), "{{host}}" + path, new Dictionary<string, string>(), []);

    private static Dictionary<string, string> Exempt() => JsonSerializer.Deserialize<Dictionary<string, string>>(
        File.ReadAllText(Path.Combine(Repository.Root, "tests", "Credit.Core.Tests", "Tour", "not-in-the-tour.json")))!;
}
