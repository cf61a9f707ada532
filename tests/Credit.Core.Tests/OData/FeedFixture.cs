using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Feeds;
using Credit.Core.Http;
using Credit.Core.Modules;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Credit.Host.Startup;
using Credit.OData;
using Credit.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Credit.Core.Tests.OData;

/// <summary>The feeds behind the real front door, over a database of their own, with two sets made for the tests beside those of the house.</summary>
public sealed class FeedFixture : IAsyncLifetime, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("credit-feeds-").FullName;
    private readonly StringWriter _log = new();
    private PostgresFixture? _server;
    private ClonedDatabase? _database;
    private WebApplication? _app;

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 24, 2, 0, 0, TimeSpan.Zero));

    public Uri Address { get; private set; } = new("http://localhost");

    public string ConnectionString => _database!.ConnectionString;

    /// <summary>What the host wrote into its log.</summary>
    public string Log => _log.ToString();

    public async Task InitializeAsync()
    {
        _server = await PostgresFixture.StartAsync();
        _database = await _server.CloneAsync(new Migrated());
        var builder = WebApplication.CreateBuilder(["--urls", "http://127.0.0.1:0", "--Issuer:DemoAccounts", "true", "--environment", "Production", "--Feeds:ShowLane", "true", .. HostFixture.WideLimits]);
        builder.AddHttp(_folder, _log);
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddStore();
        builder.Services.AddSingleton<Credit.Core.Http.IIdempotencyStore, Credit.Core.Store.IdempotencyStore>();
        builder.Services.AddSingleton(ModuleCatalog.From([], DepartmentDirectory.Load(), CanonicalMeasures.Load()));
        builder.Services.AddTransient(_ => PolicyPacks.Shipped("rencheng-2019", null).InForce(Clock.Today()));
        builder.Services.AddFeeds([]);
        builder.Services.AddSingleton(new FeedSeal(new byte[32]));
        builder.Services.AddSingleton(new SetCatalog((IEnumerable<Type>)[.. typeof(SetCatalog).Assembly.GetTypes(), typeof(Samples), typeof(SampleGroups), typeof(Failing)]));
        builder.Services.AddScoped<Samples>().AddScoped<SampleGroups>().AddScoped<Failing>();
        _app = builder.Build();
        _app.Services.GetRequiredService<StoreAddress>().ConnectionString = _database.ConnectionString;
        _app.MapFeeds();
        _app.UseFrontDoor();
        await _app.StartAsync();
        Address = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    public async Task DisposeAsync()
    {
        await _app!.DisposeAsync();
        await _database!.DisposeAsync();
        await _server!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public void Dispose() => _log.Dispose();

    internal SetCatalog Sets => _app!.Services.GetRequiredService<SetCatalog>();

    /// <summary>A client without a token.</summary>
    public HttpClient Anonymous() => new() { BaseAddress = Address };

    /// <summary>A client signed in as a demo account.</summary>
    public async Task<HttpClient> AsAsync(string user)
    {
        var client = Anonymous();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "password", ["username"] = user, ["password"] = "credit-demo" });
        using var answer = await client.PostAsync(new Uri("/connect/token", UriKind.Relative), form);
        var token = await answer.Content.ReadFromJsonAsync<JsonElement>();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.GetProperty("access_token").GetString());
        return client;
    }

    /// <summary>Asks exactly these bytes of an address: no client library may tidy the query first.</summary>
    public Task<FeedAnswer> AskAsync(string target, params (string Name, string Value)[] headers) => AskAsync("GET", target, headers);

    /// <inheritdoc cref="AskAsync(string, ValueTuple{string, string}[])"/>
    public Task<FeedAnswer> AskAsync(string method, string target, params (string Name, string Value)[] headers) => FeedAnswer.AskAsync(Address, method, target, headers);

    /// <summary>Sends a body.</summary>
    public Task<FeedAnswer> SendAsync(string target, string body, params (string Name, string Value)[] headers) => FeedAnswer.SendAsync(Address, "POST", target, body, headers);

    private sealed class Migrated : ITemplateSeeder
    {
        public string Key { get; } = "feeds_" + typeof(CreditDbContext).Module.ModuleVersionId.ToString("N")[..12];

        public Task SeedAsync(string connectionString, CancellationToken cancellation) => StoreRegistration.MigrateAsync(connectionString, cancellation);
    }
}
