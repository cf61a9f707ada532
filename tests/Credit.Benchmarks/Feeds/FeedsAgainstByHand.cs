using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using Credit.Core.Store;
using Credit.Testing;
using Npgsql;

namespace Credit.Benchmarks.Feeds;

/// <summary>
/// Feeds against the same list written by hand and against stock AspNetCore.OData, over the same public view, in turn in one run:
/// processor time of server and database a request, medians of the rounds. The sender is a process of its own and not counted.
/// </summary>
internal static class FeedsAgainstByHand
{
    private static readonly List<(string What, string Figure, string Target, bool Met)> Table = [];

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is ["serve", var owner, var port])
        {
            return await Contestants.ServeAsync(owner, int.Parse(port, CultureInfo.InvariantCulture));
        }

        if (args is ["only", var part, var some, var seconds])
        {
            return await OnlyAsync(part, int.Parse(some, CultureInfo.InvariantCulture), TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture)));
        }

        var sizes = args.Select(each => int.Parse(each, CultureInfo.InvariantCulture)).ToArray();
        var (subjects, entries, penalties) = (Given(sizes, 0, 1_000_000), Given(sizes, 1, 500_000), Given(sizes, 2, 2_000_000));
        var (rounds, time) = (Given(sizes, 3, 5), TimeSpan.FromSeconds(Given(sizes, 4, 5)));
        await using var server = await PostgresFixture.StartAsync();
        var growth = new Dictionary<int, Cost>();
        foreach (var size in new[] { 10_000, 100_000 }.Where(size => size < entries))
        {
            growth[size] = await MeasureGrowthAsync(server, size, rounds, time);
        }

        await using var database = await server.CloneAsync(new MigratedStore());
        var clock = Stopwatch.StartNew();
        await DistrictOfNumbers.FillAsync(database.ConnectionString, subjects, entries, penalties);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"filled in {clock.Elapsed.TotalSeconds:F0} s"));
        await using (var contest = await Contest.StartAsync(database.ConnectionString))
        {
            growth[entries] = await MeasureAsync(contest, database.ConnectionString, entries, rounds, time);
        }

        var (least, most) = (growth[growth.Keys.Min()], growth[growth.Keys.Max()]);
        Add($"growth: list at {growth.Keys.Max():N0} entries to {growth.Keys.Min():N0}", most.Both / least.Both, "≤ 1.2", most.Both <= least.Both * 1.2);
        Console.WriteLine($"{subjects:N0} subjects, {entries:N0} entries, {penalties:N0} penalties; medians of {rounds} rounds in turn, {time.TotalSeconds:F0} s each\n");
        Console.WriteLine("| what | figure | target | |\n|---|---|---|---|");
        foreach (var (what, figure, target, met) in Table)
        {
            Console.WriteLine($"| {what} | {figure} | {target} | {(met ? "met" : "NOT MET")} |");
        }

        return Table.TrueForAll(row => row.Met) ? 0 : 1;
    }

    // One contestant alone, for as long as a profiler wants to look: list, kept, expand, hand or stream.
    private static async Task<int> OnlyAsync(string what, int entries, TimeSpan time)
    {
        await using var server = await PostgresFixture.StartAsync();
        await using var database = await server.CloneAsync(new MigratedStore());
        await DistrictOfNumbers.FillAsync(database.ConnectionString, entries, entries, 0);
        await using var contest = await Contest.StartAsync(database.ConnectionString);
        for (var (clock, second) = (Stopwatch.StartNew(), TimeSpan.FromSeconds(5)); clock.Elapsed < time;)
        {
            var cost = what == "stream"
                ? await contest.Meter.OnceAsync(contest.StreamAsync)
                : await contest.Meter.RunAsync(what switch { "kept" => contest.Kept, "expand" => contest.Expanded, "hand" => contest.ByHand, _ => contest.Fresh }, second);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {cost.Server:F0}+{cost.Database:F0} µs, {cost.PerSecond:F1} a second"));
        }

        return 0;
    }

    private static async Task<Cost> MeasureGrowthAsync(PostgresFixture server, int entries, int rounds, TimeSpan time)
    {
        await using var database = await server.CloneAsync(new MigratedStore());
        await DistrictOfNumbers.FillAsync(database.ConnectionString, entries, entries, 0);
        await using var contest = await Contest.StartAsync(database.ConnectionString);
        await contest.Meter.RunAsync(contest.Fresh, time);
        List<Cost> costs = [];
        for (var round = 0; round < rounds; round++)
        {
            costs.Add(await contest.Meter.RunAsync(contest.Fresh, time));
        }

        return Cost.Median(costs);
    }

    private static async Task<Cost> MeasureAsync(Contest contest, string owner, int entries, int rounds, TimeSpan time)
    {
        Expect(contest.Rows(await contest.Meter.AskAsync(contest.Kept(0))), contest.Rows(await contest.Meter.AskAsync(contest.ByHand(0))), contest.Rows(await contest.Meter.AskAsync(contest.Stock(0))));
        List<Cost> fast = [], hand = [], stock = [], kept = [], walk = [], stockWalk = [], stockSeek = [], copy = [], stream = [], expanded = [], expandedByHand = [], expandedByStock = [];
        var pages = Math.Min(entries, 100_000) / 1000;
        for (var round = 0; round <= rounds; round++)
        {
            // The first round only warms: code is compiled, plans are made, pages come into memory.
            var costs = new[]
            {
                await contest.Meter.RunAsync(contest.Fresh, time), await contest.Meter.RunAsync(contest.ByHand, time), await contest.Meter.RunAsync(contest.Stock, time),
                await contest.Meter.RunAsync(contest.Kept, time),
                await contest.Meter.OnceAsync(() => contest.WalkAsync(round, pages)), await contest.Meter.OnceAsync(() => contest.SkipThroughAsync(round, pages)),
                await contest.Meter.OnceAsync(() => contest.SeekThroughAsync(round, pages)), await contest.Meter.OnceAsync(() => CopyAsync(owner)),
                await contest.Meter.OnceAsync(contest.StreamAsync),
                await contest.Meter.RunAsync(contest.Expanded, time), await contest.Meter.RunAsync(contest.ExpandedByHand, time), await contest.Meter.RunAsync(contest.ExpandedByStock, time),
            };
            if (round > 0)
            {
                (List<Cost> List, Cost Cost)[] taken =
                [
                    (fast, costs[0]), (hand, costs[1]), (stock, costs[2]), (kept, costs[3]), (walk, costs[4]), (stockWalk, costs[5]), (stockSeek, costs[6]), (copy, costs[7]),
                    (stream, costs[8]), (expanded, costs[9]), (expandedByHand, costs[10]), (expandedByStock, costs[11]),
                ];
                Array.ForEach(taken, each => each.List.Add(each.Cost));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round}: list {costs[0].Both:F0} µs, by hand {costs[1].Both:F0}, stock {costs[2].Both:F0}, kept {costs[3].Both:F0}"));
            }
        }

        var (ours, theirs, common, cached) = (Cost.Median(fast), Cost.Median(hand), Cost.Median(stock), Cost.Median(kept));
        Add($"list of 50: processor by hand ({theirs.Server:F0}+{theirs.Database:F0} µs) to ours ({ours.Server:F0}+{ours.Database:F0} µs)", theirs.Both / ours.Both, "≥ 0.95", theirs.Both / ours.Both >= 0.95);
        Add($"list of 50: processor of stock ({common.Server:F0}+{common.Database:F0} µs) to ours", common.Both / ours.Both, "≥ 6", common.Both / ours.Both >= 6);
        Add("list of 50: requests a second, ours to by hand", ours.PerSecond / theirs.PerSecond, "told", true);
        Add("list of 50: requests a second, ours to stock", ours.PerSecond / common.PerSecond, "told", true);
        Add("list of 50, server alone: by hand to ours", theirs.Server / ours.Server, "≥ 0.95", theirs.Server / ours.Server >= 0.95);
        Add("list of 50, server alone: stock to ours", common.Server / ours.Server, "≥ 6", common.Server / ours.Server >= 6);
        var (wide, wideByHand, wideByStock) = (Cost.Median(expanded), Cost.Median(expandedByHand), Cost.Median(expandedByStock));
        Add($"$expand: processor by hand ({wideByHand.Server:F0}+{wideByHand.Database:F0} µs) to ours ({wide.Server:F0}+{wide.Database:F0} µs)", wideByHand.Both / wide.Both, "≥ 0.95", wideByHand.Both / wide.Both >= 0.95);
        Add($"$expand: processor of stock ({wideByStock.Server:F0}+{wideByStock.Database:F0} µs) to ours", wideByStock.Both / wide.Both, "told", true);
        Add($"kept list: processor by hand to ours ({cached.Server:F0}+{cached.Database:F0} µs)", theirs.Both / cached.Both, "≥ 6", theirs.Both / cached.Both >= 6);
        Add("kept list: requests a second, ours to by hand", cached.PerSecond / theirs.PerSecond, "≥ 6", cached.PerSecond / theirs.PerSecond >= 6);
        var (walked, skipped, sought) = (Cost.Median(walk), Cost.Median(stockWalk), Cost.Median(stockSeek));
        Add($"export by next links, {pages * 1000:N0} rows: processor of stock's own ({skipped.Both / 1000:F0} ms) to ours ({walked.Server / 1000:F0}+{walked.Database / 1000:F0} ms)", skipped.Both / walked.Both, "≥ 5", skipped.Both / walked.Both >= 5);
        Add($"the same, stock asked for pages after a key ({sought.Server / 1000:F0}+{sought.Database / 1000:F0} ms)", sought.Both / walked.Both, "told", true);
        var (streamed, copied) = (Cost.Median(stream), Cost.Median(copy));
        Add($"one streamed answer, {entries:N0} rows: processor of COPY ({copied.Both / 1000:F0} ms) to ours ({streamed.Server / 1000:F0}+{streamed.Database / 1000:F0} ms)", copied.Both / streamed.Both, "told", true);
        Add("one streamed answer: answers a second to COPY's", streamed.PerSecond / copied.PerSecond, "≥ 0.5", streamed.PerSecond / copied.PerSecond >= 0.5);
        await MeasureBulkAsync(contest, copied, rounds);
        return ours;
    }

    // Of the files only the sending is measured: they are made once for everybody.
    private static async Task MeasureBulkAsync(Contest contest, Cost copy, int rounds)
    {
        string address;
        try
        {
            using var manifest = JsonDocument.Parse(await contest.Meter.AskAsync($"{contest.Product}/bulk/ListEntries"));
            address = contest.Product + manifest.RootElement.GetProperty("ndjson").GetProperty("path").GetString();
        }
        catch (Exception fault) when (fault is InvalidOperationException or JsonException or KeyNotFoundException)
        {
            Table.Add(("the file of the set, made before: answers a second to COPY's", "no file is offered", "told", false));
            return;
        }

        List<Cost> costs = [];
        for (var round = 0; round < rounds; round++)
        {
            costs.Add(await contest.Meter.OnceAsync(() => contest.Meter.DrainAsync(address)));
        }

        var bulk = Cost.Median(costs);
        Add("the file of the set, made before: answers a second to COPY's", bulk.PerSecond / copy.PerSecond, "told", true);
    }

    private static async Task CopyAsync(string owner)
    {
        await using var connection = new NpgsqlConnection(owner);
        await connection.OpenAsync();
        using var copy = await connection.BeginTextExportAsync("COPY (SELECT * FROM pub.list_entry) TO STDOUT");
        var buffer = new char[128 * 1024];
        while (await copy.ReadBlockAsync(buffer) > 0)
        {
        }
    }

    private static void Expect(params int[] rows)
    {
        if (rows.Distinct().Count() != 1 || rows[0] == 0)
        {
            throw new InvalidOperationException($"The contestants answer different things: {string.Join(", ", rows)} rows.");
        }
    }

    private static void Add(string what, double figure, string target, bool met) => Table.Add((what, figure.ToString("F2", CultureInfo.InvariantCulture), target, met));

    private static int Given(int[] sizes, int at, int otherwise) => sizes.Length > at ? sizes[at] : otherwise;

    private sealed class MigratedStore : ITemplateSeeder
    {
        public string Key { get; } = "bench_" + typeof(CreditDbContext).Module.ModuleVersionId.ToString("N")[..12];

        public Task SeedAsync(string connectionString, CancellationToken cancellation) => StoreRegistration.MigrateAsync(connectionString, cancellation);
    }
}

