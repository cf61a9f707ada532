using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Credit.Core.Tests.Accountability;
using Credit.Core.Tests.Listing;
using Credit.Core.Tests.Subjects;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Credit.Core.Tests.Misconduct;

/// <summary>A host that hands every line it would log to the test, unscrubbed and down to the last detail.</summary>
public sealed class ListeningHost : PatientHost
{
    public ConcurrentQueue<string> Lines { get; } = new();

    protected override void Adjust(IServiceCollection services) => services.AddLogging(logging =>
    {
        logging.AddProvider(new Listener(Lines));
        logging.AddFilter<Listener>(null, LogLevel.Trace);
    });

    private sealed class Listener(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}

/// <summary>Who reported never leaves the custodian's boundary (rule 9).</summary>
[Trait("Requirement", "R-3.4.5.a")]
public sealed class InformantTests(ListeningHost host) : IClassFixture<ListeningHost>
{
    private const string Name = "欧阳若水";
    private const string Phone = "13805379917";
    private const string Address = "任城区柳行街道望湖里九号";

    private static readonly object Content = new { handler = "market-supervision", subjectName = "任城某某食品有限公司", subjectCode = "91370811MA3TEXT0X0", conduct = "伪造检验报告", statement = "检验报告系伪造。" };

    private readonly PersonsJourney _journey = new(host);

    [Fact]
    [Trait("Invariant", "I76")]
    [Trait("Invariant", "X5")]
    [Trait("Invariant", "X6")]
    [Trait("Invariant", "X7")]
    [Trait("Invariant", "X34")]
    public async Task Every_output_is_the_same_with_and_without_the_informant_and_no_table_or_log_outside_the_vault_holds_a_word_of_it()
    {
        host.Clock.Advance(TimeSpan.FromMinutes(17));
        var named = await ReportAsync("tax.officer", Content.With(("informant", new { name = Name, phone = Phone, address = Address })));
        host.Clock.Advance(TimeSpan.FromMinutes(23));
        var nameless = await ReportAsync(null, Content);
        await AnswerAsync(named.Id);
        await AnswerAsync(nameless.Id);
        await host.SettleAsync();

        var outputs = await OutputsAsync(named);
        outputs.Count.ShouldBe(7);
        outputs.ShouldBe(await OutputsAsync(nameless));
        outputs.ShouldContain(output => output.Contains("检验报告系伪造"), "the comparison compares something");

        foreach (var word in new[] { Name, Phone, Address, "tax.officer" })
        {
            (await TablesWithAsync(word, where: "report|misconduct")).ShouldBeEmpty(word);
        }

        foreach (var word in new[] { Name, Phone, Address, named.Receipt })
        {
            (await TablesWithAsync(word, where: "")).ShouldBeEmpty(word);
            host.Lines.ShouldNotContain(line => line.Contains(word), word);
        }

        (await TablesWithAsync("检验报告系伪造", where: "")).ShouldContain("core.misconduct_report", "the scan finds what is there");
        host.Lines.ShouldNotContain(line => line.Contains("api/reports ", StringComparison.Ordinal) && line.Contains("in ") && line.Contains("trace"), "the request itself is not logged");
        host.Lines.ShouldContain(line => line.Contains("api/reports/{id:guid}/acceptance", StringComparison.Ordinal) && line.Contains("trace"), "those of the handler are");
        (await host.ScalarAsync<long>("SELECT count(DISTINCT length(sealed)) FROM vault.informant")).ShouldBe(1, "a full row looks like an empty one");
        (await host.ScalarAsync<long>($"SELECT count(*) FROM vault.informant i WHERE position('{Name}'::bytea IN i.sealed) > 0")).ShouldBe(0, "encrypted");
    }

