using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Credit.Abstractions;
using Credit.OData;
using Credit.Testing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.OData.Hidden;

/// <summary>
/// Of every set of both surfaces, modules' sets too: a name that is not in its model is answered as one that never existed, whatever lies
/// beneath it. Each pair of set and name is tried, and each place of an address with each set; which goes with which is drawn by a seed.
/// </summary>
public sealed class HiddenNamesTests(HiddenNamesTests.District district) : IClassFixture<HiddenNamesTests.District>
{
    private const int Seed = 20261124;

    private static readonly string[] Callers = ["tax.officer", "finance.officer", "development-reform.officer"];

    private static readonly string[] ReadAsOptions = ["id", "top", "skip", "count", "format", "search", "filter", "select", "expand", "apply", "compute", "levels", "index", "orderby"];

    [Fact]
    [Trait("Invariant", "I78")]
    [Trait("Invariant", "X8")]
    [Trait("Invariant", "X9")]
    public void Every_name_is_read_in_every_set_as_one_that_never_was()
    {
        var differing = new ConcurrentBag<string>();
        var pairs = 0;
        Parallel.ForEach(district.Sets.Sets.Select((set, number) => (set, number)), new ParallelOptions { MaxDegreeOfParallelism = 2 }, each =>
        {
            var (set, number) = each;
            var forms = Questions.Options.Where(form => form.Contains("={0}", StringComparison.Ordinal) || form.Contains("({0}", StringComparison.Ordinal) || form.Contains("{0})", StringComparison.Ordinal)).ToArray();
            Dictionary<(string, int, bool, bool), string> never = [];
            var hidden = Hidden(set);
            for (var i = 0; i < hidden.Length; i++)
            {
                var (name, form) = (hidden[i], forms[(i + (number * 7) + Seed) % forms.Length]);
                if (IsOption(form, name))
                {
                    continue;
                }

                var key = (form, name.Length, char.IsUpper(name[0]), name.Contains('_', StringComparison.Ordinal));
                var nobody = district.Never(name);
                if (!never.TryGetValue(key, out var expected))
                {
                    never[key] = expected = Read(set, Questions.Of(form, set, nobody)).Replace(nobody, "?", StringComparison.Ordinal);
                }

                if (Read(set, Questions.Of(form, set, name)) is var said && said != expected && said.Replace(name, "?", StringComparison.Ordinal) != expected)
                {
                    differing.Add($"{set.Surface}/{set.Name}{Questions.Of(form, set, name)}: {said} / {expected}");
                }

                Interlocked.Increment(ref pairs);
            }
        });

        differing.ShouldBeEmpty();
        pairs.ShouldBeGreaterThan(100 * 1000);
    }

    [Fact]
    [Trait("Invariant", "I78")]
    [Trait("Invariant", "X8")]
    [Trait("Invariant", "X9")]
    [Trait("Invariant", "X10")]
    public async Task Every_place_of_an_address_answers_a_hidden_name_as_one_that_never_was()
    {
        List<string> differing = [];
        var (asked, turn, number) = (0, 0, 0);
        HashSet<string> used = [];
        foreach (var (set, caller) in Asked())
        {
            var far = set.Shape.Ways.Count == 0 ? [] : Hidden(set, district.Sets.Find(set.Surface, set.Shape.Ways[0].Target)!);
            var near = Hidden(set);
            List<(string Form, string Name, string Never)> questions = [];
            var third = number++;
            foreach (var form in Questions.Options.Concat(Questions.Paths).Concat(far.Length == 0 ? [] : Questions.Ways).Where((_, place) => (place + third) % 3 == 0))
            {
                var among = Questions.Ways.Contains(form) ? far : near;
                var name = among[(Seed + (31 * turn++)) % among.Length];
                used.Add(name);

                // Each reading adds to the traces of readings: their number is another each time.
                if (!IsOption(form, name) && !(set.Name == "QueryTraces" && form.Contains("aggregate($count", StringComparison.Ordinal)))
                {
                    questions.Add((form, name, district.Never(name)));
                }
            }

            using var client = await district.AsAsync(caller, set.Surface);
            var real = await AnswersAsync(client, set, questions.Select(each => Questions.Of(each.Form, set, each.Name)), asked % 2 == 0);
            var never = await AnswersAsync(client, set, questions.Select(each => Questions.Of(each.Form, set, each.Never)), asked % 2 == 0);
            for (var i = 0; i < questions.Count; i++)
            {
                var (form, name, nobody) = questions[i];
                if (!Wire.AreSame(real[i], never[i], name, nobody))
                {
                    differing.Add($"{set.Surface}/{set.Name}{Questions.Of(form, set, name)}:\n  {real[i]}\n  {never[i]}");
                }

                asked++;
            }
        }

        differing.ShouldBeEmpty();
        asked.ShouldBeGreaterThan(6_000);
        used.Count.ShouldBeGreaterThan(district.Names.Count * 3 / 4);
    }

