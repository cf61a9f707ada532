using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Credit.Benchmarks.Feeds;
using Credit.Core.Receipts;
using Credit.Core.Store;
using Credit.Domain.Subjects;
using Credit.Testing;
using Npgsql;

namespace Credit.Benchmarks.Checks;

/// <summary>
/// Checks against an echo of the same sizes and against the register itself, and a batch of 100,000 codes, in turn in one run, over districts
/// of three sizes: processor time of server and database a request, medians of the rounds. Every check is signed and its receipt stored.
/// </summary>
internal static class ChecksAgainstEcho
{
    private const int MostInBatch = 100_000;

    private static readonly List<(string What, string Figure, string Target, bool Met)> Table = [];

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is ["serve", var owner, var port])
        {
            return await CheckContestants.ServeAsync(owner, int.Parse(port, CultureInfo.InvariantCulture));
        }

        if (args is ["only", var part, var some, var seconds])
        {
            return await OnlyAsync(part, int.Parse(some, CultureInfo.InvariantCulture), TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)));
        }

        var sizes = args.Select(each => int.Parse(each, CultureInfo.InvariantCulture)).ToArray();
        var (subjects, rounds, time) = (Given(sizes, 0, 1_000_000), Given(sizes, 1, 5), TimeSpan.FromSeconds(Given(sizes, 2, 5)));
        await using var server = await PostgresFixture.StartAsync();
        List<CheckContest> contests = [];
        try
        {
            foreach (var size in new[] { 10_000, 100_000 }.Where(size => size < subjects).Append(subjects))
            {
                contests.Add(await CheckContest.StartAsync(await server.CloneAsync(new MigratedStore()), size));
            }

            await MeasureAsync(contests, rounds, time);
        }
        finally
        {
            foreach (var contest in contests)
            {
                await contest.DisposeAsync();
            }
        }

        Console.WriteLine($"{subjects:N0} subjects, half of them with an entry in force, two penalties each; medians of {rounds} rounds in turn, {time.TotalSeconds:F0} s each\n");
        Console.WriteLine("| what | figure | target | |\n|---|---|---|---|");
        foreach (var (what, figure, target, met) in Table)
        {
            Console.WriteLine($"| {what} | {figure} | {target} | {(target == "told" ? "" : met ? "met" : "NOT MET")} |");
        }

        return Table.TrueForAll(row => row.Met) ? 0 : 1;
    }

    // One contestant alone, for as long as a profiler wants to look: a check, an echo or a batch.
    private static async Task<int> OnlyAsync(string what, int subjects, TimeSpan time)
    {
        await using var server = await PostgresFixture.StartAsync();
        await using var contest = await CheckContest.StartAsync(await server.CloneAsync(new MigratedStore()), subjects);
        for (var (clock, second) = (Stopwatch.StartNew(), TimeSpan.FromSeconds(5)); clock.Elapsed < time;)
        {
            var cost = what == "batch" ? await contest.Meter.OnceAsync(contest.BatchAsync) : await contest.Meter.RunAsync(what == "echo" ? contest.EchoAsync : contest.CheckAsync, second);
            Console.WriteLine($"{what}: {Text(cost)}, {cost.PerSecond:F0} a second");
        }

        return 0;
    }

    private static async Task MeasureAsync(List<CheckContest> contests, int rounds, TimeSpan time)
    {
        var large = contests[^1];
        List<Cost> echo = [], bare = [], sql = [], batch = [], batchBySql = [];
        var checks = contests.ConvertAll(_ => new List<Cost>());
        for (var round = 0; round <= rounds; round++)
        {
            // The first round only warms: code is compiled, plans are made, pages come into memory.
            List<(List<Cost> List, Cost Cost)> taken = [];
            for (var place = 0; place < contests.Count; place++)
            {
                var contest = contests[place];
                taken.Add((checks[place], await contest.Meter.RunAsync(contest.CheckAsync, time)));
            }

            taken.Add((echo, await large.Meter.RunAsync(large.EchoAsync, time)));
            taken.Add((bare, await large.Meter.RunAsync(large.BareEchoAsync, time)));
            taken.Add((sql, await large.Meter.RunAsync(large.CheckBySqlAsync, time)));
            taken.Add((batch, await large.Meter.OnceAsync(large.BatchAsync)));
            taken.Add((batchBySql, await large.Meter.OnceAsync(large.BatchBySqlAsync)));
            if (round > 0)
            {
                taken.ForEach(each => each.List.Add(each.Cost));
                Console.WriteLine($"round {round}: {string.Join(", ", taken.Select(each => $"{each.Cost.Server:F0}+{each.Cost.Database:F0}"))} µs");
            }
        }

        var (ours, echoed, bared, asked) = (Cost.Median(checks[^1]), Cost.Median(echo), Cost.Median(bare), Cost.Median(sql));
        Add($"check: processor of an echo behind the same door ({Text(echoed)}) to ours ({Text(ours)})", echoed.Both / ours.Both, "≥ 0.85", echoed.Both / ours.Both >= 0.85);
        Tell("the same, server alone", echoed.Server / ours.Server);
        Tell($"the same, echo with nothing but its token ({Text(bared)})", bared.Both / ours.Both);
        Tell("checks a second to echoes a second", ours.PerSecond / echoed.PerSecond);
        Add($"check: processor of ours to that of the register itself ({Text(asked)})", ours.Both / asked.Both, "≤ 0.14", ours.Both <= asked.Both / 7);
        var (together, bySql) = (Cost.Median(batch), Cost.Median(batchBySql));
        Add($"{Math.Min(MostInBatch, large.Subjects):N0} codes in one call: processor of ours ({Text(together)}) to the SQL way ({Text(bySql)})", together.Both / bySql.Both, "≤ 0.10", together.Both <= bySql.Both / 10);
        var least = Cost.Median(checks[0]);
        Add($"growth: check at {large.Subjects:N0} subjects to {contests[0].Subjects:N0} ({Text(least)})", ours.Both / least.Both, "≤ 1.2", ours.Both <= least.Both * 1.2);
        Tell("one signature (ES256), µs", SignatureMicroseconds());
    }

    private static double SignatureMicroseconds()
    {
        var way = new EcdsaSignature();
        var (sign, content) = (way.SignerOf(way.NewKey()), new byte[700]);
        const int Times = 20_000;
        for (var warm = 0; warm < Times / 10; warm++)
        {
            sign(content);
        }

        var before = Process.GetCurrentProcess().TotalProcessorTime;
        for (var time = 0; time < Times; time++)
        {
            sign(content);
        }

        return (Process.GetCurrentProcess().TotalProcessorTime - before).TotalMicroseconds / Times;
    }

    private static string Text(Cost cost) => string.Create(CultureInfo.InvariantCulture, $"{cost.Server:F0}+{cost.Database:F0} µs");

    private static void Add(string what, double figure, string target, bool met) => Table.Add((what, figure.ToString("F2", CultureInfo.InvariantCulture), target, met));

    private static void Tell(string what, double figure) => Add(what, figure, "told", met: true);

    private static int Given(int[] sizes, int at, int otherwise) => sizes.Length > at ? sizes[at] : otherwise;

    private sealed class MigratedStore : ITemplateSeeder
    {
        public string Key { get; } = "bench_" + typeof(CreditDbContext).Module.ModuleVersionId.ToString("N")[..12];

        public Task SeedAsync(string connectionString, CancellationToken cancellation) => StoreRegistration.MigrateAsync(connectionString, cancellation);
    }
}

