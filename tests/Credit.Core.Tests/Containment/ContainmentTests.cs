using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Containment;
using Credit.Core.Register;
using Credit.Core.Tests.Enforcement;
using Credit.Core.Tests.Listing;
using Credit.Domain.Enforcement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Containment;

/// <summary>What hostile modules do to themselves, and that they do it to nobody else.</summary>
public sealed partial class ContainmentTests(HostileHost host) : IClassFixture<HostileHost>
{
    private readonly TaskJourney _journey = new(host);

    [Fact]
    [Trait("Invariant", "X32")]
    public async Task A_module_that_throws_in_every_request_answers_by_name_and_only_that_part_rests()
    {
        var counted = new List<string>();
        using var listener = Listen(counted);
        for (var call = 0; call < 6; call++)
        {
            await RefusedAsync("/api/modules/throws/boom", "throws", ModuleUnavailableException.Failed);
        }

        await RefusedAsync("/api/modules/throws/boom", "throws", ModuleUnavailableException.Suspended);
        (await GetAsync("/api/modules/throws/fine")).Status.ShouldBe(HttpStatusCode.OK);

        counted.Count(each => each == "throws module-failed").ShouldBe(6);
        counted.ShouldContain("throws module-suspended");
        var module = await ModuleAsync("throws");
        module.GetProperty("degraded").GetBoolean().ShouldBeTrue();
        module.GetProperty("breaker").GetString().ShouldBe("Open");
        module.GetProperty("suspendedParts").EnumerateArray().ShouldContain(part => part.GetString() == "endpoint /api/modules/throws/boom");
        module.GetProperty("failures").GetInt64().ShouldBeGreaterThanOrEqualTo(6);
        module.GetProperty("lastFailure").GetString().ShouldNotBeNull();
        host.Logged.All.ShouldContain(line => line.Category == "Credit.Modules.throws" && Equals(line.Fields.GetValueOrDefault("Module"), "throws"));
        await TheRestWorksAsync("C1");
    }

    [Fact]
    [Trait("Invariant", "X32")]
    public async Task A_check_that_throws_refuses_its_own_standard_set_and_report_and_changes_nothing()
    {
        var entry = await new EntryJourney(host).TryProposeAsync("tax.officer", Proposals.Black(Proposals.Code("C2"), domain: HostileHost.ThrowingDomain));
        entry.Status.ShouldBe(HttpStatusCode.ServiceUnavailable, entry.Body);
        entry.Body.ShouldContain("module-failed");
        entry.Body.ShouldNotContain("370811199001010014");

        var (status, body, retry) = await GetAsync("/odata/official/ThrowingRows");
        status.ShouldBe(HttpStatusCode.ServiceUnavailable, body);
        retry.ShouldNotBeNull();
        var error = JsonDocument.Parse(body).RootElement.GetProperty("error");
        (error.GetProperty("code").GetString(), error.GetProperty("target").GetString()).ShouldBe(("module-failed", "throws"));

        var task = await AcknowledgedAsync("C3");
        var told = await _journey.TypedAsync("public-resource-trading.officer", task, "throws/feedback/report", new { text = "x" });
        told.Status.ShouldBe(HttpStatusCode.ServiceUnavailable, told.Body);
        (await _journey.ReadAsync(db => db.Tasks.SingleAsync(each => each.Id == task))).State.ShouldBe(TaskState.Acknowledged);
        await TheRestWorksAsync("C4");
    }

