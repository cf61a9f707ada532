using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Credit.Core.Tests.Enforcement;
using Credit.Core.Tests.Listing;
using Credit.Domain.Enforcement;
using Credit.Host.Startup;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Modules;

/// <summary>A host with a reviewed module dropped in, and an optional one that is broken.</summary>
public sealed class HostWithDroppedModules : HostFixture, IDisposable
{
    /// <summary>What must not be read in any list or log.</summary>
    public const string Secret = "Password=hunter2";

    private readonly DropFolder _drop = new DropFolder()
        .Add(SampleModule.File, SampleModule.Build())
        .Add("Credit.Modules.Sample.xml", Encoding.UTF8.GetBytes(SampleModule.Comments))
        .Add(
            "Credit.Modules.Broken.dll",
            ModuleBuild.Compile(
                "Credit.Modules.Broken",
                SampleModule.Source
                    .Replace("\"sample", "\"broken", StringComparison.Ordinal)
                    .Replace("\"SamplesTaken\"", "\"BrokenSamples\"", StringComparison.Ordinal)
                    .Replace("Credit.Modules.Sample", "Credit.Modules.Broken", StringComparison.Ordinal)
                    .Replace("IConfiguration configuration)\n    {", $"IConfiguration configuration)\n    {{\n        throw new InvalidOperationException(\"{Secret}\");", StringComparison.Ordinal),
                new Dictionary<string, string> { ["BROKEN"] = SampleModule.Memorandum.Replace("SAMPLE", "BROKEN", StringComparison.Ordinal) }),
            optional: true)
        .Add(
            "Credit.Modules.Late.dll",
            ModuleBuild.Compile("Credit.Modules.Late", $$"""
                using System;
                using System.Threading;
                using System.Threading.Tasks;
                using Credit.Abstractions;
                using Microsoft.Extensions.Configuration;
                using Microsoft.Extensions.DependencyInjection;
                using Microsoft.Extensions.Hosting;
                namespace Credit.Modules.Late;
                public sealed class LateModule : ICreditModule
                {
                    public ModuleManifest Manifest { get; } = new("late", "finance", "样本", ModuleContract.Version);
                    public void AddServices(IServiceCollection services, IConfiguration configuration) => services.AddHostedService<Fetches>();
                }
                internal sealed class Fetches : IHostedService
                {
                    public async Task StartAsync(CancellationToken cancel) { await Task.Yield(); throw new TimeoutException("{{Secret}}"); }
                    public Task StopAsync(CancellationToken cancel) => Task.CompletedTask;
                }
                """),
            optional: true);

    protected override IReadOnlyList<string> Settings => _drop.Settings;

    public void Dispose() => _drop.Dispose();
}

/// <summary>A dropped-in module works like one the host was built with, and a broken optional one touches nothing.</summary>
public sealed class DroppedModuleTests(HostWithDroppedModules host) : IClassFixture<HostWithDroppedModules>
{
    private readonly TaskJourney _journey = new(host);