/// <summary>The process that serves, and the addresses in it.</summary>
internal sealed class Contest : IAsyncDisposable
{
    private readonly Process _server;
    private readonly int _port;
    private int _asked;

    private Contest(Process server, int port, int postmaster)
    {
        (_server, _port) = (server, port);
        Meter = new(server.Id, postmaster);
    }

    public Meter Meter { get; }

    public string Product => $"http://127.0.0.1:{_port}";

    /// <summary>A list nobody asked for before, in this round or another: something in the question changes and nothing of the work.</summary>
    public string Fresh(int number) => List($"y{Interlocked.Increment(ref _asked)}");

    /// <summary>A list that everybody asks for.</summary>
    public string Kept(int number) => List("x0");

    public string ByHand(int number) => $"http://127.0.0.1:{_port + 1}/list?list=Black&other=x{number}&top=50";

    public string Stock(int number) => $"http://127.0.0.1:{_port + 2}/stock/StockEntries?$filter=List%20eq%20'Black'%20and%20Domain%20ne%20'x{number}'&$orderby=Id&$top=50";

    public string Expanded(int number) => Fresh(number) + "&$expand=RecogniserDepartment";

    public string ExpandedByHand(int number) => ByHand(number).Replace("/list?", "/expanded?", StringComparison.Ordinal);

