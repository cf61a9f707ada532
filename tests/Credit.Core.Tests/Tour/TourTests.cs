using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Credit.Testing;

namespace Credit.Core.Tests.Tour;

/// <summary>Runs <c>docs/tour.http</c> against a real host: what the documentation shows is what happens.</summary>
public sealed partial class TourTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonElement> _answers = new(StringComparer.Ordinal);

    [Fact]
    [Trait("Requirement", "R-3.5.1.b")]
    [Trait("Requirement", "R-3.5.7.b")]
    [Trait("Requirement", "R-3.1.2.a")]
    public async Task Every_step_of_the_tour_does_what_it_says_and_a_second_walk_does_too()
    {
        var file = HttpFile.Read(PathOf("docs/tour.http"));
        foreach (var (name, value) in file.Variables)
        {
            _variables[name] = value;
        }

        _variables["host"] = host.Address.ToString().TrimEnd('/');
        using var client = new HttpClient();
        for (var walk = 1; walk <= 2; walk++)
        {
            foreach (var step in file.Steps)
            {
                await RunAsync(client, step, $"walk {walk}, {step.Title}");
            }
        }
    }

    [Fact]
    public async Task A_step_that_does_not_do_what_it_says_fails_the_tour()
    {
        _variables["host"] = host.Address.ToString().TrimEnd('/');
        using var client = new HttpClient();
        var live = new HttpStep("", null, 200, [], [], HttpMethod.Get, "{{host}}/health/live", new Dictionary<string, string>(), []);

        await RunAsync(client, live, "as it is");
        await Assert.ThrowsAsync<ShouldAssertException>(() => RunAsync(client, live with { Expect = 404 }, "another status"));
        await Assert.ThrowsAsync<ShouldAssertException>(() => RunAsync(client, live with { Shows = ["no such text"] }, "a missing text"));
        await Assert.ThrowsAsync<ShouldAssertException>(() => RunAsync(client, live with { Hides = [""] }, "a text too many"));
    }

    private async Task RunAsync(HttpClient client, HttpStep step, string where)
    {
        using var request = new HttpRequestMessage(step.Method, Filled(step.Address));
        if (step.Body.Count > 0)
        {
            request.Content = new ByteArrayContent(BodyOf(step));
        }

        foreach (var (name, value) in step.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, Filled(value)))
            {
                request.Content.ShouldNotBeNull(where).Headers.TryAddWithoutValidation(name, Filled(value)).ShouldBeTrue(where);
            }
        }

        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(step.Expect, $"{where}: {text}");
        var plain = answer.Content.Headers.ContentType?.MediaType?.Contains("json", StringComparison.Ordinal) == true ? Compact(text) : text;
        step.Shows.ShouldAllBe(shown => plain.Contains(Compact(shown), StringComparison.Ordinal), $"{where}: {plain}");
        step.Hides.ShouldAllBe(hidden => !plain.Contains(Compact(hidden), StringComparison.Ordinal), $"{where}: {plain}");
        if (step.Name is { } named)
        {
            _answers[named] = JsonDocument.Parse(text).RootElement;
        }

        // A reader waits a moment; the test does what the host would do meanwhile.
        await host.IntakeAsync();
        await host.SettleAsync();
    }

    private byte[] BodyOf(HttpStep step)
    {
        var multipart = step.Headers.GetValueOrDefault("Content-Type", "").StartsWith("multipart/", StringComparison.Ordinal);
        var end = Encoding.UTF8.GetBytes(multipart ? "\r\n" : "\n");
        using var body = new MemoryStream();
        for (var i = 0; i < step.Body.Count; i++)
        {
            body.Write(step.Body[i].StartsWith("< ", StringComparison.Ordinal)
                ? File.ReadAllBytes(PathOf(Path.Combine("docs", step.Body[i][2..])))
                : Encoding.UTF8.GetBytes(Filled(step.Body[i])));
            if (multipart || i < step.Body.Count - 1)
            {
                body.Write(end);
            }
        }

        return body.ToArray();
    }

    private string Filled(string text) => Variable().Replace(text, match => ValueOf(match.Groups["name"].Value.Trim()));

    private string ValueOf(string variable)
    {
        var words = variable.Split(' ');
        return words[0] switch
        {
            "$randomInt" => Random.Shared.Next(int.Parse(words[1], CultureInfo.InvariantCulture), int.Parse(words[2], CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture),
            "$datetime" => DateOnly.FromDateTime(host.Clock.GetUtcNow().UtcDateTime).AddYears(words.Length > 2 ? int.Parse(words[2], CultureInfo.InvariantCulture) : 0)
                .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ when variable.Contains(".response.body.", StringComparison.Ordinal) => Answered(variable),
            _ => _variables[variable],
        };
    }

    private string Answered(string variable)
    {
        var parts = variable.Split(".response.body.$.");
        var value = _answers[parts[0]];
        foreach (var member in parts[1].Split('.'))
        {
            var bracket = member.IndexOf('[', StringComparison.Ordinal);
            value = value.GetProperty(bracket < 0 ? member : member[..bracket]);
            value = bracket < 0 ? value : value[int.Parse(member[(bracket + 1)..^1], CultureInfo.InvariantCulture)];
        }

        return value.ToString();
    }

    // Answers are compared without the spaces that only make JSON readable.
    private static string Compact(string json) => json.Replace("\": ", "\":", StringComparison.Ordinal);

    private static string PathOf(string fromRoot) => Path.GetFullPath(Path.Combine(Repository.Root, fromRoot));

    [GeneratedRegex(@"\{\{(?<name>.+?)\}\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();
}
