using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Http;
using Credit.Core.Modules;
using Credit.Core.Reference;
using Credit.Domain.Policy;
using Credit.Host.Startup;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace Credit.Core.Tests.Http;

/// <summary>The host's way from socket to endpoint, over Kestrel on loopback, with endpoints that try it. No database.</summary>
#pragma warning disable CA1001 // xunit ends it through IAsyncLifetime
public sealed class EdgeHost : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("credit-edge-").FullName;
    private readonly StringWriter _log = new();
    private TextWriter? _lines;

    internal FakeTimeProvider Clock { get; } = new(DateTimeOffset.Parse("2026-03-02T01:00:00Z", null));

    internal ReadinessGate Gate { get; } = new("migrations");

    internal WebApplication App { get; private set; } = null!;

    internal HttpClient Client { get; private set; } = null!;

    internal Uri Address => Client.BaseAddress!;

    internal string Folder => _folder;

    internal int Effects;

    internal string Log
    {
        get
        {
            lock (_lines!)
            {
                return _log.ToString();
            }
        }
    }

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = _folder, EnvironmentName = "Production" });
        builder.Configuration["Issuer:DemoAccounts"] = "true";
        builder.Configuration["Limits:SignInsPerMinute"] = "1000";
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _lines = TextWriter.Synchronized(_log);
        builder.AddHttp(_folder, _lines);
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddSingleton<IIdempotencyStore, RememberedAnswers>();
        builder.Services.AddSingleton<IReadiness>(Gate);
        builder.Services.AddSingleton(ModuleCatalog.From([], DepartmentDirectory.Load(), CanonicalMeasures.Load()));
        App = builder.Build();
        App.MapHealth();
        App.MapLimits();
        App.MapReferencePages();
        MapProbes(App.MapApi());
        App.UseFrontDoor();
        await App.StartAsync();
        Client = new HttpClient { BaseAddress = new Uri(App.Urls.Single()) };
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await App.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    internal async Task<string> TokenAsync(string user)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "password", ["username"] = user, ["password"] = "credit-demo" });
        using var answer = await Client.PostAsync(new Uri("/connect/token", UriKind.Relative), form);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }

    internal async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null, string? user = "tax.officer", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(Address + path.TrimStart('/'))) { Content = content };
        if (user is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(user));
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Client.SendAsync(request);
    }

    private void MapProbes(RouteGroupBuilder api)
    {
        var probes = api.MapGroup("/probes").RequireAuthorization(Access.Authenticated);
        probes.MapPost("/order", (Order order) =>
        {
            Interlocked.Increment(ref Effects);
            return TypedResults.Ok(new { order.Name, made = Guid.CreateVersion7() });
        }).WithName("PlaceOrder").WithSummary("Place an order");
        probes.MapPost("/slow", async (Order order) =>
        {
            await Task.Delay(300);
            Interlocked.Increment(ref Effects);
            return TypedResults.Ok(order);
        }).WithName("SlowOrder").RequireIdempotency();
        probes.MapPost("/file", (IFormFile file) => TypedResults.Ok(file.Length)).WithName("SendFile");
        probes.MapGet("/search", (string? q, int? top) => TypedResults.Ok(new { q, top })).WithName("Search");
        probes.MapPut("/order/{id:guid}", (Guid id, IfMatch version, HttpResponse response) =>
        {
            if (version.Against(3) is { } refusal)
            {
                return (IResult)refusal.ToProblem();
            }

            response.SetVersion(4);
            return TypedResults.NoContent();
        }).WithName("ChangeOrder").Produces(StatusCodes.Status204NoContent);
        probes.MapGet("/throw/{what}", (string what) => Throw(what)).WithName("Throw");
        probes.MapGet("/refuse", () => new[]
        {
            new Refusal("invalid-member", "名称不能为空。", "The name is empty.", Clause.R("3.1.1.c"), "subject.name"),
            new Refusal("bad-value", "日期太早。", "The date is too early.", Clause.R("3.1.1.c"), "date"),
        }.ToProblem()).WithName("Refuse");
        probes.MapGet("/log", (ILoggerFactory logs, string text) =>
        {
            logs.CreateLogger("probe").LogWarning("Seen {Text}", text);
            return TypedResults.NoContent();
        }).WithName("LogText");
        foreach (var policy in EndpointAccess.Policies)
        {
            api.MapGet("/policies/" + policy, (Caller caller) => TypedResults.Ok(new { caller.User, caller.Department, caller.SubjectId, caller.Names }))
                .RequireAuthorization(policy).WithName("Policy" + policy);
        }
    }

    private static IResult Throw(string what) => throw (what switch
    {
        "calendar" => new CalendarNotPublishedException(2031),
        "concurrency" => new DbUpdateConcurrencyException("x"),
        "canceled" => new InvalidOperationException("x", new NpgsqlException("x", new TimeoutException())),
        { Length: 5 } => new DbUpdateException("x", new PostgresException("secret 370811199001011234", "ERROR", "ERROR", what)),
        _ => new InvalidOperationException("Broken by 370811199001011234 of '张三'"),
    });

    internal sealed record Order(string Name, int Count, DateOnly On, Colour Colour, string? Note, IReadOnlyList<Line>? Lines = null);

    internal sealed record Line(string Code, decimal Yuan);

    internal enum Colour
    {
        DeepRed,
        Blue,
    }

    /// <summary>Keys and answers in memory: the contract of the store without its table.</summary>
    private sealed class RememberedAnswers : IIdempotencyStore
    {
        private readonly ConcurrentDictionary<(string, string), (string Hash, KeptAnswer? Answer)> _kept = new();

        public ValueTask<(IdempotentClaim Claim, KeptAnswer? Answer)> ClaimAsync(IdempotentRequest request, CancellationToken cancel)
        {
            if (_kept.TryAdd((request.Caller, request.Key), (request.RequestHash, null)))
            {
                return ValueTask.FromResult<(IdempotentClaim, KeptAnswer?)>((IdempotentClaim.Mine, null));
            }

            var (hash, answer) = _kept[(request.Caller, request.Key)];
            return ValueTask.FromResult(hash != request.RequestHash ? (IdempotentClaim.OtherRequest, null)
                : answer is null ? (IdempotentClaim.InProgress, (KeptAnswer?)null) : (IdempotentClaim.Answered, answer));
        }

        public ValueTask AnswerAsync(IdempotentRequest request, KeptAnswer answer, CancellationToken cancel)
        {
            _kept[(request.Caller, request.Key)] = (request.RequestHash, answer);
            return ValueTask.CompletedTask;
        }

        public ValueTask ReleaseAsync(IdempotentRequest request, CancellationToken cancel)
        {
            _kept.TryRemove((request.Caller, request.Key), out _);
            return ValueTask.CompletedTask;
        }
    }
}

[CollectionDefinition(nameof(EdgeHost))]
public sealed class EdgeCollection : ICollectionFixture<EdgeHost>;