    [Fact]
    [Trait("Invariant", "X32")]
    public async Task A_module_that_hangs_is_left_behind_with_its_own_threads_and_the_rest_does_not_wait()
    {
        var start = Stopwatch.GetTimestamp();
        var calls = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => GetAsync("/api/modules/hangs/never")));
        calls.ShouldAllBe(call => call.Status == HttpStatusCode.ServiceUnavailable);
        Stopwatch.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(20));
        calls.ShouldContain(call => call.Body.Contains("module-timeout"));

        // Every place is held by a call that never ends: the next is turned away at once.
        start = Stopwatch.GetTimestamp();
        await Eventually(async () => (await ModuleAsync("hangs")).GetProperty("overdue").GetInt32().ShouldBe(4));
        await RefusedAsync("/api/modules/hangs/never", "hangs", ModuleUnavailableException.Busy);
        var entry = await new EntryJourney(host).TryProposeAsync("tax.officer", Proposals.Black(Proposals.Code("C5"), domain: HostileHost.HangingDomain));
        entry.Status.ShouldBe(HttpStatusCode.ServiceUnavailable, entry.Body);
        Stopwatch.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(10));
        (await ModuleAsync("hangs")).GetProperty("degraded").GetBoolean().ShouldBeTrue();
        await TheRestWorksAsync("C6");
    }

    [Fact]
    [Trait("Invariant", "X32")]
    public async Task What_a_module_gives_and_takes_without_end_ends()
    {
        var entry = await new EntryJourney(host).TryProposeAsync("tax.officer", Proposals.Black(Proposals.Code("C7"), domain: HostileHost.EatingDomain));
        entry.Status.ShouldBe(HttpStatusCode.ServiceUnavailable, entry.Body);
        await RefusedAsync("/api/modules/eats/flood", "eats", ModuleUnavailableException.Failed);
        var task = await AcknowledgedAsync("C8");
        var told = await _journey.TypedAsync("public-resource-trading.officer", task, "eats/feedback/report", new { text = "x" });
        told.Status.ShouldBe(HttpStatusCode.ServiceUnavailable, told.Body);

        var module = await ModuleAsync("eats");
        module.GetProperty("lastFailure").GetString().ShouldBe(nameof(ModuleExcessException));
        module.GetProperty("mostBytes").GetInt64().ShouldBeGreaterThan(20 << 20);
        await TheRestWorksAsync("C9");
    }

    [Theory]
    [InlineData("file")]
    [InlineData("sent")]
    [Trait("Invariant", "X33")]
    public async Task A_module_answers_with_no_file_of_the_host(string how)
    {
        var (status, body, _) = await GetAsync("/api/modules/eats/" + how);
        status.ShouldBe(HttpStatusCode.ServiceUnavailable, body);
        body.ShouldContain(ModuleUnavailableException.Failed);
    }

    [Fact]
    [Trait("Invariant", "X32")]
    [Trait("Invariant", "I87")]
    public async Task A_reaction_that_throws_or_hangs_parks_its_change_while_the_core_and_other_modules_go_on()
    {
        var before = (await SeenAsync()).GetProperty("count").GetInt32();
        var entry = await new EntryJourney(host).InForceAsync("tax", Proposals.Black(Proposals.Code("D1")));
        var reactions = host.Services.GetRequiredService<Reactions>();
        await host.Services.GetRequiredService<Sequencer>().RunOnceAsync(CancellationToken.None);

        var start = Stopwatch.GetTimestamp();
        await reactions.RunCoreAsync(CancellationToken.None);
        await reactions.RunModuleAsync("healthy", CancellationToken.None);
        Stopwatch.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(10));
        (await _journey.TasksAsync(entry.Id)).ShouldNotBeEmpty("the core's own reactions ran");
        (await SeenAsync()).GetProperty("count").GetInt32().ShouldBeGreaterThan(before);

        for (var look = 0; look < Reactions.Tries; look++)
        {
            await Task.WhenAll(reactions.RunModuleAsync("chokes", CancellationToken.None), reactions.RunModuleAsync("stalls", CancellationToken.None));
        }

        var parked = await _journey.ReadAsync(db => db.Parked.AsNoTracking().ToListAsync());
        parked.ShouldContain(each => each.Reaction.Contains("Chokes") && each.Failure == nameof(FormatException));
        await TheRestWorksAsync("D2");
    }

    [Fact]
    [Trait("Invariant", "X32")]
    public async Task Optional_modules_that_are_refused_or_break_at_the_start_are_listed_and_touch_nothing()
    {
        var (_, body, _) = await GetAsync("/api/modules");
        var modules = JsonDocument.Parse(body).RootElement.GetProperty("modules").EnumerateArray().ToDictionary(module => module.GetProperty("file").GetString()!);
        foreach (var (key, (state, words)) in HostileHost.LeftOut)
        {
            var module = modules[CompiledModule.FileOf(key)];
            module.GetProperty("state").GetString().ShouldBe(state, key);
            module.GetProperty("failure").GetString()!.ShouldContain(words);
        }

        (await GetAsync("/api/modules/open/open")).Status.ShouldBe(HttpStatusCode.NotFound);
        host.Services.GetRequiredService<TimeProvider>().ShouldBe(host.Clock);
        await TheRestWorksAsync("D4");
    }

    [Fact]
    public async Task A_healthy_module_has_its_endpoints_settings_services_set_and_report_and_no_token()
    {
        using var hello = JsonDocument.Parse((await GetAsync("/api/modules/healthy/hello")).Body);
        hello.RootElement.GetProperty("text").GetString().ShouldBe("你好");
        hello.RootElement.GetProperty("secret").ValueKind.ShouldBe(JsonValueKind.Null);
        hello.RootElement.GetProperty("who").GetString().ShouldBe("tax");
        hello.RootElement.GetProperty("token").GetString().ShouldBe("");
        hello.RootElement.GetProperty("on").GetDateTimeOffset().ShouldBe(host.Clock.GetUtcNow());
        (await SeenAsync()).GetProperty("started").GetBoolean().ShouldBeTrue();

        using var client = await host.AsAsync("tax.officer");
        using var said = await client.PostAsJsonAsync("/api/modules/healthy/echo/某某", new { text = "在" });
        said.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await said.Content.ReadAsStringAsync()).ShouldContain("某某");
        using var wrong = await client.PostAsJsonAsync("/api/modules/healthy/echo/某某", new { other = 1 });
        wrong.StatusCode.ShouldBe(HttpStatusCode.BadRequest, "what the client sent wrong is no failure of the module");
        using var anonymous = host.Anonymous();
        (await anonymous.GetAsync(new Uri("/api/modules/healthy/hello", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);

        var task = await AcknowledgedAsync("D3");
        var told = await _journey.TypedAsync("public-resource-trading.officer", task, "healthy/feedback/report", new { text = "x" });
        told.Status.ShouldBe(HttpStatusCode.OK, told.Body);
        using var trading = await host.AsAsync("public-resource-trading.officer");
        (await _journey.Entries.ListAsync(trading, "/odata/official/HealthyRows")).ShouldNotBeEmpty();
        var module = await ModuleAsync("healthy");
        (module.GetProperty("degraded").GetBoolean(), module.GetProperty("failures").GetInt64()).ShouldBe((false, 0));
    }

    // Core use cases and a healthy module beside whatever the test did.
    private async Task TheRestWorksAsync(string mark)
    {
        (await GetAsync("/api/modules/healthy/hello")).Status.ShouldBe(HttpStatusCode.OK);
        var entry = await new EntryJourney(host).InForceAsync("tax", Proposals.Black(Proposals.Code(mark)));
        entry.State.ShouldBe("Active");
        (await GetAsync("/odata/official/RefusedBids")).Status.ShouldBe(HttpStatusCode.OK);
        (await GetAsync("/odata/public/ListEntries?$top=1")).Status.ShouldBe(HttpStatusCode.OK);
        (await GetAsync("/health/ready")).Status.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<Guid> AcknowledgedAsync(string mark)
    {
        var entry = await _journey.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code(mark)));
        await host.Services.GetRequiredService<Sequencer>().RunOnceAsync(CancellationToken.None);
        await host.Services.GetRequiredService<Reactions>().RunCoreAsync(CancellationToken.None);
        var task = (await _journey.TasksAsync(entry.Id)).Single(each => each.Department == "public-resource-trading");
        (await _journey.OnTaskAsync("public-resource-trading.officer", task.Id, "acknowledgement")).Status.ShouldBe(HttpStatusCode.OK);
        return task.Id;
    }

    private async Task RefusedAsync(string address, string module, string code)
    {
        var (status, body, retry) = await GetAsync(address);
        status.ShouldBe(HttpStatusCode.ServiceUnavailable, body);
        retry.ShouldNotBeNull();
        var problem = JsonDocument.Parse(body).RootElement;
        (problem.GetProperty("code").GetString(), problem.GetProperty("module").GetString()).ShouldBe((code, module));
    }

    private async Task<(HttpStatusCode Status, string Body, string? RetryAfter)> GetAsync(string address)
    {
        using var client = await host.AsAsync("tax.officer");
        using var answer = await client.GetAsync(new Uri(address, UriKind.Relative));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers.RetryAfter?.ToString());
    }

    private async Task<JsonElement> SeenAsync() => JsonDocument.Parse((await GetAsync("/api/modules/healthy/seen")).Body).RootElement;

    private async Task<JsonElement> ModuleAsync(string key)
    {
        var (status, body, _) = await GetAsync("/api/modules");
        status.ShouldBe(HttpStatusCode.OK, body);
        return JsonDocument.Parse(body).RootElement.GetProperty("modules").EnumerateArray().Single(module => module.GetProperty("key").GetString() == key).GetProperty("behaviour");
    }

    private static async Task Eventually(Func<Task> check)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await check();
                return;
            }
            catch (ShouldAssertException) when (tries < 20)
            {
                await Task.Delay(100);
            }
        }
    }

    private static MeterListener Listen(List<string> counted)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument is { Meter.Name: ModuleMeter.Name, Name: "credit.module.calls" })
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            var named = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value?.ToString(), StringComparer.Ordinal);
            lock (counted)
            {
                counted.Add($"{named["module"]} {named["outcome"]}");
            }
        });
        listener.Start();
        return listener;
    }
}