    [Fact]
    [Trait("Invariant", "I77")]
    [Trait("Invariant", "X5")]
    public async Task The_custodian_alone_reads_who_reported_for_a_purpose_and_the_log_holds_every_reading_but_not_what_was_read()
    {
        var named = await ReportAsync(null, Content.With(("informant", new { name = Name, phone = Phone, address = Address })));
        var nameless = await ReportAsync(null, Content);
        var purpose = new { purpose = "依法发放举报奖励", caseNumber = "任信举奖〔2026〕2号" };
        foreach (var other in new[] { "market-supervision.officer", "market-supervision.approver", "development-reform.approver", "auditor", "subject", "city.system" })
        {
            (await ReadAsync(other, named.Id, purpose)).Status.ShouldBe(HttpStatusCode.Forbidden, other);
        }

        (await ReadAsync("report.custodian", named.Id, new { purpose = " ", purpose.caseNumber })).ShouldBeRefused(HttpStatusCode.UnprocessableEntity, "purpose-missing");
        (await ReadAsync("report.custodian", named.Id, new { purpose = "联系1390000 1111", purpose.caseNumber })).ShouldBeRefused(HttpStatusCode.UnprocessableEntity, "purpose-names-person");
        (await ReadAsync("report.custodian", named.Id, new { purpose.purpose, caseNumber = "" })).ShouldBeRefused(HttpStatusCode.UnprocessableEntity, "case-number-missing");
        (await ReadingsAsync(named.Id)).ShouldBeEmpty();

        var shown = await ReadAsync("report.custodian", named.Id, purpose);
        shown.Status.ShouldBe(HttpStatusCode.OK, shown.Body);
        var informant = JsonSerializer.Deserialize<JsonElement>(shown.Body);
        (informant.GetProperty("name").GetString(), informant.GetProperty("phone").GetString(), informant.GetProperty("address").GetString()).ShouldBe((Name, Phone, Address));
        (await ReadAsync("report.custodian", named.Id, purpose)).Status.ShouldBe(HttpStatusCode.OK);
        (await ReadAsync("report.custodian", nameless.Id, purpose)).Status.ShouldBe(HttpStatusCode.OK);

        (await ReadingsAsync(named.Id)).ShouldBe(["report.custodian", "report.custodian"]);
        (await ReadingsAsync(nameless.Id)).ShouldBe(["report.custodian"], "a look at nothing is a look");
        (await TablesWithAsync(Name, where: "")).ShouldBeEmpty();
        (await _journey.GetAsync("report.custodian", $"/api/reports/{named.Id}")).Status.ShouldBe(HttpStatusCode.Forbidden, "who holds the names does not handle the reports");
        host.Lines.ShouldNotContain(line => line.Contains(Name));
    }

    [Fact]
    [Trait("Invariant", "X5")]
    [Trait("Invariant", "I77")]
    public async Task The_roles_of_application_and_feeds_cannot_read_the_vault_and_the_custodian_reads_nothing_else()
    {
        await ReportAsync(null, Content);
        foreach (var role in new[] { "credit_app", "credit_read", "credit_public" })
        {
            (await host.TryAsync("SELECT * FROM vault.informant", role)).State.ShouldBe("42501", role);
        }

        (await host.TryAsync("UPDATE vault.informant SET sealed = ''", "credit_app")).State.ShouldBe("42501");
        (await host.TryAsync("DELETE FROM vault.informant", "credit_app")).State.ShouldBe("42501");
        (await host.TryAsync("SELECT * FROM vault.informant", "credit_custodian")).State.ShouldBeNull();
        (await host.TryAsync("SELECT * FROM core.misconduct_report", "credit_custodian")).State.ShouldBe("42501");
        (await host.TryAsync("INSERT INTO vault.informant VALUES (gen_random_uuid(), '')", "credit_custodian")).State.ShouldBe("42501");
    }

