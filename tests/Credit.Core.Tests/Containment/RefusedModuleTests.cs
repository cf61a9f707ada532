using System.Diagnostics;
using System.Reflection;
using Credit.Abstractions;
using Credit.Core.Containment;
using Credit.Core.Modules;
using Credit.Core.Reference;
using Credit.Host.Startup;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Credit.Core.Tests.Containment;

/// <summary>Modules that stop the start, each by name and with the reason.</summary>
public sealed class RefusedModuleTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("credit-refused-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    [Trait("Invariant", "X32")]
    public void A_constructor_that_throws_or_never_ends()
    {
        Read(CompiledModule.Of("ctor", """public Module() => throw new InvalidOperationException("no licence");"""))
            .ShouldContain("Planted.ctor.Module: its constructor threw InvalidOperationException: no licence");
        Read(CompiledModule.Of("stuck", "public Module() => Thread.Sleep(Timeout.Infinite);"))
            .ShouldContain("Credit.Modules.Planted.stuck: reading its constructors and declarations was not done within 1 s.");
    }

    [Fact]
    public void Another_contract_an_unknown_department_and_a_key_that_is_taken()
    {
        Read(CompiledModule.Of("old", manifest: """new("old", "moon", "外来", 2)""")).ShouldSatisfyAllConditions(
            reasons => reasons.ShouldContain("built for contract 2; this host speaks 1"),
            reasons => reasons.ShouldContain("department 'moon' is not a department of the district"));
        Read(CompiledModule.Of("twin", assembly: "twinOne"), CompiledModule.Of("twin", assembly: "twinTwo")).ShouldContain("Module key 'twin' is taken more than once");
    }

    [Fact]
    [Trait("Invariant", "X33")]
    [Trait("Invariant", "I94")]
    public void Code_that_names_the_core_a_database_library_or_a_way_around_the_contract()
    {
        Read(CompiledModule.Of("reaches", "public object Row => new Credit.OData.Sets.OfficialDepartmentRow();"))
            .ShouldContain("references Credit.OData");
        Read(CompiledModule.Of("sql", "public object Open() => new Npgsql.NpgsqlConnection();")).ShouldContain("references Npgsql");
        Read(CompiledModule.Of("calls", """public object? Call(object any) => any.GetType().InvokeMember("Database", System.Reflection.BindingFlags.GetProperty, null, any, null);"""))
            .ShouldContain("uses System.Type.InvokeMember");
        Read(CompiledModule.Of("late", """public object? Look() => Type.GetType("Credit.Core.Store.CreditDbContext, Credit.Core");""")).ShouldContain("uses System.Type.GetType");
        Read(CompiledModule.Of("env", """public string? Secret() => Environment.GetEnvironmentVariable("ConnectionStrings__Credit");""")).ShouldContain("uses System.Environment.GetEnvironmentVariable");
        Read(CompiledModule.Of("peeks", "public object? Peek() => new HttpContextAccessor().HttpContext;")).ShouldContain("HttpContextAccessor");
        Read(CompiledModule.Of("exits", "public void End() => Environment.Exit(1);")).ShouldContain("uses System.Environment.Exit");
        Read(CompiledModule.Of("native", """[System.Runtime.InteropServices.DllImport("c")] public static extern int getpid();""")).ShouldContain("calls native code");
        Read(CompiledModule.Of("modest", others: CompiledModule.Criterion("modest", "测试领域", "return [];"))).ShouldBe("");
    }

    [Theory]
    [Trait("Invariant", "X32")]
    [InlineData("delay", "using var late = new CancellationTokenSource(50); late.Token.Register(() => throw new FormatException());", "System.Threading.CancellationTokenSource..ctor")]
    [InlineData("after", "var late = new CancellationTokenSource(); late.Token.Register(() => throw new FormatException()); late.CancelAfter(50);", "System.Threading.CancellationTokenSource.CancelAfter")]
    [InlineData("told", "Task.Delay(1).GetAwaiter().OnCompleted(() => throw new FormatException());", "System.Runtime.CompilerServices.TaskAwaiter.OnCompleted")]
    [InlineData("flows", "_ = new AsyncLocal<int>(_ => throw new FormatException());", "System.Threading.AsyncLocal`1..ctor")]
    [InlineData("progress", "((IProgress<int>)new Progress<int>(_ => throw new FormatException())).Report(1);", "System.Progress`1")]
    [InlineData("asserts", "System.Diagnostics.Trace.Fail(\"x\");", "System.Diagnostics.Trace.Fail")]
    [InlineData("listens", "System.Diagnostics.Trace.Listeners[0].Fail(\"x\");", "System.Diagnostics.TraceListener")]
    [InlineData("signal", "System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, signal => signal.Cancel = true);", "System.Runtime.InteropServices.PosixSignalRegistration")]
    public void Code_that_ends_the_process_or_keeps_it_from_ending(string key, string body, string door) => Refuses(key, body, door);

    [Theory]
    [Trait("Invariant", "X32")]
    [InlineData("pool", "for (var each = 0; each < 1000; each++) { Task.Run(() => Thread.Sleep(Timeout.Infinite)); }", "System.Threading.Tasks.Task.Run")]
    [InlineData("factory", "Task.Factory.StartNew(() => Thread.Sleep(Timeout.Infinite));", "System.Threading.Tasks.TaskFactory")]
    [InlineData("scheduler", "new Task(() => Thread.Sleep(Timeout.Infinite)).Start(TaskScheduler.Default);", "System.Threading.Tasks.TaskScheduler.get_Default")]
    [InlineData("parallel", "Parallel.For(0, 1000, _ => Thread.Sleep(Timeout.Infinite));", "System.Threading.Tasks.Parallel")]
    [InlineData("plinq", "_ = new[] { 1 }.AsParallel().Sum();", "System.Linq.ParallelEnumerable")]
    [InlineData("leaves", "async Task Leave() { await Task.Delay(1).ConfigureAwait(false); Thread.Sleep(Timeout.Infinite); } _ = Leave();", "System.Threading.Tasks.Task.ConfigureAwait")]
    public void Code_that_blocks_threads_of_the_host(string key, string body, string door) => Refuses(key, body, door);

    [Theory]
    [Trait("Invariant", "X33")]
    [InlineData("reader", "_ = new System.IO.StreamReader(\"appsettings.json\");", "System.IO.StreamReader..ctor")]
    [InlineData("writer", "_ = new System.IO.StreamWriter(\"appsettings.json\");", "System.IO.StreamWriter..ctor")]
    [InlineData("xml", "_ = System.Xml.XmlReader.Create(\"web.config\");", "System.Xml.XmlReader.Create")]
    [InlineData("linq", "_ = System.Xml.Linq.XDocument.Load(\"web.config\");", "System.Xml.Linq.XDocument.Load")]
    [InlineData("entity", "_ = new System.Xml.XmlReaderSettings { XmlResolver = new System.Xml.XmlUrlResolver() };", "System.Xml.XmlUrlResolver")]
    [InlineData("zip", "System.IO.Compression.ZipFile.CreateFromDirectory(\".\", \"all.zip\");", "System.IO.Compression.ZipFile")]
    [InlineData("key", "_ = System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPemFile(\"server.pem\");", "X509Certificates.X509Certificate2.CreateFromPemFile")]
    [InlineData("store", "_ = new System.Security.Cryptography.X509Certificates.X509Store();", "X509Certificates.X509Store")]
    [InlineData("mail", "_ = new System.Net.Mail.Attachment(\"appsettings.json\");", "references System.Net.Mail")]
    [InlineData("port", "new System.Net.HttpListener().Start();", "references System.Net.HttpListener")]
    public void Code_that_opens_files_or_a_port(string key, string body, string door) => Refuses(key, body, door);

    [Fact]
    public void What_a_module_may_do_with_streams_tokens_and_tasks_is_not_refused() => Read(CompiledModule.Of("plain", """
        public async Task<string> Do(System.IO.Stream body, CancellationToken cancel)
        {
            using var reader = new System.IO.StreamReader(body);
            using var own = new CancellationTokenSource();
            using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancel, own.Token);
            using var xml = System.Xml.XmlReader.Create(body);
            var local = new AsyncLocal<int>();
            System.Diagnostics.Debug.WriteLine(local.Value);
            await Task.WhenAll(Task.Delay(1, linked.Token), Task.Yield() is var _ ? Task.CompletedTask : Task.CompletedTask);
            return System.Xml.Linq.XDocument.Load(xml).ToString() + await reader.ReadToEndAsync(cancel);
        }
        """)).ShouldBe("");

    [Theory]
    [InlineData("thrower", """throw new InvalidOperationException("no disk");""", "AddServices threw InvalidOperationException: no disk")]
    [InlineData("clock", "services.Replace(ServiceDescriptor.Singleton(TimeProvider.System));", "registers over TimeProvider")]
    [InlineData("keyed", """services.AddKeyedSingleton<TimeProvider>("x", TimeProvider.System);""", "registers over TimeProvider")]
    [InlineData("settings", "services.AddSingleton(configuration);", "registers over IConfiguration")]
    [InlineData("guard", "services.AddSingleton<Microsoft.AspNetCore.Authorization.IAuthorizationHandler>(_ => null!);", "registers over IAuthorizationHandler")]
    [InlineData("reports", "services.AddScoped<IFeedbackReports>(_ => null!);", "registers over IFeedbackReports")]
    [InlineData("filter", "services.AddSingleton<Microsoft.AspNetCore.Hosting.IStartupFilter>(_ => null!);", "registers over IStartupFilter")]
    [Trait("Invariant", "X32")]
    public void Services_that_throw_or_take_over(string key, string body, string reason) =>
        Should.Throw<ModulesRefusedException>(() => Build(CompiledModule.Of(key, $"public void AddServices(IServiceCollection services, IConfiguration configuration) {{ {body} }}")))
            .Message.ShouldContain($"Credit.Modules.Planted.{key}" + (reason.StartsWith("AddServices", StringComparison.Ordinal) ? ": " : " ") + reason);

    [Fact]
    [Trait("Invariant", "X31")]
    public void Endpoints_that_are_open_elsewhere_or_in_the_way_with_every_reason()
    {
        var refused = Should.Throw<ModulesRefusedException>(() => Build(CompiledModule.Of(
            "routes",
            """
            public void MapEndpoints(IEndpointRouteBuilder department)
            {
                department.MapGet("/open", () => "x").AllowAnonymous();
                department.MapGet("/open-beside", () => "x").RequireAuthorization("official").AllowAnonymous();
                department.MapGet("/sly", () => "x").RequireAuthorization(policy => policy.RequireAssertion(_ => true));
                department.MapGet("/unknown", () => "x").RequireAuthorization("everybody");
                department.MapPost("/feedback/{x}/{y}", () => "x").RequireAuthorization("official");
                department.MapGet("/named", () => "x").RequireAuthorization("official").WithName("ListModules");
                department.MapGet("/sound", () => "x").RequireAuthorization("official");
                department.DataSources.Add(new Elsewhere());
            }
            """,
            """
            internal sealed class Elsewhere : EndpointDataSource
            {
                public override IReadOnlyList<Endpoint> Endpoints => [];
                public override Microsoft.Extensions.Primitives.IChangeToken GetChangeToken() => new Microsoft.Extensions.Primitives.CancellationChangeToken(default);
                public override IReadOnlyList<Endpoint> GetGroupedEndpoints(RouteGroupContext context) =>
                    [new RouteEndpoint(_ => Task.CompletedTask, Microsoft.AspNetCore.Routing.Patterns.RoutePatternFactory.Parse("/api/entries"), 0, new EndpointMetadataCollection(), "taken over")];
            }
            """)));

        refused.Reasons.ShouldAllBe(reason => reason.Contains("Credit.Modules.Planted.routes: "));
        foreach (var (address, reason) in new[]
        {
            ("/open ", "is open to anyone"), ("/open-beside", "is open to anyone"), ("/unknown", "everybody"), ("/sly", "brings a rule of its own"),
            ("/feedback/{x}/{y}", "where the core takes in reports"), ("/named", "has the name ListModules, which is taken"), ("taken over", "is not below /api/modules/routes/"),
        })
        {
            refused.Reasons.ShouldContain(each => each.Contains(address) && each.Contains(reason), address);
        }

        refused.Message.ShouldNotContain("/sound");
    }

    [Theory]
    [InlineData("angry", """throw new InvalidOperationException("no routes");""", "MapEndpoints threw InvalidOperationException: no routes")]
    [InlineData("endless", "Thread.Sleep(Timeout.Infinite);", "MapEndpoints was not done within 1 s.")]
    [Trait("Invariant", "X32")]
    public void Mapping_that_throws_or_never_ends(string key, string body, string reason) =>
        Should.Throw<ModulesRefusedException>(() => Build(CompiledModule.Of(key, $"public void MapEndpoints(IEndpointRouteBuilder department) {{ {body} }}")))
            .Message.ShouldContain($"Credit.Modules.Planted.{key}: {reason}");

    [Theory]
    [InlineData("shape", "=> row", "{ Thread.Sleep(Timeout.Infinite); row", "10);", "10); }")]
    [InlineData("summary", "=> \"Rows of a test.\";", "{ get { Thread.Sleep(Timeout.Infinite); return \"\"; } }", "", "")]
    [Trait("Invariant", "X32")]
    public void Declarations_of_a_set_that_never_end(string key, string piece, string by, string end, string endBy)
    {
        var set = CompiledModule.Set("Slow" + key, "return Array.Empty<Slow" + key + "Row>().AsQueryable();").Replace(piece, by, StringComparison.Ordinal);
        set = end.Length == 0 ? set : set.Replace(end, endBy, StringComparison.Ordinal);
        Should.Throw<ModulesRefusedException>(() => Build(CompiledModule.Of("slow" + key, others: set)))
            .Message.ShouldContain($"Credit.Modules.Planted.slow{key}: the shape of Slow{key} was not done within 1 s.");
    }

    [Theory]
    [InlineData("late", "await Task.Yield(); throw new InvalidOperationException(\"no bus\");", "starting Starts threw InvalidOperationException: no bus")]
    [InlineData("blocks", "await Task.CompletedTask; Thread.Sleep(Timeout.Infinite);", "starting Starts was not done within 1 s.")]
    [Trait("Invariant", "X32")]
    public async Task A_hosted_service_that_throws_or_blocks_the_start(string key, string body, string reason)
    {
        await using var app = Build(CompiledModule.Of(
            key,
            "public void AddServices(IServiceCollection services, IConfiguration configuration) => services.AddHostedService<Starts>();",
            $$"""
            internal sealed class Starts : IHostedService
            {
                public async Task StartAsync(CancellationToken cancel) { {{body}} }
                public Task StopAsync(CancellationToken cancel) => Task.CompletedTask;
            }
            """,
            assembly: "hosted" + key));
        var hosted = app.Services.GetServices<IHostedService>().OfType<HostedModuleServices>().Single();
        var start = Stopwatch.GetTimestamp();
        (await Should.ThrowAsync<ModulesRefusedException>(() => hosted.StartAsync(CancellationToken.None)))
            .Message.ShouldContain($"Credit.Modules.Planted.hosted{key}: {reason}");
        Stopwatch.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void A_limit_out_of_range() =>
        Should.Throw<InvalidOperationException>(() => CreditHost.Build(["--DataDirectory", _folder, "--Modules:Containment:Concurrency", "0"])).Message.ShouldContain("Modules:Containment");

    private static void Refuses(string key, string body, string door) =>
        Read(CompiledModule.Of("door" + key, $"public void Open() {{ {body} }}")).ShouldContain(door);

    private static string Read(params Assembly[] assemblies)
    {
        try
        {
            ModuleCatalog.From(assemblies, DepartmentDirectory.Load(), CanonicalMeasures.Load(), limit: TimeSpan.FromSeconds(1));
            return "";
        }
        catch (ModulesRefusedException refused)
        {
            return refused.Message;
        }
    }

    private WebApplication Build(Assembly module) => CreditHost.Build(
        ["--DataDirectory", _folder, "--Clockwork:Enabled", "false", "--Modules:Containment:StartSeconds", "1", "--Logging:LogLevel:Default", "Critical"], alsoModules: [module]);
}
