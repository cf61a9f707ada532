using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Credit.Core.Intake;
using Credit.Core.Store;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Credit.Core.Tests.Intake;

/// <summary>The batch as a resource: who may send and see it, what it answers to bad input, and that nothing accepted is lost.</summary>
public class BatchTests(HostFixture host) : IClassFixture<HostFixture>
{
    private static readonly Uri Penalties = new("/api/intake/penalties", UriKind.Relative);

    [Fact]
    [Trait("Requirement", "R-3.1.4.b")]
    [Trait("Invariant", "I83")]
    public async Task A_batch_is_accepted_before_it_is_read_and_shown_to_its_department_only()
    {
        using var officer = await host.AsAsync("market-supervision.officer");
        using var sent = await SendAsync(officer, SampleSheet.Csv(SampleSheet.Penalty(100)));

        sent.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await StateAsync(officer, sent.Headers.Location!)).ShouldBe("Received");
        using var other = await host.AsAsync("tax.officer");
        (await other.GetAsync(sent.Headers.Location)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var auditor = await host.AsAsync("auditor");
        (await StateAsync(auditor, sent.Headers.Location!)).ShouldBe("Received");

        await host.IntakeAsync();

        (await StateAsync(officer, sent.Headers.Location!)).ShouldBe("Completed");
    }