    [Fact]
    [Trait("Invariant", "I78")]
    public async Task On_the_wire_the_answers_have_the_same_headers_and_length()
    {
        List<string> differing = [];
        var turn = 0;
        string[] forms = [.. Questions.Options, .. Questions.Paths];
        foreach (var (set, caller) in Asked())
        {
            using var client = await district.AsAsync(caller, set.Surface);
            var near = Hidden(set);
            for (var i = 0; i < 4; i++)
            {
                turn++;
                var (form, name) = (forms[(Seed + (turn * 5)) % forms.Length], near[(Seed + (turn * 13)) % near.Length]);
                if (IsOption(form, name))
                {
                    continue;
                }

                var head = i == 3 && !form.Contains(" as {0}", StringComparison.Ordinal);
                var real = await WireAsync(client, head ? HttpMethod.Head : i == 2 ? HttpMethod.Post : HttpMethod.Get, set, Questions.Of(form, set, name), track: turn % 3 == 0);
                var nobody = district.Never(name);
                var never = await WireAsync(client, head ? HttpMethod.Head : i == 2 ? HttpMethod.Post : HttpMethod.Get, set, Questions.Of(form, set, nobody), track: turn % 3 == 0);
                if (!Wire.AreSame(real, never, name, nobody))
                {
                    differing.Add($"{set.Surface}/{set.Name}{Questions.Of(form, set, name)}:\n{real}\n{never}");
                }
            }
        }

        differing.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_comparison_notices_a_name_that_is_shown()
    {
        var set = district.Sets.Find(Surface.Public, "ListEntries")!;
        using var client = await district.AsAsync("tax.officer", Surface.Public);

        (await AnswersAsync(client, set, ["?$filter=Domain eq 'x'"], json: true)).ShouldNotBe(await AnswersAsync(client, set, ["?$filter=Domxxn eq 'x'"], json: true));
        (await WireAsync(client, HttpMethod.Get, set, "?$filter=Domain eq 'x'", false)).ShouldNotBe(await WireAsync(client, HttpMethod.Get, set, "?$filter=Domxxn eq 'x'", false));
        Read(set, "?$filter=Domain eq 'x'").ShouldNotBe(Read(set, "?$filter=Domxxn eq 'x'"));
        district.Names.ShouldContain("subject_mask");
        district.Names.ShouldContain("Cipher");
        district.Sets.Sets.Count(set => set.IsOfModule).ShouldBeGreaterThan(40);
    }

    // 4.01 lets clients write options without the dollar: such a name is read as the option, in every set alike.
    private static bool IsOption(string form, string name) => form is "?{0}=x" or "?${0}=x" && ReadAsOptions.Contains(name, StringComparer.OrdinalIgnoreCase);

    private IEnumerable<(QueryableSet Set, string Caller)> Asked() => district.Sets.Sets.Select((set, number) => (set, Callers[number % Callers.Length]));

    // Types of the rows of a surface are in its model, whichever set is asked.
    private string[] Hidden(params QueryableSet[] shown) =>
        NamesBeneath.Hidden(district.Names, shown).Except(district.Sets.Sets.Where(set => set.Surface == shown[0].Surface).Select(set => set.Row.Name)).ToArray();

    private string Read(QueryableSet set, string question)
    {
        try
        {
            var request = SetRequest.Read(new HeaderDictionary(), Questions.Escaped(question));
            new QueryBinder(district.Sets, set).Bind(request, AnswerFormat.Json, new Spot(Shows.Rows));
            return "read";
        }
        catch (QueryRefusedException refused)
        {
            return $"{refused.Status} {refused.Code} {refused.Target} {refused.Chinese} {refused.Message}";
        }
    }

    // In batches of both formats: what each request alone would answer, status, headers and body.
    private static async Task<IReadOnlyList<string>> AnswersAsync(HttpClient client, QueryableSet set, IEnumerable<string> questions, bool json)
    {
        List<string> answers = [];
        foreach (var chunk in questions.Chunk(100))
        {
            var urls = chunk.Select(question => set.Name + Questions.Escaped(question)).ToArray();
            using var body = json
                ? new StringContent(JsonSerializer.Serialize(new { requests = urls.Select((url, i) => new { id = $"{i}", method = "get", url }) }), Encoding.UTF8, "application/json")
                : new StringContent(string.Concat(urls.Select(url => $"--b\r\nContent-Type: application/http\r\n\r\nGET {url} HTTP/1.1\r\n\r\n\r\n")) + "--b--\r\n");
            if (!json)
            {
                body.Headers.ContentType = new("multipart/mixed") { Parameters = { new("boundary", "b") } };
            }

            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/odata/{set.Surface.ToString().ToLowerInvariant()}/$batch", UriKind.Relative)) { Content = body };
            request.Headers.Add("Prefer", "continue-on-error");
            using var answer = await client.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
            answers.AddRange(json
                ? JsonDocument.Parse(text).RootElement.GetProperty("responses").EnumerateArray().Select((each, i) => each.GetRawText().Replace($"\"id\":\"{i}\"", "", StringComparison.Ordinal))
                : text.Split(text[..text.IndexOf("\r\n", StringComparison.Ordinal)])[1..^1]);
        }

        return [.. answers.Select(answer => System.Text.RegularExpressions.Regex.Replace(answer, "(?i)credit-as-of(: |\":\")[^\r\n\"]*", ""))];
    }

    private static Task<string> WireAsync(HttpClient client, HttpMethod method, QueryableSet set, string question, bool track)
    {
        var address = $"/odata/{set.Surface.ToString().ToLowerInvariant()}/{set.Name}{Questions.Escaped(question)}";
        var mark = address.IndexOf('?', StringComparison.Ordinal);
        (string, string)[] headers = track ? [("Prefer", "track-changes")] : [];
        return method == HttpMethod.Post
            ? Wire.AskAsync(client, method, (mark > 0 ? address[..mark] : address) + "/$query", mark > 0 ? address[(mark + 1)..] : "", "text/plain", headers)
            : Wire.AskAsync(client, method, address, headers: headers);
    }

    /// <summary>The whole host with all modules, and every name there is.</summary>
    public sealed class District : HostFixture, IAsyncLifetime
    {
        private HashSet<string> _all = [];

        internal SetCatalog Sets => Services.GetRequiredService<SetCatalog>();

        /// <summary>Every name.</summary>
        public IReadOnlyList<string> Names { get; private set; } = [];

        async Task IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            Names = await NamesBeneath.AllAsync(Services, ConnectionString, Sets);
            _all = Names.ToHashSet(StringComparer.OrdinalIgnoreCase);
        }

        /// <summary>A name of the same form that never existed.</summary>
        public string Never(string name) => NamesBeneath.Never(name, Seed, _all);

        internal async Task<HttpClient> AsAsync(string caller, Surface surface) => surface == Surface.Public ? Anonymous() : await AsAsync(caller);
    }
}
