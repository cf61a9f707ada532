using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Credit.Core.Store;
using Credit.Testing;

namespace Credit.Benchmarks;

/// <summary>
/// Start of the host, from the start of the process to <c>/health/ready</c>, with 100 dropped-in modules of 20 measures, a standard, a
/// report and a set each, against its start with none. Both start over a fresh, migrated database, in turn; then both once more over
/// what the first start left.
/// </summary>
internal static class StartWithModules
{
    /// <summary>Seconds that the modules may cost.</summary>
    private const double Promised = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        var modules = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100;
        var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5;
        using var drop = new DropFolder();
        for (var number = 0; number < modules; number++)
        {
            drop.Add($"{NumberedModule.AssemblyOf(number)}.dll", NumberedModule.Build(number));
        }

        await using var server = await PostgresFixture.StartAsync();

        // Neither side is timed while the machine's caches are still cold.
        await RoundAsync(server, []);
        await RoundAsync(server, drop.Settings);
        List<(Cost First, Cost Again)> without = [], with = [];
        for (var round = 1; round <= rounds; round++)
        {
            without.Add(await RoundAsync(server, []));
            with.Add(await RoundAsync(server, drop.Settings));
            Console.WriteLine($"round {round}: none {without[^1].First}, {modules} modules {with[^1].First}; started again {without[^1].Again} and {with[^1].Again}");
        }

        var (none, all) = (Cost.Median(without.Select(each => each.First)), Cost.Median(with.Select(each => each.First)));
        var (noneAgain, allAgain) = (Cost.Median(without.Select(each => each.Again)), Cost.Median(with.Select(each => each.Again)));
        var kept = all.Seconds - none.Seconds <= Promised;
        Console.WriteLine($"medians: none {none}, {modules} modules {all}; started again {noneAgain} and {allAgain}");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{all.Seconds - none.Seconds:F2} s more at the first start ({all.Processor - none.Processor:F2} s of processor), {allAgain.Seconds - noneAgain.Seconds:F2} s ({allAgain.Processor - noneAgain.Processor:F2} s) after it, promised {Promised:F0} s: {(kept ? "kept" : "BROKEN")}"));
        return kept ? 0 : 1;
    }

    private static async Task<(Cost First, Cost Again)> RoundAsync(PostgresFixture server, IReadOnlyList<string> settings)
    {
        await using var database = await server.CloneAsync(new Migrated());
        var data = Directory.CreateTempSubdirectory("credit-start-");
        try
        {
            return (await StartAsync(database, data, settings), await StartAsync(database, data, settings));
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static async Task<Cost> StartAsync(ClonedDatabase database, DirectoryInfo data, IReadOnlyList<string> settings)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        string[] args =
        [
            Path.Combine(AppContext.BaseDirectory, "Credit.Host.dll"), "--urls", address.ToString(), "--ConnectionStrings:Credit", database.ConnectionString, "--DataDirectory", data.FullName,
            "--Clockwork:Enabled", "false", "--environment", "Production", "--Logging:LogLevel:Default", "Error", .. settings,
        ];
        using var client = new HttpClient { BaseAddress = address };
        var clock = Stopwatch.StartNew();
        using var host = Process.Start(new ProcessStartInfo("dotnet", args) { UseShellExecute = false, WorkingDirectory = data.FullName })!;
        try
        {
            while (!await IsReadyAsync(client))
            {
                if (host.HasExited || clock.Elapsed > TimeSpan.FromMinutes(2))
                {
                    throw new InvalidOperationException("The host did not start.");
                }

                await Task.Delay(5);
            }

            // Beside the time on the clock, the time of processors: what a machine with other work to do cannot stretch.
            var seconds = clock.Elapsed.TotalSeconds;
            host.Refresh();
            return new Cost(seconds, host.TotalProcessorTime.TotalSeconds);
        }
        finally
        {
            host.Kill();
            await host.WaitForExitAsync();
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>What a start took.</summary>
    /// <param name="Seconds">On the clock.</param>
    /// <param name="Processor">Of all processors together, without the database's.</param>
    private readonly record struct Cost(double Seconds, double Processor)
    {
        /// <summary>The median of each of the two.</summary>
        public static Cost Median(IEnumerable<Cost> costs) => costs.ToArray() is var all
            ? new(all.Select(each => each.Seconds).Order().ElementAt(all.Length / 2), all.Select(each => each.Processor).Order().ElementAt(all.Length / 2))
            : default;

        /// <inheritdoc/>
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Seconds:F2} s ({Processor:F2} s of processor)");
    }

    private sealed class Migrated : ITemplateSeeder
    {
        public string Key { get; } = "start_" + typeof(CreditDbContext).Module.ModuleVersionId.ToString("N")[..12];

        public Task SeedAsync(string connectionString, CancellationToken cancellation) => StoreRegistration.MigrateAsync(connectionString, cancellation);
    }
}

/// <summary>One of many modules that differ by their number only.</summary>
internal static class NumberedModule
{
    private const int Measures = 20;

    /// <summary>Name of the assembly.</summary>
    public static string AssemblyOf(int number) => $"Credit.Modules.Numbered{number:D3}";

    /// <summary>The sample module under this number, its memorandum with 20 measures.</summary>
    public static byte[] Build(int number)
    {
        var source = SampleModule.Source
            .Replace("\"sample", $"\"numbered{number:D3}", StringComparison.Ordinal)
            .Replace("SampleTakenRow", $"SampleTaken{number:D3}Row", StringComparison.Ordinal)
            .Replace("\"SamplesTaken\"", $"\"SamplesTaken{number:D3}\"", StringComparison.Ordinal)
            .Replace(SampleModule.Domain, $"领域{number:D3}", StringComparison.Ordinal)
            .Replace(SampleModule.Assembly, AssemblyOf(number), StringComparison.Ordinal);
        var measures = new StringBuilder();
        for (var measure = 1; measure <= Measures; measure++)
        {
            measures.Append(measures.Length == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $$"""
                {"ordinal": "{{measure}}", "wording": "禁止参加政府采购活动", "canonical": ["P01"], "nature": "Administrative", "obligation": "Mandatory", "bodies": "财政部",
                 "departments": ["finance"], "outsideDistrict": false, "legalBases": [{"title": "中华人民共和国政府采购法第二十二条", "level": "Law"}],
                 "watchApplicable": false, "onlyAbleButRefuses": false, "withinWorkingDays": 7, "evidence": "Seen"}
                """);
        }

        var memorandum = string.Create(CultureInfo.InvariantCulture, $$"""
            {"code": "NUMBERED-{{number:D3}}", "title": "样本合作备忘录", "documentNumber": "", "issuedOn": null, "signers": "", "lead": "", "targets": "",
             "trigger": {"list": "Black", "domains": ["领域{{number:D3}}"]}, "feedbackCadence": null,
             "versions": [{"version": 1, "effectiveFrom": "2020-01-01", "effectiveTo": null, "measures": [{{measures}}]}]}
            """);
        return ModuleBuild.Compile(AssemblyOf(number), source, new Dictionary<string, string> { ["NUMBERED"] = memorandum });
    }
}
