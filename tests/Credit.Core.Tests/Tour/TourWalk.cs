using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Credit.OData.Changes;
using Credit.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Tour;

/// <summary>A walk through chapters as an editor takes it: variables filled in, answers remembered, expectations held.</summary>
internal sealed partial class TourWalk(HostFixture host, HttpFile chapter)
{
    private readonly Dictionary<string, JsonElement> _answers = new(StringComparer.Ordinal);

    /// <summary>Sends the requests of the chapter from top to bottom.</summary>
    public async Task RunAsync(string which)
    {
        using var client = new HttpClient();
        foreach (var step in chapter.Steps)
        {
            await RunAsync(client, step, $"{which}, {chapter.Name}, {step.Title}");
        }
    }

    /// <summary>Sends one request and holds the answer to what the step says.</summary>
    public async Task RunAsync(HttpClient client, HttpStep step, string where)
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

        if (step.Headers.ContainsKey("Prefer") || step.Address.Contains("/feeds/", StringComparison.Ordinal) || step.Address.Contains("/bulk", StringComparison.Ordinal))
        {
            await host.Services.GetRequiredService<FeedFollower>().RunOnceAsync(CancellationToken.None);
        }

        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        if (step.Expect is { } expected)
        {
            ((int)answer.StatusCode).ShouldBe(expected, $"{where}: {text}");
        }
        else
        {
            answer.IsSuccessStatusCode.ShouldBeTrue($"{where}: {(int)answer.StatusCode} {text}");
        }

        var plain = answer.Content.Headers.ContentType?.MediaType?.Contains("json", StringComparison.Ordinal) == true ? Compact(text) : text;
        step.Shows.ShouldAllBe(shown => plain.Contains(Compact(Filled(shown)), StringComparison.Ordinal), $"{where}: {plain}");
        step.Hides.ShouldAllBe(hidden => !plain.Contains(Compact(Filled(hidden)), StringComparison.Ordinal), $"{where}: {plain}");
        if (step.Name is { } named)
        {
            _answers[named] = JsonDocument.Parse(text).RootElement;
        }

        // A reader waits a moment; the test does what the host would do meanwhile. Reading and signing in start nothing.
        if (step.Method != HttpMethod.Get && !step.Address.EndsWith("/connect/token", StringComparison.Ordinal))
        {
            await host.IntakeAsync();
            await host.SettleAsync();
        }
    }

    private byte[] BodyOf(HttpStep step)
    {
        var multipart = step.Headers.GetValueOrDefault("Content-Type", "").StartsWith("multipart/", StringComparison.Ordinal);
        var end = Encoding.UTF8.GetBytes(multipart ? "\r\n" : "\n");
        using var body = new MemoryStream();
        for (var i = 0; i < step.Body.Count; i++)
        {
            body.Write(step.Body[i].StartsWith("< ", StringComparison.Ordinal)
                ? File.ReadAllBytes(Path.Combine(chapter.Folder, step.Body[i][2..]))
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
            "host" => host.Address.ToString().TrimEnd('/'),
            "$randomInt" => Random.Shared.Next(NumberOf(words[1]), NumberOf(words[2])).ToString(CultureInfo.InvariantCulture),
            "$datetime" => DayOf(words).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ when variable.Contains(".response.body.", StringComparison.Ordinal) => Answered(variable),
            _ => Filled(chapter.Variables[variable]),
        };
    }

    // As the editors write it: $datetime YYYY-MM-DD, then a number and y or d to go on from today.
    private DateOnly DayOf(string[] words)
    {
        var today = DateOnly.FromDateTime(host.Clock.GetUtcNow().UtcDateTime);
        return words.Length < 4 ? today : words[3] == "y" ? today.AddYears(NumberOf(words[2])) : today.AddDays(NumberOf(words[2]));
    }

    private static int NumberOf(string word) => int.Parse(word, CultureInfo.InvariantCulture);

    private string Answered(string variable)
    {
        var parts = variable.Split(".response.body.$.");
        var value = _answers[parts[0]];
        foreach (var member in parts[1].Split('.'))
        {
            var bracket = member.IndexOf('[', StringComparison.Ordinal);
            value = value.GetProperty(bracket < 0 ? member : member[..bracket]);
            value = bracket < 0 ? value : value[NumberOf(member[(bracket + 1)..^1])];
        }

        return value.ToString();
    }

    // Answers are compared without the spaces that only make JSON readable.
    private static string Compact(string json) => json.Replace("\": ", "\":", StringComparison.Ordinal);

    [GeneratedRegex(@"\{\{(?<name>.+?)\}\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();
}
