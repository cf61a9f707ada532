using System.Collections.Concurrent;
using System.Reflection;
using Credit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Credit.Core.Tests.Containment;

/// <summary>The host with modules beside the district's own: one that throws, one that chokes on the log, two that hang, one that eats memory, and a healthy one.</summary>
public sealed class HostileHost : HostFixture
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
        "--Modules:healthy:Greeting", "你好",
    ];

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
            }
            """,
            CompiledModule.Criterion("eats", EatingDomain, """while (true) { yield return new Refusal("endless", "无尽", "Endless.", Clause.R("3.2.1.a")); }""")
            + CompiledModule.Feedback("eats", "var kept = Enumerable.Range(0, 20).Select(_ => new byte[1 << 20]).ToArray(); return kept.Length == 0 ? throw new InvalidOperationException() : [];")),
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
