using System.Collections.Concurrent;
using System.Reflection;
using Credit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Credit.Core.Tests.Containment;

/// <summary>
/// The host with hostile modules beside the district's own. At work: those that throw, choke on the log, hang, stall, eat memory, dodge their
/// breaker, cling to their token and answer what cannot be sent, and a healthy one. Dropped in as optional ones and left out: those that throw in
/// their constructor or at the start, are open to anyone, take over a service, take a key that is taken, or were built for another contract.
/// </summary>
public class HostileHost : HostFixture, IDisposable
{
    public const string ThrowingDomain = "故障领域";
    public const string HangingDomain = "停滞领域";
    public const string EatingDomain = "耗尽领域";

    /// <summary>Errors the host logged, with their fields.</summary>
    internal Lines Logged { get; } = new();

    /// <summary>Types of all services of the host.</summary>
    internal IReadOnlyList<Type> Registered { get; private set; } = [];

    protected override IReadOnlyList<string> Settings =>
    [
        "--Modules:Containment:CallSeconds", "3", "--Modules:Containment:RequestSeconds", "1.5", "--Modules:Containment:ReactionSeconds", "1.5",
        "--Modules:Containment:Concurrency", "4", "--Modules:Containment:BreakerCalls", "6", "--Modules:Containment:SuspendedSeconds", "3600",
        "--Modules:Containment:CallBytes", "16777216", "--Modules:Containment:AnswerBytes", "100000",
        "--Modules:healthy:Greeting", "你好", .. _drop.Settings,
    ];

    /// <summary>Keys of the modules that are left out, with what the list of modules says of each.</summary>
    internal static IReadOnlyDictionary<string, (string State, string Words)> LeftOut { get; } = new Dictionary<string, (string, string)>
    {
        ["unborn"] = ("Failed", "broke with System.InvalidOperationException in Planted.unborn.Module..ctor."),
        ["stillborn"] = ("Failed", "broke with System.InvalidOperationException in Planted.stillborn.Starts.StartAsync."),
        ["open"] = ("Refused", "is open to anyone"),
        ["usurps"] = ("Refused", "registers over TimeProvider"),
        ["twin"] = ("Refused", "Module key 'tax' is taken more than once"),
        ["foreign"] = ("Refused", "built for contract 2; this host speaks 1"),
    };

    private readonly DropFolder _drop = new DropFolder()
        .Add(CompiledModule.FileOf("unborn"), CompiledModule.ImageOf("unborn", """public Module() => throw new InvalidOperationException("no licence");"""), optional: true)
        .Add(
            CompiledModule.FileOf("stillborn"),
            CompiledModule.ImageOf(
                "stillborn",
                "public void AddServices(IServiceCollection services, IConfiguration configuration) => services.AddHostedService<Starts>();",
                """
                internal sealed class Starts : IHostedService
                {
                    public Task StartAsync(CancellationToken cancel) => throw new InvalidOperationException("no bus");
                    public Task StopAsync(CancellationToken cancel) => Task.CompletedTask;
                }
                """),
            optional: true)
        .Add(CompiledModule.FileOf("open"), CompiledModule.ImageOf("open", """public void MapEndpoints(IEndpointRouteBuilder department) => department.MapGet("/open", () => "x").AllowAnonymous();"""), optional: true)
        .Add(
            CompiledModule.FileOf("usurps"),
            CompiledModule.ImageOf("usurps", "public void AddServices(IServiceCollection services, IConfiguration configuration) => services.Replace(ServiceDescriptor.Singleton(TimeProvider.System));"),
            optional: true)
        .Add(CompiledModule.FileOf("twin"), CompiledModule.ImageOf("tax", assembly: "twin"), optional: true)
        .Add(CompiledModule.FileOf("foreign"), CompiledModule.ImageOf("foreign", manifest: """new("foreign", "finance", "外来", 2)"""), optional: true);

