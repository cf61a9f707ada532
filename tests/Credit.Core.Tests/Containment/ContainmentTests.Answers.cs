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

/// <summary>Whose fault it is when an endpoint of a module does not answer, and what an answer may say.</summary>
public sealed partial class ContainmentTests
{
    [Theory]
    [InlineData("sync")]
    [InlineData("async")]
    [InlineData("failed")]
    [InlineData("inner")]
    [InlineData("bound")]
    [InlineData("inlined")]
    [Trait("Invariant", "X32")]
    public async Task A_module_that_blames_the_client_is_suspended_all_the_same(string how)
    {
        for (var call = 0; call < 6; call++)
        {
            await RefusedAsync("/api/modules/dodges/" + how, "dodges", ModuleUnavailableException.Failed);
        }

        await RefusedAsync("/api/modules/dodges/" + how, "dodges", ModuleUnavailableException.Suspended);
    }

    [Fact]
    public async Task What_the_host_could_not_bind_is_the_clients_fault_and_suspends_nobody()
    {
        for (var call = 0; call < 8; call++)
        {
            var (status, body, _) = await GetAsync("/api/modules/dodges/needs?number=many");
            status.ShouldBe(HttpStatusCode.BadRequest, body);
            JsonDocument.Parse(body).RootElement.GetProperty("type").GetString()!.ShouldStartWith("/problems/");
        }

        (await GetAsync("/api/modules/dodges/needs?number=1")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("blocks")]
    [InlineData("bursts")]
    [Trait("Invariant", "X32")]
    public async Task What_a_module_hangs_on_its_token_holds_up_nobody(string how)
    {
        var start = Stopwatch.GetTimestamp();
        await RefusedAsync("/api/modules/clings/" + how, "clings", ModuleUnavailableException.TimedOut);
        Stopwatch.GetElapsedTime(start).ShouldBeLessThan(TimeSpan.FromSeconds(10));
        await Task.Delay(200);
        (await GetAsync("/api/modules/healthy/hello")).Status.ShouldBe(HttpStatusCode.OK, "the process is alive");
    }

    [Fact]
    public async Task An_answer_that_cannot_be_sent_is_the_modules_failure_and_what_is_not_its_to_say_is_left_out()
    {
        foreach (var answer in new[] { "status", "empty", "header" })
        {
            await RefusedAsync("/api/modules/says/" + answer, "says", ModuleUnavailableException.Failed);
        }

        using var client = await host.AsAsync("tax.officer");
        using var more = await client.GetAsync(new Uri("/api/modules/says/more", UriKind.Relative));
        more.StatusCode.ShouldBe(HttpStatusCode.OK);
        more.Headers.ETag!.Tag.ShouldBe("\"a\"");
        more.Headers.CacheControl!.NoStore.ShouldBeTrue();
        more.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        new[] { "Set-Cookie", "Access-Control-Allow-Origin" }.ShouldAllBe(header => !more.Headers.Contains(header));
    }

    [Fact]
    public async Task A_module_binds_a_body_by_its_mark_and_its_patterns_are_the_routers()
    {
        using var client = await host.AsAsync("tax.officer");
        using var said = await client.PostAsJsonAsync("/api/modules/says/body?times=3", new { text = "在" });
        said.StatusCode.ShouldBe(HttpStatusCode.OK, await said.Content.ReadAsStringAsync());
        (await said.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("times").GetInt32().ShouldBe(3);
        using var empty = await client.PostAsync("/api/modules/says/body?times=3", null);
        empty.StatusCode.ShouldBe(HttpStatusCode.BadRequest, "the body is asked for");
        using var broken = await client.PostAsync("/api/modules/says/body?times=3", new StringContent("""{"text": "a\u0000b"}""", System.Text.Encoding.UTF8, "application/json"));
        broken.StatusCode.ShouldBe(HttpStatusCode.BadRequest, await broken.Content.ReadAsStringAsync());

        var (status, body, _) = await GetAsync("/api/modules/says/abc/7");
        (status, body).ShouldBe((HttpStatusCode.OK, "abc 7"));
        (await GetAsync("/api/modules/says/abcd/7")).Status.ShouldBe(HttpStatusCode.NotFound, "the constraints of the pattern are the host's and hold");
        (await GetAsync("/api/modules/says/abc/seven")).Status.ShouldBe(HttpStatusCode.NotFound);
    }
}
