using System.Net;
using Credit.Core.Exchange;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Credit.Core.Tests.Exchange;

/// <summary>The two ways to the city.</summary>
[Trait("Requirement", "R-2.2")]
public sealed class TransportTests
{
    private static readonly CityMessage Message = new(1204, """{"step":"list-entry.published.v1"}""");

    [Fact]
    public async Task A_file_is_whole_under_its_key_and_a_receipt_is_read_once_kept()
    {
        var folder = Directory.CreateTempSubdirectory("credit-city-");
        try
        {
            var (outbox, receipts) = (Path.Combine(folder.FullName, "out"), Path.Combine(folder.FullName, "in"));
            var transport = new FileTransport(outbox, receipts);
            (await transport.ReadReceiptsAsync(default)).ShouldBeEmpty("no folder, no receipts");

            (await transport.SendAsync(Message, default)).Handover.ShouldBe(Handover.Sent);
            (await transport.SendAsync(Message, default)).Handover.ShouldBe(Handover.Sent, "the same file, once more");

            Directory.GetFiles(outbox).Select(Path.GetFileName).ShouldBe(["rencheng-000000001204.json"]);
            (await File.ReadAllTextAsync(Path.Combine(outbox, "rencheng-000000001204.json"))).ShouldBe(Message.Body);
            Directory.CreateDirectory(receipts);
            await File.WriteAllTextAsync(Path.Combine(receipts, "a.json"), """{"position":1204,"accepted":true,"number":"J-1"}""");
            await File.WriteAllTextAsync(Path.Combine(receipts, "b.json"), """{"position":12""");
            var receipt = (await transport.ReadReceiptsAsync(default)).ShouldHaveSingleItem("half a file is left for the next look");
            (receipt.Position, receipt.Accepted, receipt.Number).ShouldBe((1204L, true, "J-1"));
            await transport.KeptAsync(receipt, default);
            await transport.KeptAsync(receipt, default);
            (await transport.ReadReceiptsAsync(default)).ShouldBeEmpty();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_post_carries_its_key_and_each_answer_has_its_fate()
    {
        var status = 200;
        List<string> keys = [];
        await using var city = await StartAsync(context =>
        {
            keys.Add($"{context.Request.Headers["Idempotency-Key"]} {context.Request.Headers.Authorization}");
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "http://127.0.0.1:1/elsewhere";
            return status == 200 ? context.Response.WriteAsync("""{"number":"J-7"}""") : Task.CompletedTask;
        });
        var address = new Uri(city.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/messages");
        using var transport = new HttpTransport(address, [address.Authority], "secret-token", TimeSpan.FromSeconds(5));

        (await transport.SendAsync(Message, default)).ShouldBe(new Delivery(Handover.Received, "J-7"));
        keys.ShouldBe(["rencheng-000000001204 Bearer secret-token"]);
        foreach (var (answer, fate) in new[] { (302, Handover.Refused), (422, Handover.Refused), (500, Handover.Refused), (429, Handover.Away), (503, Handover.Away) })
        {
            status = answer;
            (await transport.SendAsync(Message, default)).ShouldBe(new Delivery(fate, $"http-{answer}"));
        }

        keys.Count.ShouldBe(6, "a redirect is not followed");
        await city.StopAsync();
        (await transport.SendAsync(Message, default)).ShouldBe(new Delivery(Handover.Away, "unreachable"));
    }

    [Theory]
    [InlineData("https://city.example/messages", "other.example")]
    [InlineData("http://city.example/messages", "city.example")]
    [InlineData("https://city.example:8443/messages", "city.example")]
    public void An_address_off_the_allow_list_or_without_tls_stops_the_start(string address, string allowed) =>
        Should.Throw<InvalidOperationException>(() => new HttpTransport(new Uri(address), [allowed], null, TimeSpan.FromSeconds(1)));

    [Fact]
    public void A_pause_doubles_up_to_the_longest()
    {
        var rhythm = new DispatchRhythm(5, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromHours(24), TimeSpan.FromHours(1));

        new[] { 1, 2, 3, 7, 50 }.Select(rhythm.PauseAfter).Select(pause => pause.TotalSeconds).ShouldBe([5, 10, 20, 300, 300]);
    }

    private static async Task<WebApplication> StartAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var city = builder.Build();
        city.Urls.Add("http://127.0.0.1:0");
        city.MapPost("/messages", answer);
        await city.StartAsync();
        return city;
    }
}