    [Fact]
    [Trait("Invariant", "I71")]
    public async Task The_stored_file_is_sealed()
    {
        using var officer = await host.AsAsync("market-supervision.officer");
        var content = SampleSheet.Csv(SampleSheet.Penalty(101, ("CF_FR_ZJLX", "身份证"), ("CF_FR_ZJHM", "370811199001010014")));
        using var sent = await SendAsync(officer, content);
        var id = (await sent.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();

        await using var scope = host.Services.CreateAsyncScope();
        var parts = await scope.ServiceProvider.GetRequiredService<CreditDbContext>().Files.AsNoTracking().Where(part => part.BatchId == id).ToListAsync();

        Encoding.UTF8.GetString(parts[0].Content).ShouldNotContain("370811");
        scope.ServiceProvider.GetRequiredService<PersonVault>().Open(parts[0].Content).ShouldBe(content);
    }

    [Fact]
    [Trait("Invariant", "I71")]
    public async Task A_file_name_is_kept_without_control_characters_and_numbers_of_persons()
    {
        using var officer = await host.AsAsync("market-supervision.officer");
        using var form = new MultipartFormDataContent { { new ByteArrayContent(SampleSheet.Csv(SampleSheet.Penalty(1030))), "file", "处罚370811199001010014.csv" } };
        using var sent = await officer.PostAsync(Penalties, form);

        var name = (await sent.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("fileName").GetString()!;

        name.ShouldNotContain("370811199001010014");
        name.ShouldEndWith(".csv");
    }

    [Fact]
    [Trait("Invariant", "I85")]
    public async Task The_same_key_makes_one_batch()
    {
        using var officer = await host.AsAsync("market-supervision.officer");
        officer.DefaultRequestHeaders.Add("Idempotency-Key", "batch-1");
        var content = SampleSheet.Csv(SampleSheet.Penalty(102));

        using var first = await SendAsync(officer, content, boundary: "one");
        using var second = await SendAsync(officer, content, boundary: "another");
        using var other = await SendAsync(officer, SampleSheet.Csv(SampleSheet.Penalty(1020)), boundary: "one");

        second.Headers.Location.ShouldBe(first.Headers.Location);
        other.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Theory]
    [InlineData("association", HttpStatusCode.Forbidden)]
    [InlineData("auditor", HttpStatusCode.Forbidden)]
    [InlineData("subject", HttpStatusCode.Forbidden)]
    [InlineData("tax.officer", HttpStatusCode.Accepted)]
    public async Task Only_departments_send_in_files(string user, HttpStatusCode status)
    {
        using var client = await host.AsAsync(user);
        using var sent = await SendAsync(client, SampleSheet.Csv(SampleSheet.Penalty(103)));

        sent.StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task Bad_input_gets_its_problem_and_never_500()
    {
        using var officer = await host.AsAsync("market-supervision.officer");
        using var anonymous = host.Anonymous();
        var content = SampleSheet.Csv(SampleSheet.Penalty(104));

        using var unsigned = await SendAsync(anonymous, content);
        using var unknown = await SendAsync(officer, content, kind: "fines");
        using var noFile = await officer.PostAsync(Penalties, new MultipartFormDataContent { { new StringContent("x"), "other" } });
        using var noForm = await officer.PostAsync(Penalties, new StringContent("x", Encoding.UTF8, "text/csv"));
        using var broken = await officer.PostAsync(Penalties, Malformed());
        using var missing = await officer.GetAsync(new Uri($"/api/intake/batches/{Guid.CreateVersion7()}", UriKind.Relative));
        using var badVerdict = await officer.GetAsync(new Uri($"/api/intake/batches/{Guid.CreateVersion7()}/rows?verdict=Perhaps", UriKind.Relative));

        unsigned.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        noFile.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        noForm.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        broken.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        missing.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        badVerdict.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        foreach (var answer in new[] { unsigned, unknown, noFile, noForm, broken, missing, badVerdict })
        {
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
            (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldNotBeNullOrEmpty();
        }
    }

    [Fact]
    [Trait("Invariant", "I88")]
    public async Task A_batch_that_breaks_off_leaves_nothing_and_is_taken_up_again_then_given_up_visibly()
    {
        using var officer = await host.AsAsync("market-supervision.officer");
        using var sent = await SendAsync(officer, SampleSheet.Csv(SampleSheet.Penalty(105)));
        var intake = host.Services.GetRequiredService<TakeInBatches>();
        await OwnerAsync("ALTER TABLE core.penalty ADD CONSTRAINT planted CHECK (document_number NOT LIKE '%105号') NOT VALID");
        try
        {
            for (var attempt = 1; attempt < TakeInBatches.Tries; attempt++)
            {
                await Should.ThrowAsync<PostgresException>(() => intake.RunOnceAsync(CancellationToken.None));
                (await StateAsync(officer, sent.Headers.Location!)).ShouldBe("Reading");
            }

            await intake.RunOnceAsync(CancellationToken.None);
        }
        finally
        {
            await OwnerAsync("ALTER TABLE core.penalty DROP CONSTRAINT planted");
        }

        var batch = await officer.GetFromJsonAsync<JsonElement>(sent.Headers.Location);
        batch.GetProperty("state").GetString().ShouldBe("Refused");
        batch.GetProperty("refusedBecause").GetProperty("code").GetString().ShouldBe("INTAKE_FAILED");
        (await LoggedAsync(batch.GetProperty("id").GetGuid())).ShouldBe(["intake-batch.refused.v1"]);
        using var again = await SendAsync(officer, SampleSheet.Csv(SampleSheet.Penalty(105)));
        await host.IntakeAsync();
        (await officer.GetFromJsonAsync<JsonElement>(again.Headers.Location)).GetProperty("accepted").GetInt32().ShouldBe(1);
    }

    [Fact]
    [Trait("Invariant", "I80")]
    [Trait("Invariant", "I87")]
    public async Task A_completed_batch_is_one_entry_of_the_log_for_the_account_that_sent_it()
    {
        using var officer = await host.AsAsync("market-supervision.officer");
        using var sent = await SendAsync(officer, SampleSheet.Csv(SampleSheet.Penalty(106), SampleSheet.Penalty(107)));
        var id = (await sent.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        await host.IntakeAsync();

        await using var scope = host.Services.CreateAsyncScope();
        var entry = await scope.ServiceProvider.GetRequiredService<CreditDbContext>().RegisterEntries.AsNoTracking().SingleAsync(each => each.AggregateId == id);

        (entry.WireName, entry.Actor, entry.Department).ShouldBe(("intake-batch.completed.v1", "market-supervision.officer", "market-supervision"));
        var announced = JsonDocument.Parse(entry.Payload).RootElement;
        (announced.GetProperty("rows").GetInt32(), announced.GetProperty("stored").GetInt32()).ShouldBe((2, 2));
        announced.GetProperty("recordsHash").GetString()!.Length.ShouldBe(64);
    }

    private static ByteArrayContent Malformed() => new(Encoding.UTF8.GetBytes("--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nabc"))
    {
        Headers = { ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x") },
    };

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, byte[] content, string kind = "penalties", string? boundary = null)
    {
        using var form = boundary is null ? new MultipartFormDataContent() : new MultipartFormDataContent(boundary);
        form.Add(new ByteArrayContent(content), "file", "sample.csv");
        return await client.PostAsync(new Uri($"/api/intake/{kind}", UriKind.Relative), form);
    }

    private static async Task<string?> StateAsync(HttpClient client, Uri batch) => (await client.GetFromJsonAsync<JsonElement>(batch)).GetProperty("state").GetString();

    private async Task<List<string>> LoggedAsync(Guid batch)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<CreditDbContext>().RegisterEntries.AsNoTracking()
            .Where(entry => entry.AggregateId == batch && entry.Actor == "market-supervision.officer").Select(entry => entry.WireName).ToListAsync();
    }

    private async Task OwnerAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(host.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
