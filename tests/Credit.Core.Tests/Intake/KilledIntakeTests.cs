using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Credit.Testing;
using Npgsql;
using Xunit.Abstractions;

namespace Credit.Core.Tests.Intake;

/// <summary>
/// Host processes killed without warning while they take a file in: nothing accepted is lost, nothing is stored twice. A few
/// kills by default; <c>tests/kill-intake</c> runs the long form.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "xunit disposes through IAsyncLifetime.DisposeAsync.")]
public sealed class KilledIntakeTests(HostFixture database, ITestOutputHelper output) : IClassFixture<HostFixture>, IAsyncLifetime
{
    private const int Rows = 6000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly int _kills = int.Parse(Environment.GetEnvironmentVariable("CREDIT_KILLS") ?? "3", CultureInfo.InvariantCulture);
    private readonly string _folder = Directory.CreateTempSubdirectory("credit-kill-").FullName;
    private readonly Uri _address = new($"http://127.0.0.1:{FreePort()}");
    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(database.ConnectionString);
    private Process? _host;

    public Task InitializeAsync() => StartAsync();

    public async Task DisposeAsync()
    {
        Kill();
        await _source.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    [Trait("Invariant", "I23")]
    [Trait("Invariant", "I87")]
    [Trait("Invariant", "I88")]
    public async Task A_host_killed_in_mid_intake_loses_and_doubles_nothing()
    {
        var chance = new Random(20261124);
        List<Uri> batches = [];
        var inMidIntake = 0;
        for (var kill = 0; kill < _kills; kill++)
        {
            batches.Add(await SendAsync(kill));
            await ReadingAsync(batches.Count);
            await Task.Delay(chance.Next(0, 400));
            Kill();
            inMidIntake += await CountAsync("core.intake_batch WHERE state IN ('Received', 'Reading')") > 0 ? 1 : 0;
            (await CountAsync("core.penalty")).ShouldBe(Rows * await CountAsync("core.intake_batch WHERE state = 'Completed'"));
            await StartAsync();
        }

        await CompletedAsync(_kills);
        output.WriteLine($"{_kills} kills, {inMidIntake} of them in mid intake");

        inMidIntake.ShouldBeGreaterThan(0);
        (await CountAsync("core.penalty")).ShouldBe((long)Rows * _kills);
        (await CountAsync("(SELECT DISTINCT document_number FROM core.penalty) documents")).ShouldBe((long)Rows * _kills);
        (await CountAsync($"core.intake_batch WHERE state = 'Completed' AND accepted = {Rows} AND rows_read = {Rows} AND unchanged + conflicts + quarantined + rejected = 0")).ShouldBe(_kills);
        (await CountAsync("core.register_entry WHERE wire_name = 'intake-batch.completed.v1'")).ShouldBe(_kills);
        using var officer = await OfficerAsync();
        foreach (var batch in batches)
        {
            (await officer.GetFromJsonAsync<JsonElement>(batch)).GetProperty("accepted").GetInt32().ShouldBe(Rows);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static byte[] File(int batch) => SampleSheet.Csv([.. Enumerable.Range(batch * Rows, Rows).Select(number => SampleSheet.Penalty(number))]);

    private async Task StartAsync()
    {
        _host = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "Credit.Host.dll"), "--urls", _address.ToString(), "--DataDirectory", _folder,
                "--ConnectionStrings:Credit", database.ConnectionString, "--Issuer:DemoAccounts", "true", "--Demo:Load", "false",
                "--Logging:LogLevel:Default", "Critical",
            },
            WorkingDirectory = _folder,
        })!;
        using var client = new HttpClient { BaseAddress = _address };
        await UntilAsync(async () =>
        {
            try
            {
                using var ready = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
                return ready.IsSuccessStatusCode;
            }
            catch (HttpRequestException notYet)
            {
                return _host.HasExited ? throw new InvalidOperationException("The host did not start.", notYet) : false;
            }
        });
    }

    private void Kill()
    {
        if (_host is not null)
        {
            _host.Kill();
            _host.WaitForExit();
            _host.Dispose();
            _host = null;
        }
    }

    private async Task<Uri> SendAsync(int batch)
    {
        using var officer = await OfficerAsync();
        using var form = new MultipartFormDataContent { { new ByteArrayContent(File(batch)), "file", $"batch-{batch}.csv" } };
        using var sent = await officer.PostAsync(new Uri("/api/intake/penalties", UriKind.Relative), form);
        sent.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        return sent.Headers.Location!;
    }

    private async Task<HttpClient> OfficerAsync()
    {
        var client = new HttpClient { BaseAddress = _address };
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "password",
            ["username"] = "market-supervision.officer",
            ["password"] = "credit-demo",
        });
        using var answer = await client.PostAsync(new Uri("/connect/token", UriKind.Relative), form);
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private Task ReadingAsync(int batches) => UntilAsync(async () =>
        await CountAsync("core.intake_batch WHERE state = 'Reading'") > 0 || await CountAsync("core.intake_batch WHERE state = 'Completed'") == batches);

    private Task CompletedAsync(int batches) => UntilAsync(async () => await CountAsync("core.intake_batch WHERE state = 'Completed'") == batches);

    private async Task<long> CountAsync(string from)
    {
        await using var count = _source.CreateCommand($"SELECT count(*) FROM {from}");
        return (long)(await count.ExecuteScalarAsync())!;
    }

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        var waited = Stopwatch.StartNew();
        while (!await holds())
        {
            (waited.Elapsed < Patience).ShouldBeTrue("waited too long");
            await Task.Delay(20);
        }
    }
}