    public string ExpandedByStock(int number) => Stock(number) + "&$expand=RecogniserDepartment";

    public static async Task<Contest> StartAsync(string owner)
    {
        var port = FreePort();
        var self = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Credit.Benchmarks.dll"), "feeds", "serve", owner, port.ToString(CultureInfo.InvariantCulture)])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var server = Process.Start(self)!;
        while (await server.StandardOutput.ReadLineAsync() is { } line && line != "ready")
        {
            Console.WriteLine(line);
        }

        if (server.HasExited)
        {
            throw new InvalidOperationException("The server did not start.");
        }

        await using var connection = new NpgsqlConnection(owner);
        await connection.OpenAsync();

        // As the filling ends, and as the database does by itself after a while.
        await using (var tidy = new NpgsqlCommand("VACUUM ANALYZE feed.row_version", connection) { CommandTimeout = 0 })
        {
            await tidy.ExecuteNonQueryAsync();
        }

        await using var command = new NpgsqlCommand("SELECT (pg_read_file('postmaster.pid'))", connection);
        var postmaster = int.Parse(((string)(await command.ExecuteScalarAsync())!).Split('\n')[0], CultureInfo.InvariantCulture);
        return new(server, port, postmaster);
    }

    public int Rows(byte[] body) => JsonDocument.Parse(body).RootElement.GetProperty("value").GetArrayLength();