    [Fact]
    public async Task A_dropped_in_module_lists_gives_out_tasks_takes_its_report_and_shows_it_in_its_set()
    {
        var entry = await _journey.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("D1"), domain: SampleModule.Domain).With(("standard", "样本认定标准")));
        await host.SettleAsync();
        var task = (await _journey.TasksAsync(entry.Id)).ShouldHaveSingleItem();
        (task.MeasureKey, task.Department).ShouldBe(("SAMPLE/1", "finance"));
        (await _journey.OnTaskAsync("finance.officer", task.Id, "acknowledgement")).Status.ShouldBe(HttpStatusCode.OK);
        var tomorrow = await _journey.TypedAsync("finance.officer", task.Id, "sample/feedback/taken", new { label = "D1-7", takenOn = "2026-11-25" });
        tomorrow.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, tomorrow.Body);

        var told = await _journey.TypedAsync("finance.officer", task.Id, "sample/feedback/taken", new { label = "D1-7", takenOn = "2026-11-24" });

        told.Status.ShouldBe(HttpStatusCode.OK, told.Body);
        (await _journey.ReadAsync(db => db.Tasks.SingleAsync(each => each.Id == task.Id))).State.ShouldBe(TaskState.FedBack);
        using var finance = await host.AsAsync("finance.officer");
        (await _journey.Entries.ListAsync(finance, "/odata/official/SamplesTaken?$filter=Label eq 'D1-7'")).ShouldHaveSingleItem().GetProperty("TakenOn").GetString().ShouldBe("2026-11-24");
        (await _journey.Entries.ListAsync(finance, "/odata/official/SamplesTaken?$filter=TakenOn gt 2026-11-24")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Metadata_documents_and_catalogue_show_it_like_a_built_in_one_and_nothing_of_the_broken_one()
    {
        using var finance = await host.AsAsync("finance.officer");
        var metadata = await finance.GetStringAsync("/odata/official/$metadata");
        metadata.ShouldContain("EntitySet Name=\"SamplesTaken\"");
        metadata.ShouldNotContain("BrokenSamples");

        var document = await Documents.JsonOfAsync(host.Services, "modules-sample");
        document.ShouldContain("/api/modules/sample/feedback/taken/{taskId}");
        document.ShouldContain("Number of the sample, on its label.");
        using var broken = await finance.GetAsync("/openapi/modules-broken.json");
        broken.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var route = await finance.PostAsJsonAsync($"/api/modules/broken/feedback/taken/{Guid.CreateVersion7()}", new { label = "x" });
        route.StatusCode.ShouldBe(HttpStatusCode.NotFound);

        using var anybody = host.Anonymous();
        (await _journey.Entries.ListAsync(anybody, "/odata/public/Memoranda?$filter=Code eq 'SAMPLE'")).ShouldHaveSingleItem();
        (await _journey.Entries.ListAsync(anybody, "/odata/public/Memoranda?$filter=Code eq 'BROKEN'")).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_list_of_modules_says_what_became_of_each_and_tells_no_secret()
    {
        using var officer = await host.AsAsync("tax.officer");

        var text = await officer.GetStringAsync("/api/modules");

        text.ShouldNotContain(HostWithDroppedModules.Secret);
        var modules = JsonSerializer.Deserialize<JsonElement>(text).GetProperty("modules").EnumerateArray().ToDictionary(module => module.GetProperty("file").GetString()!);
        var tax = modules["Credit.Modules.Tax.dll"];
        (tax.GetProperty("origin").GetString(), tax.GetProperty("state").GetString(), tax.GetProperty("department").GetString()).ShouldBe(("BuiltIn", "Loaded", "tax"));
        var sample = modules[SampleModule.File];
        (sample.GetProperty("key").GetString(), sample.GetProperty("origin").GetString(), sample.GetProperty("state").GetString()).ShouldBe(("sample", "Folder", "Loaded"));
        sample.GetProperty("version").GetString().ShouldBe("1.2.3.0");
        sample.GetProperty("contractVersion").GetInt32().ShouldBe(1);
        new[] { "criteria", "memoranda", "measures", "feedbackKinds", "sets" }.ShouldAllBe(count => sample.GetProperty(count).GetInt32() == 1);
        var broken = modules["Credit.Modules.Broken.dll"];
        broken.GetProperty("state").GetString().ShouldBe("Failed");
        broken.GetProperty("failure").GetString().ShouldBe("broke with System.InvalidOperationException in Credit.Modules.Broken.SampleModule.AddServices.");
        broken.GetProperty("sets").GetInt32().ShouldBe(0);
        var late = modules["Credit.Modules.Late.dll"];
        (late.GetProperty("state").GetString(), late.GetProperty("failure").GetString(), late.GetProperty("key").GetString()).ShouldBe(
            ("Failed", "broke with System.TimeoutException in Credit.Modules.Late.Fetches+<StartAsync>d__0.MoveNext.", null));
        modules.Keys.ShouldNotContain("Credit.Modules.Sample.xml");
    }

    [Fact]
    public async Task The_list_of_modules_is_for_departments()
    {
        using var anybody = host.Anonymous();
        using var answer = await anybody.GetAsync("/api/modules");
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }
}
