using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using Credit.Core.Deadlines;
using Credit.Core.Http;
using Credit.Core.Intake;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Host.Callers;
using Credit.Host.Startup;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Credit.Testing;

/// <summary>
/// The real host on loopback over a database of its own, with a clock that stands still at 2026-11-24 10:00 in Shanghai
/// and clockwork that runs only when a test says so. One per test class.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "xunit disposes through IAsyncLifetime.DisposeAsync.")]
public class HostFixture : IAsyncLifetime
{
    /// <summary>Where the clock stands at first: the day of receipt of the sample files.</summary>
    public static readonly DateTimeOffset Start = new(2026, 11, 24, 2, 0, 0, TimeSpan.Zero);

    private static readonly Lazy<Task<PostgresFixture>> Server = new(() => PostgresFixture.StartAsync());

    private readonly Dictionary<string, (string Text, DateTimeOffset At)> _tokens = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _signing = new(1, 1);
    private ClonedDatabase? _database;
    private WebApplication? _app;
    private string? _folder;

    /// <summary>Settings for a host that one address asks more than any client does.</summary>
    public static IReadOnlyList<string> WideLimits { get; } =
    [
        "--Limits:AnonymousPerMinute", "100000000", "--Limits:FeedsPerMinute", "100000000", "--Limits:FeedBatchesPerMinute", "100000000",
        "--Limits:StreamsPerAddress", "10000", "--Limits:AnonymousStreams", "10000", "--Limits:Streams", "10000", "--Limits:DownloadsPerCaller", "1000", "--Limits:AnonymousDownloads", "1000", "--Limits:Downloads", "1000",
    ];

    /// <summary>Further settings of the host, for a class that needs other ones.</summary>
    protected virtual IReadOnlyList<string> Settings => [];

    // The last setting of a name counts.
    private bool LoadsDemo => Settings.SkipLast(1).Zip(Settings.Skip(1)).LastOrDefault(pair => pair.First == "--Demo:Load").Second == "true";

    /// <summary>Modules beside the district's own, for a class that tries some.</summary>
    protected virtual IReadOnlyList<Assembly> AlsoModules => [];

    /// <summary>The clock of the host.</summary>
    public FakeTimeProvider Clock { get; } = new(Start);

    /// <summary>Services of the host.</summary>
    public IServiceProvider Services => _app!.Services;

    /// <summary>Address of the host.</summary>
    public Uri Address { get; private set; } = new("http://localhost");

    /// <summary>A file in the data directory of the host.</summary>
    public string InDataDirectory(params string[] path) => Path.Combine([_folder!, .. path]);

    /// <summary>Connection string of the owner of this class's database.</summary>
    public string ConnectionString => _database!.ConnectionString;