    private async Task<(string Receipt, Guid Id)> ReportAsync(string? user, object body)
    {
        using var client = user is null ? host.Anonymous() : await host.AsAsync(user);
        client.DefaultRequestHeaders.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
        using var answer = await client.PostAsJsonAsync("/api/reports", body);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return ((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("receipt").GetString()!, await _journey.Register.ReadAsync(db => db.RegisterEntries
            .Where(each => each.WireName == "misconduct-report.received.v1").OrderByDescending(each => each.Id).Select(each => each.AggregateId).FirstAsync()));
    }

    private async Task AnswerAsync(Guid id) =>
        (await _journey.Entries.PostAsync("market-supervision.officer", $"/api/reports/{id}/acceptance", 1, new { answer = "举报已受理。" })).Status.ShouldBe(HttpStatusCode.OK);

    // What anybody but the custodian gets to see of a report, with its own ids taken out.
    private async Task<IReadOnlyList<string>> OutputsAsync((string Receipt, Guid Id) report)
    {
        using var handler = await host.AsAsync("market-supervision.officer");
        using var anyone = host.Anonymous();
        using var followed = await anyone.PostAsJsonAsync("/api/reports/follow-up", new { receipt = report.Receipt });
        var inbox = await _journey.Register.ReadAsync(db => db.Inbox.AsNoTracking().SingleAsync(item => item.AggregateId == report.Id));
        var log = await _journey.Register.ReadAsync(db => db.RegisterEntries.AsNoTracking().Where(each => each.AggregateId == report.Id).OrderBy(each => each.Id).ToListAsync());
        using var city = await host.AsAsync("city.system");
        var answers = log[0].Changes.IndexOf("\"Answers\"", StringComparison.Ordinal);
        answers.ShouldBe(-1);
        string[] outputs =
        [
            (await _journey.GetAsync("market-supervision.officer", $"/api/reports/{report.Id}")).Body.ToString(),
            string.Concat(await _journey.Entries.ListAsync(handler, $"/odata/official/MisconductReports?$filter=Id eq {report.Id}")),
            await followed.Content.ReadAsStringAsync(),
            JsonSerializer.Serialize(new { inbox.Department, inbox.Kind, inbox.Text, inbox.CreatedOn, Time = inbox.Id.ToString()[..13] }),
            JsonSerializer.Serialize(new { log[0].RecordedAt, log[0].WireName, log[0].Payload, log[0].Changes, log[0].Actor, log[0].Department, log[0].Clause, Time = report.Id.ToString()[..13] }),
            JsonSerializer.Serialize(new { log[1].WireName, log[1].Payload, log[1].Actor, log[1].Department }),
            await (await city.GetAsync("/api/exchange/city/steps")).Content.ReadAsStringAsync(),
        ];
        log.Count.ShouldBe(2);
        return [.. outputs.Select(output => output.Replace(report.Id.ToString(), "id", StringComparison.Ordinal))];
    }

    private Task<MoveAnswer> ReadAsync(string user, Guid id, object body) => _journey.Entries.PostAsync(user, $"/api/reports/{id}/informant", 1, body);

    private async Task<IEnumerable<string>> ReadingsAsync(Guid id) => await _journey.Register.ReadAsync(db => db.RegisterEntries.AsNoTracking()
        .Where(each => each.AggregateId == id && each.WireName == "misconduct-report.vault-read.v1").Select(each => each.Actor).ToListAsync());

    // Every row of every table and view outside the vault, as text and as bytes.
    private async Task<IReadOnlyList<string>> TablesWithAsync(string word, string where)
    {
        await using var connection = new NpgsqlConnection(host.ConnectionString);
        await connection.OpenAsync();
        List<string> tables = [];
        await using (var all = new NpgsqlCommand(
            """
            SELECT format('%I.%I', schemaname, name) FROM (
              SELECT schemaname, tablename AS name FROM pg_tables UNION ALL SELECT schemaname, viewname FROM pg_views) t
            WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'vault') AND name ~ $1
            """, connection))
        {
            all.Parameters.Add(new NpgsqlParameter<string> { TypedValue = where });
            await using var rows = await all.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                tables.Add(rows.GetString(0));
            }
        }

        tables.Count.ShouldBeGreaterThan(2);
        List<string> found = [];
        foreach (var table in tables)
        {
            await using var scan = new NpgsqlCommand($"SELECT count(*) FROM {table} t WHERE position($1 IN t::text) > 0 OR position($2 IN t::text) > 0", connection);
            scan.Parameters.Add(new NpgsqlParameter<string> { TypedValue = word });
            scan.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Convert.ToHexStringLower(Encoding.UTF8.GetBytes(word)) });
            if (await scan.ExecuteScalarAsync() is > 0L)
            {
                found.Add(table);
            }
        }

        return found;
    }
}
