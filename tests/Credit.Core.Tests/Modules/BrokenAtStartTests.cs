using Credit.Core.Modules;
using Credit.Host.Startup;
using Credit.OData;
using Credit.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Credit.Core.Tests.Modules;

/// <summary>Dropped-in modules that break after they were admitted: when their services are made, mapped or started.</summary>
public sealed class BrokenAtStartTests : IDisposable
{
    private const string Secret = "hunter2";

    private readonly DropFolder _drop = new();
    private readonly string _data = Directory.CreateTempSubdirectory("credit-broken-").FullName;

    public void Dispose()
    {
        _drop.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    [Theory]
    [InlineData("services.AddSingleton<Needs>();", "", "Unable to resolve service for type 'System.Version' while attempting to activate 'Credit.Modules.Sample.Needs'", "Failed")]
    [InlineData("services.AddHostedService<Throws>();", "", "broke with System.InvalidOperationException in Credit.Modules.Sample.Throws.StartAsync.", "Failed")]
    [InlineData("services.AddHostedService<Hangs>();", "", "Credit.Modules.Sample: starting Hangs was not done within 1 s.", "Failed")]
    [InlineData("services.AddHostedService<Unmade>();", "", "broke with System.InvalidOperationException in Credit.Modules.Sample.Unmade..ctor.", "Failed")]
    [InlineData("", "throw new System.InvalidOperationException(\"hunter2\");", "broke with System.InvalidOperationException in Credit.Modules.Sample.SampleModule.MapEndpoints.", "Failed")]
    [InlineData("", "System.Threading.Thread.Sleep(-1);", "Credit.Modules.Sample: MapEndpoints was not done within 1 s.", "Failed")]
    [InlineData("", "department.MapGet(\"/open\", () => \"x\").AllowAnonymous();", "is open to anyone", "Refused")]
    [InlineData("", "department.MapGet(\"/own/{x:regex((a+)+$)}\", () => \"x\");", "is a regular expression or that the host does not know", "Refused")]
    [InlineData("", "department.MapGet(\"/own/{x:no-such-rule}\", () => \"x\");", "is a regular expression or that the host does not know", "Refused")]
    [Trait("Invariant", "X32")]
    public async Task One_the_host_needs_stops_the_start_and_an_optional_one_is_listed_and_nothing_of_it_is_there(string services, string endpoints, string words, string state)
    {
        var broken = Build(services, endpoints);
        _drop.Add(SampleModule.File, broken);
        var refused = await Should.ThrowAsync<ModulesRefusedException>(() => StartAsync(_drop));
        refused.Message.ShouldContain(words);
        refused.Message.ShouldContain("Credit.Modules.Sample");
        refused.Message.ShouldNotContain(Secret);

        using var optional = new DropFolder();
        optional.Add(SampleModule.File, broken, optional: true).Add("Credit.Modules.Sound.dll", Sound(), optional: true);
        await using var app = await StartAsync(optional);
        var catalog = app.Services.GetRequiredService<ModuleCatalog>();
        var standing = catalog.Standings.Single(each => each.File == SampleModule.File);
        standing.State.ToString().ShouldBe(state);
        standing.Failure!.ShouldContain(words);
        standing.Failure!.ShouldNotContain(Secret);
        standing.Module.ShouldBeNull();
        catalog.Modules.Select(module => module.Manifest.Key).ShouldBe(
            [.. ModuleCatalog.Discover().Modules.Select(module => module.Manifest.Key).Append("sound").Order(StringComparer.Ordinal)]);
        catalog.Memoranda.ShouldNotContain(memorandum => memorandum.Code == "SAMPLE");
        app.Services.GetRequiredService<SetCatalog>().Sets.ShouldNotContain(set => set.Name == "SamplesTaken");
        var routes = ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Select(route => route.RoutePattern.RawText!.TrimStart('/')).ToArray();
        routes.ShouldNotContain(route => route.StartsWith("api/modules/sample"));
        routes.ShouldContain("api/modules/sound/hello");
        app.Services.GetServices<IHostedService>().ShouldNotBeEmpty();
    }

    private Task<WebApplication> StartAsync(DropFolder drop) => CreditHost.BuildStartedAsync(
        ["--DataDirectory", _data, "--Clockwork:Enabled", "false", "--Modules:Containment:StartSeconds", "1", "--Logging:LogLevel:Default", "Critical", .. drop.Settings]);

    private static byte[] Build(string services, string endpoints) => ModuleBuild.Compile(
        SampleModule.Assembly,
        "using Microsoft.AspNetCore.Builder; using Microsoft.AspNetCore.Routing; using Microsoft.Extensions.Hosting; using System.Threading; using System.Threading.Tasks;\n" + SampleModule.Source
            .Replace("IConfiguration configuration)\n    {", $"IConfiguration configuration)\n    {{\n        {services}", StringComparison.Ordinal)
            .Replace("    public void AddServices", $"    public void MapEndpoints(IEndpointRouteBuilder department) {{ {endpoints} }}\n    public void AddServices", StringComparison.Ordinal)
        + """

        internal sealed class Needs(Version version) { public Version Version => version; }
        internal sealed class Throws : IHostedService
        {
            public Task StartAsync(CancellationToken cancel) => throw new InvalidOperationException("hunter2");
            public Task StopAsync(CancellationToken cancel) => Task.CompletedTask;
        }
        internal sealed class Hangs : IHostedService
        {
            public Task StartAsync(CancellationToken cancel) => new TaskCompletionSource().Task;
            public Task StopAsync(CancellationToken cancel) => Task.CompletedTask;
        }
        internal sealed class Unmade : IHostedService
        {
            public Unmade() => throw new InvalidOperationException("hunter2");
            public Task StartAsync(CancellationToken cancel) => Task.CompletedTask;
            public Task StopAsync(CancellationToken cancel) => Task.CompletedTask;
        }
        """,
        new Dictionary<string, string> { ["SAMPLE"] = SampleModule.Memorandum });

    // Beside it one that is as it should be, whose endpoint asks for a service of its own.
    private static byte[] Sound() => ModuleBuild.Compile("Credit.Modules.Sound", """
        using Credit.Abstractions;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Routing;
        using Microsoft.Extensions.Configuration;
        using Microsoft.Extensions.DependencyInjection;
        namespace Credit.Modules.Sound;
        public sealed class SoundModule : ICreditModule
        {
            public ModuleManifest Manifest { get; } = new("sound", "finance", "样本", ModuleContract.Version);
            public void AddServices(IServiceCollection services, IConfiguration configuration) => services.AddSingleton(new Greeting("hello"));
            public void MapEndpoints(IEndpointRouteBuilder department) => department.MapGet("/hello", (Greeting greeting) => greeting.Text);
        }
        public sealed record Greeting(string Text);
        """);
}
