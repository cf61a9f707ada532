using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Credit.Core.Checks;
using Credit.Core.Checks.Index;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Core.Tests.Enforcement;
using Credit.Core.Tests.Listing;
using Credit.Core.Tests.Register;
using Credit.Domain.Checks;
using Credit.Domain.Policy;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Checks;

/// <summary>Two hosts over one register: the index of one follows what the other changed.</summary>
public sealed partial class CheckIndexTests
{
    [Fact]
    public async Task The_host_is_not_ready_and_the_register_answers_while_the_index_loads()
    {
        var code = Proposals.Code("R4");
        _ = await _register.Entries.InForceAsync("tax", Proposals.Black(code));
        await host.SettleAsync();
        await using var second = await SecondHost.StartAsync(host, loads: false);

        (await second.ReadyAsync()).ShouldBe((HttpStatusCode.ServiceUnavailable, "check-index"));
        var (body, source) = await second.CheckedAsync(code);
        (source, Listed(body)).ShouldBe((CheckSource.Sql, true));

        await second.Index.StepAsync(CancellationToken.None);
        (await second.ReadyAsync()).Status.ShouldBe(HttpStatusCode.OK);
        (body, source) = await second.CheckedAsync(code);
        (source, Listed(body)).ShouldBe((CheckSource.Index, true));
    }

    [Fact]
    [Trait("Invariant", "I39")]
    public async Task Another_hosts_change_is_never_missed_and_found_by_looking()
    {
        var code = Proposals.Code("R5");
        await host.FollowAsync();
        await using var second = await SecondHost.StartAsync(host, loads: true);
        Listed((await second.CheckedAsync(code)).Body).ShouldBeFalse();

        // Committed by the first host; nobody wakes the second.
        _ = await _register.Entries.InForceAsync("tax", Proposals.Black(code));

        var (body, source) = await second.CheckedAsync(code);
        (source, Listed(body)).ShouldBe((CheckSource.Sql, true));
        await host.FollowAsync();
        await second.Index.StepAsync(CancellationToken.None);
        (body, source) = await second.CheckedAsync(code);
        (source, Listed(body)).ShouldBe((CheckSource.Index, true));
        (await CheckedAsync(code)).Source.ShouldBe(CheckSource.Index);
    }

    // Another host over the same database.
    private sealed class SecondHost(Microsoft.AspNetCore.Builder.WebApplication app, HttpClient client, string folder) : IAsyncDisposable
    {
        public CheckIndex Index => app.Services.GetRequiredService<CheckIndex>();

        public static async Task<SecondHost> StartAsync(HostFixture host, bool loads)
        {
            var folder = Directory.CreateTempSubdirectory("credit-second-").FullName;
            var app = Credit.Host.Startup.CreditHost.Build(
                [
                    "--urls", "http://127.0.0.1:0", "--ConnectionStrings:Credit", host.ConnectionString, "--DataDirectory", folder, "--Issuer:DemoAccounts", "true",
                    "--Clockwork:Enabled", "false", "--Demo:Load", "false", "--environment", "Production", "--Logging:LogLevel:Default", "Critical",
                ],
                builder =>
                {
                    builder.Services.AddSingleton<TimeProvider>(host.Clock);
                    foreach (var worker in builder.Services.Where(each => each.ServiceType == typeof(Microsoft.Extensions.Hosting.IHostedService) && each.ImplementationFactory is not null).ToArray())
                    {
                        // The only one made by hand is the index's; a test says when it loads.
                        builder.Services.Remove(worker);
                    }
                });
            await Credit.Host.Startup.Storage.StartStorageAsync(app);
            await app.StartAsync();
            if (loads)
            {
                await app.Services.GetRequiredService<CheckIndex>().StepAsync(CancellationToken.None);
            }

            var address = app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>()
                .Features.Get<Microsoft.AspNetCore.Hosting.Server.Features.IServerAddressesFeature>()!.Addresses.First();
            return new(app, new HttpClient { BaseAddress = new Uri(address) }, folder);
        }

        public async Task<(HttpStatusCode Status, string? WaitingFor)> ReadyAsync()
        {
            using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
            var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
            return (answer.StatusCode, answer.IsSuccessStatusCode ? null : string.Join(',', body.GetProperty("waitingFor").EnumerateArray()));
        }

        public Task<(string Body, CheckSource Source)> CheckedAsync(string code) =>
            CheckIndexTests.CheckedAsync(SignInAsync, app.Services.GetRequiredService<CheckMeters>(), code);

        public async ValueTask DisposeAsync()
        {
            client.Dispose();
            await app.StopAsync();
            await app.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }

        private async Task<HttpClient> SignInAsync(string user)
        {
            using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "password", ["username"] = user, ["password"] = "credit-demo" });
            using var answer = await client.PostAsync(new Uri("/connect/token", UriKind.Relative), form);
            var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString();
            var signedIn = new HttpClient { BaseAddress = client.BaseAddress };
            signedIn.DefaultRequestHeaders.Authorization = new("Bearer", token);
            return signedIn;
        }
    }
}