/// <summary>A district of some size, the process that serves it, and whoever asks there.</summary>
internal sealed class CheckContest : IAsyncDisposable
{
    private const string Matter = """{"purpose":"Administration","matter":{"kind":"Fiscal","reference":"任财专〔2026〕18号","procedure":"技改补贴审核"},"subjects":""";

    private readonly ClonedDatabase _database;
    private readonly Process _server;
    private readonly int _port;
    private readonly HttpClient _client = new(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { Timeout = TimeSpan.FromMinutes(10) };
    private int _answerLength;

    private CheckContest(ClonedDatabase database, Process server, int port, int postmaster, int subjects)
    {
        (_database, _server, _port, Subjects) = (database, server, port, subjects);
        Meter = new(server.Id, postmaster);
    }

    public Meter Meter { get; }

    public int Subjects { get; }

    public static async Task<CheckContest> StartAsync(ClonedDatabase database, int subjects)
    {
        var owner = database.ConnectionString;
        await DistrictOfNumbers.FillAsync(owner, subjects, subjects / 2, subjects * 2);
        var postmaster = await NameCodesAsync(owner, subjects);
        var port = Contest.FreePort();
        var server = Process.Start(new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "Credit.Benchmarks.dll"), "checks", "serve", owner, port.ToString(CultureInfo.InvariantCulture)])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        while (await server.StandardOutput.ReadLineAsync() is { } line && line != "ready")
        {
            Console.WriteLine(line);
        }