    /// <summary>Follows next links over so many pages of 1,000; each round asks something that was not asked before, so that no page is a kept answer.</summary>
    public async Task WalkAsync(int round, int pages)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Add("Prefer", "odata.maxpagesize=1000");
        for (string? next = $"{Product}/odata/public/ListEntries?{Round(round)}"; next is not null && pages > 0; pages--)
        {
            using var page = JsonDocument.Parse(await client.GetByteArrayAsync(new Uri(next)));
            next = page.RootElement.TryGetProperty("@odata.nextLink", out var following) ? following.GetString() : null;
        }
    }

    /// <summary>What stock's own next links do: each page of 1,000 skips those before.</summary>
    public async Task SkipThroughAsync(int round, int pages)
    {
        for (var page = 0; page < pages; page++)
        {
            await Meter.AskAsync($"http://127.0.0.1:{_port + 2}/stock/StockEntries?{Round(round)}&$orderby=Id&$top=1000&$skip={(page * 1000).ToString(CultureInfo.InvariantCulture)}");
        }
    }

    /// <summary>The best a client can make of stock: it asks for the rows after the last key it has.</summary>
    public async Task SeekThroughAsync(int round, int pages)
    {
        for (var after = Guid.Empty.ToString(); pages > 0; pages--)
        {
            using var page = JsonDocument.Parse(await Meter.AskAsync($"http://127.0.0.1:{_port + 2}/stock/StockEntries?{Round(round)}%20and%20Id%20gt%20{after}&$orderby=Id&$top=1000"));
            var rows = page.RootElement.GetProperty("value");
            if (rows.GetArrayLength() == 0)
            {
                return;
            }

            after = rows[rows.GetArrayLength() - 1].GetProperty("Id").GetString()!;
        }
    }

    /// <summary>The change stream from its beginning, as one answer.</summary>
    public Task StreamAsync() => Meter.DrainAsync($"{Product}/feeds/changes?set=ListEntries");

    private string List(string other) => $"{Product}/odata/public/ListEntries?$filter=List%20eq%20'Black'%20and%20Domain%20ne%20'{other}'&$top=50";

    private static string Round(int round) => $"$filter=Domain%20ne%20'r{round.ToString(CultureInfo.InvariantCulture)}'";

    public async ValueTask DisposeAsync()
    {
        Meter.Dispose();
        _server.StandardInput.Close();
        await _server.WaitForExitAsync();
        _server.Dispose();
    }

    /// <summary>The first of several ports nobody listens on.</summary>
    public static int FreePort()
    {
        using var three = new TcpListener(System.Net.IPAddress.Loopback, 0);
        three.Start();
        return ((System.Net.IPEndPoint)three.LocalEndpoint).Port;
    }
}