    public void Dispose()
    {
        _drop.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override IReadOnlyList<Assembly> AlsoModules =>
    [
        CompiledModule.Of(
            "throws",
            """
            public void MapEndpoints(IEndpointRouteBuilder department)
            {
                department.MapGet("/boom", string () => throw new InvalidOperationException("boom")).RequireAuthorization("official");
                department.MapGet("/fine", () => "fine").RequireAuthorization("official");
            }
            """,
            CompiledModule.Criterion("throws", ThrowingDomain, """throw new FormatException("370811199001010014");""")
            + CompiledModule.Set("ThrowingRows", """throw new InvalidOperationException();""")
            + CompiledModule.Feedback("throws", """throw new InvalidOperationException();""")),
        CompiledModule.Of(
            "chokes",
            others: """
            internal sealed class Chokes : IHandle<SubjectRegistered>
            {
                public Task HandleAsync(SubjectRegistered announced, CancellationToken cancel) => throw new FormatException("370811199001010014");
            }
            """),
        CompiledModule.Of(
            "hangs",
            """
            public void MapEndpoints(IEndpointRouteBuilder department)
            {
                department.MapGet("/never", string () => { Thread.Sleep(Timeout.Infinite); return ""; }).RequireAuthorization("official");
            }
            """,
            CompiledModule.Criterion("hangs", HangingDomain, "Thread.Sleep(Timeout.Infinite); return [];")),
        CompiledModule.Of(
            "stalls",
            others: """
            internal sealed class Stalls : IHandle<SubjectRegistered>
            {
                public Task HandleAsync(SubjectRegistered announced, CancellationToken cancel) => new TaskCompletionSource().Task;
            }
            """),
        CompiledModule.Of(
            "eats",
            """
            public void MapEndpoints(IEndpointRouteBuilder department)
            {
                department.MapGet("/flood", async (HttpContext context) => { while (true) { await context.Response.WriteAsync(new string('x', 5000)); } })
                    .RequireAuthorization("official");
                department.MapGet("/file", () => Results.File("/etc/hostname")).RequireAuthorization("official");
                department.MapGet("/sent", (HttpContext context) => context.Response.SendFileAsync("/etc/hostname", context.RequestAborted)).RequireAuthorization("official");
            }
            """,
            CompiledModule.Criterion("eats", EatingDomain, """while (true) { yield return new Refusal("endless", "无尽", "Endless.", Clause.R("3.2.1.a")); }""")
            + CompiledModule.Feedback("eats", "var kept = Enumerable.Range(0, 20).Select(_ => new byte[1 << 20]).ToArray(); return kept.Length == 0 ? throw new InvalidOperationException() : [];")),
        CompiledModule.Of(
            "dodges",
            """
            public void MapEndpoints(IEndpointRouteBuilder department)
            {
                department.MapGet("/sync", string () => throw new BadHttpRequestException("It was you.")).RequireAuthorization("official");
                department.MapGet("/async", async Task<string> () => { await Task.Yield(); throw new BadHttpRequestException("It was you."); }).RequireAuthorization("official");
                department.MapGet("/failed", () => Task.FromException<string>(new BadHttpRequestException("It was you."))).RequireAuthorization("official");
                department.MapGet("/inner", string () => throw new InvalidOperationException("", new BadHttpRequestException("It was you."))).RequireAuthorization("official");
                department.MapGet("/bound", (Bound bound) => "x").RequireAuthorization("official");
                department.MapGet("/inlined", Inlined).RequireAuthorization("official");
                department.MapGet("/needs", (int number) => "x").RequireAuthorization("official");
            }
            [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
            private static string Inlined(TimeProvider clock) => clock is null ? "x" : throw new BadHttpRequestException("It was you.");
            """,
            """
            public sealed class Bound
            {
                public static ValueTask<Bound?> BindAsync(HttpContext context) => ValueTask.FromException<Bound?>(new BadHttpRequestException("It was you."));
            }
            """),
        CompiledModule.Of(
            "clings",
            """
            public void MapEndpoints(IEndpointRouteBuilder department)
            {
                department.MapGet("/blocks", async (CancellationToken cancel) =>
                {
                    cancel.Register(() => Thread.Sleep(Timeout.Infinite));
                    await new TaskCompletionSource().Task;
                }).RequireAuthorization("official");
                department.MapGet("/bursts", async (CancellationToken cancel) =>
                {
                    cancel.Register(() => throw new InvalidOperationException("burst"));
                    await new TaskCompletionSource().Task;
                }).RequireAuthorization("official");
            }
            """),
        CompiledModule.Of(
            "says",
            """
            public void MapEndpoints(IEndpointRouteBuilder department)
            {
                department.MapGet("/status", (HttpContext context) => { context.Response.StatusCode = 1000; }).RequireAuthorization("official");
                department.MapGet("/empty", async (HttpContext context) => { context.Response.StatusCode = 204; await context.Response.WriteAsync("full"); }).RequireAuthorization("official");
                department.MapGet("/header", (HttpContext context) => { context.Response.Headers.ETag = "\"a\r\nSet-Cookie: x=y\""; }).RequireAuthorization("official");
                department.MapGet("/more", (HttpContext context) =>
                {
                    context.Response.Headers["Access-Control-Allow-Origin"] = "*";
                    context.Response.Headers["Set-Cookie"] = "x=y";
                    context.Response.Headers["Cache-Control"] = "public, max-age=86400";
                    context.Response.Headers["X-Content-Type-Options"] = "none";
                    context.Response.Headers.ETag = "\"a\"";
                    return "x";
                }).RequireAuthorization("official").WithMetadata(new Attached());
                department.MapPost("/body", ([Microsoft.AspNetCore.Mvc.FromBody] Told told, [Microsoft.AspNetCore.Mvc.FromQuery] int times) => new { told.Text, times }).RequireAuthorization("official");
                department.MapGet("/{text:length(3)}/{number:int}", (string text, int number) => $"{text} {number}").RequireAuthorization("official");
            }
            """,
            """
            public sealed class Told { public required string Text { get; init; } }
            public sealed class Attached : IEndpointNameMetadata { private int _asked; public string EndpointName => _asked++ == 0 ? "SaysMore" : throw new InvalidOperationException("attached"); }
            """),
        CompiledModule.Of(
            "healthy",
            """
            public void AddServices(IServiceCollection services, IConfiguration configuration)
            {
                services.AddSingleton<Seen>();
                services.AddHostedService<Starts>();
                services.AddSingleton(new Greeting(configuration["Greeting"] ?? "", configuration["ConnectionStrings:Credit"]));
            }
            public void MapEndpoints(IEndpointRouteBuilder department)
            {
                department.MapGet("/hello", (Greeting greeting, TimeProvider clock, HttpContext context) => new
                {
                    greeting.Text, greeting.Secret, on = clock.GetUtcNow(), who = context.User.FindFirst("department")?.Value, token = context.Request.Headers.Authorization.ToString(),
                }).RequireAuthorization("official");
                department.MapPost("/echo/{name}", (string name, Said said) => Results.Json(new { name, said.Text }, statusCode: 201)).RequireAuthorization("department");
                department.MapGet("/seen", (Seen seen) => new { seen.Count, seen.Started }).RequireAuthorization("official");
            }
            """,
            """
            public sealed class Said { public required string Text { get; init; } }
            public sealed record Greeting(string Text, string? Secret);
            public sealed class Seen { public int Count; public bool Started { get; set; } }
            internal sealed class Starts(Seen seen) : BackgroundService
            {
                protected override Task ExecuteAsync(CancellationToken stop) { seen.Started = true; return Task.CompletedTask; }
            }
            internal sealed class Counts(Seen seen) : IHandle<SubjectRegistered>
            {
                public Task HandleAsync(SubjectRegistered announced, CancellationToken cancel) { Interlocked.Increment(ref seen.Count); return Task.CompletedTask; }
            }
            """
            + CompiledModule.Set("HealthyRows", "return Reports.Of<healthyReport>().Select(report => new HealthyRowsRow { Id = report.Id });")
            + CompiledModule.Feedback("healthy", "return [];")),
    ];

    protected override void Adjust(IServiceCollection services)
    {
        services.AddSingleton<ILoggerProvider>(Logged);
        services.Configure<LoggerFilterOptions>(filter => filter.Rules.Add(new LoggerFilterRule(typeof(Lines).FullName, "Credit.Modules", LogLevel.Error, null)));
        Registered = [.. services.Select(service => service.ServiceType).Distinct()];
    }

    internal sealed class Lines : ILoggerProvider, ISupportExternalScope
    {
        private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

        public ConcurrentQueue<(string Category, IReadOnlyDictionary<string, object?> Fields)> All { get; } = new();

        public ILogger CreateLogger(string categoryName) => new Line(this, categoryName);

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

        public void Dispose()
        {
        }

        private sealed class Line(Lines lines, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => lines._scopes.Push(state);

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                if (state is IReadOnlyList<KeyValuePair<string, object?>> fields)
                {
                    lines.All.Enqueue((category, fields.ToDictionary(field => field.Key, field => field.Value, StringComparer.Ordinal)));
                }
            }
        }
    }
}