    public async Task InitializeAsync()
    {
        var server = await Server.Value;
        _database = await server.CloneAsync(new MigratedTemplate(withStandards: !LoadsDemo));
        _folder = Directory.CreateTempSubdirectory("credit-host-").FullName;
        _app = await CreditHost.BuildStartedAsync(
            [
                "--urls", "http://127.0.0.1:0", "--ConnectionStrings:Credit", _database.ConnectionString, "--DataDirectory", _folder,
                "--Issuer:DemoAccounts", "true", "--Clockwork:Enabled", "false", "--Demo:Load", "false", "--environment", "Production",
                "--Logging:LogLevel:Default", Environment.GetEnvironmentVariable("CREDIT_TEST_LOG") ?? "Critical", .. WideLimits, .. Settings,
            ],
            builder =>
            {
                builder.Services.AddSingleton<TimeProvider>(Clock).Decorate<IAccounts, SubjectsToo>();
                Adjust(builder.Services);
            },
            AlsoModules);
        await _app.StartStorageAsync();
        await _app.StartAsync();
        Address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public async Task DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        _signing.Dispose();
        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    /// <summary>Last word on the host's services, for a class of tests that needs another policy.</summary>
    protected virtual void Adjust(IServiceCollection services)
    {
    }

    /// <summary>Lets the log and its reactions come to rest.</summary>
    public async Task SettleAsync()
    {
        do
        {
            await Services.GetRequiredService<Sequencer>().RunOnceAsync(CancellationToken.None);
        }
        while (await Services.GetRequiredService<Reactions>().RunOnceAsync(CancellationToken.None) > 0);
    }

    /// <summary>Takes in every batch that waits.</summary>
    public Task<int> IntakeAsync() => Services.GetRequiredService<TakeInBatches>().RunOnceAsync(CancellationToken.None);

    /// <summary>Answers every deadline that has passed.</summary>
    public Task<int> SweepAsync() => Services.GetRequiredService<DeadlineSweeper>().RunOnceAsync(CancellationToken.None);

    /// <summary>Tokens end after an hour; a test that moves the clock signs in anew.</summary>
    public void ForgetTokens() => _tokens.Clear();

    /// <summary>A client without a token.</summary>
    public HttpClient Anonymous() => new() { BaseAddress = Address };

    /// <summary>The account that a subject of the register signs in with.</summary>
    public static string AccountOf(Guid subject) => SubjectsToo.Prefix + subject;

    /// <summary>The account of an officer of any department, those without a demo account too.</summary>
    public static string OfficerOf(string department) => SubjectsToo.OfficerPrefix + department;

    /// <summary>A client signed in as a demo account, for example <c>tax.officer</c>, or as a subject.</summary>
    public async Task<HttpClient> AsAsync(string user)
    {
        await _signing.WaitAsync();
        try
        {
            // Tests of one host share its clock: a token of before it was moved may be over.
            if (!_tokens.TryGetValue(user, out var known) || (Clock.GetUtcNow() - known.At).Duration() >= TimeSpan.FromMinutes(30))
            {
                using var anonymous = Anonymous();
                using var form = new FormUrlEncodedContent(user.EndsWith(".system", StringComparison.Ordinal)
                    ? new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = user, ["client_secret"] = "credit-demo-secret" }
                    : new Dictionary<string, string> { ["grant_type"] = "password", ["username"] = user, ["password"] = "credit-demo" });
                using var answer = await anonymous.PostAsync(new Uri("/connect/token", UriKind.Relative), form);
                var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
                known = body.TryGetProperty("access_token", out var issued)
                    ? (issued.GetString()!, Clock.GetUtcNow())
                    : throw new InvalidOperationException($"No token for {user}: {(int)answer.StatusCode} {body}");
                _tokens[user] = known;
            }

            var client = Anonymous();
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", known.Text);
            client.DefaultRequestHeaders.Add("Credit-Purpose", "Administration");
            return client;
        }
        finally
        {
            _signing.Release();
        }
    }

    // The demo account of subjects stands for one subject that does not change, and few departments have demo accounts; a test signs in
    // as whomever it listed, and as any department.
    private sealed class SubjectsToo(IAccounts accounts) : IAccounts
    {
        public const string Prefix = "subject:";
        public const string OfficerPrefix = "officer-of:";

        public Account? SignIn(string user, string secret, bool machine) => user.StartsWith(Prefix, StringComparison.Ordinal)
            ? new Account(user, user, [Roles.Subject], "", SubjectId: Guid.Parse(user[Prefix.Length..]))
            : user.StartsWith(OfficerPrefix, StringComparison.Ordinal) ? new Account(user, user, [Roles.Officer], "", Department: user[OfficerPrefix.Length..])
            : accounts.SignIn(user, secret, machine);
    }

    private sealed class MigratedTemplate(bool withStandards) : ITemplateSeeder
    {
        // Another schema is another template: the builds' module versions change with every change of the store and of what is registered.
        public string Key { get; } = typeof(CreditDbContext).Module.ModuleVersionId.ToString("N")[..12]
            + (withStandards ? $"_{typeof(TestStandards).Module.ModuleVersionId.ToString("N")[..12]}" : "");

        public async Task SeedAsync(string connectionString, CancellationToken cancellation)
        {
            await StoreRegistration.MigrateAsync(connectionString, cancellation);
            if (withStandards)
            {
                await TestStandards.RegisterAsync(connectionString, cancellation);
            }
        }
    }
}