        var contest = server.HasExited ? throw new InvalidOperationException("The server did not start.") : new CheckContest(database, server, port, postmaster, subjects);
        await contest.SignInAsync();
        contest._answerLength = (await contest.PostAsync(0, "/api/checks", contest.One(1))).Length;
        await contest.ThrowUnlessAlikeAsync();
        return contest;
    }

    public Task CheckAsync(int number) => PostAsync(0, "/api/checks", One(number));

    public Task EchoAsync(int number) => PostAsync(1, $"/api/echo?bytes={_answerLength.ToString(CultureInfo.InvariantCulture)}", One(number));

    public Task CheckBySqlAsync(int number) => PostAsync(2, "/api/checks", One(number));

    public Task BareEchoAsync(int number) => PostAsync(3, $"/api/echo?bytes={_answerLength.ToString(CultureInfo.InvariantCulture)}", One(number));

    public Task BatchAsync() => PostAsync(0, "/api/checks/batch", All());

    public Task BatchBySqlAsync() => PostAsync(2, "/api/checks/batch", All());

    public async ValueTask DisposeAsync()
    {
        Meter.Dispose();
        _client.Dispose();
        _server.StandardInput.Close();
        var last = await _server.StandardOutput.ReadToEndAsync();
        await _server.WaitForExitAsync();
        _server.Dispose();
        await _database.DisposeAsync();
        Console.WriteLine($"{Subjects:N0} subjects: {last.Trim()}");
    }

    // Neighbours in number lie far apart in the register.
    private string One(int number) => $"{Matter}[{Named(1 + (int)(number * 7919L % Subjects))}]}}";

    private string All() => $"{Matter}[{string.Join(',', Enumerable.Range(1, Math.Min(100_000, Subjects)).Select(Named))}]}}";

    private static string Named(int number) => $$"""{"kind":"LegalPerson","code":"{{CodeOf(number)}}"}""";

    private static string CodeOf(int number)
    {
        var first = string.Create(CultureInfo.InvariantCulture, $"91370811{number:D9}");
        return first + UnifiedCreditCode.ComputeCheck(first);
    }

    // The district's subjects get codes that can be asked about.
    private static async Task<int> NameCodesAsync(string owner, int subjects)
    {
        await using var connection = new NpgsqlConnection(owner);
        await connection.OpenAsync();
        await using (var copy = await connection.BeginBinaryImportAsync("COPY core.subject_identifier (id, scheme, lookup, since, subject_id) FROM STDIN (FORMAT BINARY)"))
        {
            for (var number = 1; number <= subjects; number++)
            {
                await copy.StartRowAsync();
                await copy.WriteAsync(IdOf(number, 0x8005));
                await copy.WriteAsync(SubjectIdentifier.Uscc);
                await copy.WriteAsync(CodeOf(number));
                await copy.WriteAsync(new DateOnly(2020, 1, 1));
                await copy.WriteAsync(IdOf(number, 0x8000));
            }

            await copy.CompleteAsync();
        }

        await using var settle = new NpgsqlCommand("VACUUM ANALYZE core.subject_identifier", connection) { CommandTimeout = 0 };
        await settle.ExecuteNonQueryAsync();
        await using var first = new NpgsqlCommand("SELECT (pg_read_file('postmaster.pid'))", connection);
        return int.Parse(((string)(await first.ExecuteScalarAsync())!).Split('\n')[0], CultureInfo.InvariantCulture);
    }

    private static Guid IdOf(int number, int kind) => Guid.Parse(string.Create(CultureInfo.InvariantCulture, $"{number:x8}-0000-7000-{kind:x4}-{number:x12}"));

    private async Task SignInAsync()
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "password", ["username"] = "finance.officer", ["password"] = "credit-demo" });
        using var answer = await _client.PostAsync(new Uri($"http://127.0.0.1:{_port}/connect/token"), form);
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString();
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    private async Task<byte[]> PostAsync(int place, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await _client.PostAsync(new Uri($"http://127.0.0.1:{_port + place}{path}"), content);
        var read = await answer.Content.ReadAsByteArrayAsync();
        return answer.IsSuccessStatusCode ? read : throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {Encoding.UTF8.GetString(read)}");
    }

    // What is compared answers the same, about a subject with an entry and about one without.
    private async Task ThrowUnlessAlikeAsync()
    {
        foreach (var number in new[] { 1, Subjects })
        {
            var body = $"{Matter}[{Named(number)}]}}";
            var (own, other) = (await SubjectsAsync(0, body), await SubjectsAsync(2, body));
            if (own != other || !own.Contains("\"subjectId\":\"", StringComparison.Ordinal) || own.Contains("\"hits\":[]", StringComparison.Ordinal) != (number == Subjects))
            {
                throw new InvalidOperationException($"The contestants answer different things: {own} and {other}.");
            }
        }
    }

    private async Task<string> SubjectsAsync(int place, string body) =>
        JsonSerializer.Deserialize<JsonElement>(await PostAsync(place, "/api/checks", body)).GetProperty("subjects").GetRawText();
}
