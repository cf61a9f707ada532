using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Credit.Core.Checks;
using Credit.Core.Checks.Batches;
using Credit.Core.Tests.Enforcement;
using Credit.Core.Tests.Listing;
using Credit.Domain.Subjects;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Checks;

/// <summary>Many subjects for one matter, one query number, a verdict per row.</summary>
public sealed class BatchCheckTests(HostFixture host) : IClassFixture<HostFixture>
{
    private const string Person = "370811199001010014";

    private static readonly object Matter = new { kind = "Other", reference = "任财专〔2026〕18号", procedure = "技改补贴审核" };

    private readonly TaskJourney _register = new(host);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Requirement", "R-3.1.6.a")]
    public async Task Rows_are_answered_in_the_order_asked_bad_ones_are_told_and_spoil_nothing_and_no_identifier_is_kept(bool fromIndex)
    {
        var mark = fromIndex ? "Y0" : "Y1";
        var listed = Proposals.Code(mark);
        var (entry, tasks) = await _register.DispatchedAsync(mark);
        await host.FollowAsync();
        if (!fromIndex)
        {
            await using var bench = new Register.RegisterBench(host);
            await bench.SaveAsync(db => db.Add(Register.RegisterBench.NewSubject("使内存落后的")));
        }

        object[] subjects =
        [
            new { kind = "LegalPerson", code = Proposals.Code("Y9") },
            new { kind = "LegalPerson", code = listed },
            new { kind = "LegalPerson", code = "91370811MA3TEXT0X1" },
            new { kind = "NaturalPerson", certificateType = "身份证", certificateNumber = Person },
            new { kind = "NaturalPerson", certificateType = "身份证", certificateNumber = Person[..^1] + "0" },
            new { kind = "Nonsense", code = listed },
            new { kind = "LegalPerson", code = listed.ToLowerInvariant() },
            new { kind = "LegalPerson", code = listed, more = 1 },
        ];
        var before = host.Meters().FromIndex;
        using var client = await host.AsAsync("finance.officer");
        using var answer = await client.PostAsJsonAsync("/api/checks/batch", new { subjects, matter = Matter, purpose = "Administration" });
        var body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        (host.Meters().FromIndex > before).ShouldBe(fromIndex);

        var told = JsonSerializer.Deserialize<JsonElement>(body);
        var rows = told.GetProperty("rows").EnumerateArray().ToArray();
        rows.Select(row => row.GetProperty("index").GetInt32()).ShouldBe(Enumerable.Range(0, 8));
        rows.Select(row => row.TryGetProperty("errors", out var errors) ? errors[0].GetProperty("code").GetString() : row.GetProperty("restricted").GetBoolean() ? "restricted" : "free")
            .ShouldBe(["free", "restricted", "subject-code-invalid", "free", "certificate-number-invalid", "wrong-type", "restricted", "unknown-member"]);
        rows[5].GetProperty("errors")[0].GetProperty("field").GetString().ShouldBe("kind");
        var hit = rows[1].GetProperty("hits").EnumerateArray().ShouldHaveSingleItem();
        hit.GetProperty("entryId").GetGuid().ShouldBe(entry.Id);
        hit.GetProperty("measures").EnumerateArray().Select(measure => measure.GetProperty("taskId").GetGuid())
            .ShouldBe(tasks.Where(task => task.Department == "finance").Select(task => task.Id), ignoreOrder: true);
        Sums(told).ShouldBe((8, 4, 2, 2, 2, true));
        foreach (var identifier in new[] { Person, Person[..^1] + "0", listed, "91370811MA3TEXT0X1" })
        {
            body.ShouldNotContain(identifier);
        }

        // Every row is what the check of its subject alone says.
        var alone = (await host.CheckAsync("finance.officer", [new { kind = "LegalPerson", code = listed }])).GetProperty("subjects")[0];
        alone.GetProperty("hits")[0].GetProperty("measures").EnumerateArray().Select(measure => measure.GetProperty("measureKey").GetString())
            .ShouldBe(hit.GetProperty("measures").EnumerateArray().Select(measure => measure.GetProperty("measureKey").GetString()));
        rows[1].GetProperty("standing").GetProperty("class").GetString().ShouldBe(alone.GetProperty("standing").GetProperty("class").GetString());

        var number = told.GetProperty("number").GetString()!;
        var (receipt, batch) = await KeptAsync(number);
        JsonSerializer.Serialize(receipt).ShouldNotContain(listed);
        (receipt.Rows, receipt.Hits, receipt.Restricted, receipt.IsIntact, receipt.SubjectIds.Length, receipt.Lookups.Length).ShouldBe((8, 2, true, true, 1, 2));
        batch.Rows.ShouldBe(8);
        for (var row = 0; row < 8; row++)
        {
            SHA256.HashData(Encoding.UTF8.GetBytes(rows[row].GetRawText())).ShouldBe(batch.HashOf(row).ToArray(), $"row {row} is the text its hash was taken of");
        }

        told.GetProperty("rowsHash").GetString().ShouldBe(Convert.ToHexStringLower(SHA256.HashData(batch.RowHashes)));
        (await client.GetStringAsync($"/api/checks/{number}")).ShouldBe(body, "given again byte for byte");
    }

    [Fact]
    [Trait("Requirement", "R-3.1.6.a")]
    public async Task Lines_and_a_file_ask_the_same_and_lines_answer_row_by_row()
    {
        var listed = Proposals.Code("Y2");
        _ = await _register.DispatchedAsync("Y2");
        await host.FollowAsync();
        using var client = await host.AsAsync("finance.officer");
        var question = JsonSerializer.Serialize(new { purpose = "Administration", matter = Matter });
        var lines = string.Join('\n', [question, $$"""{"kind":"LegalPerson","code":"{{listed}}"}""", "", "nonsense", $$"""{"kind":"LegalPerson","code":"{{Proposals.Code("Y3")}}"}"""]);
        var csv = $"企业名称,统一社会信用代码,证件类型,证件号码\r\n某某公司,{listed},,\r\n,,,\r\n\"坏,行\",1234,,\r\n某人,,身份证,{Person}\r\n";
        using var inLines = new HttpRequestMessage(HttpMethod.Post, "/api/checks/batch") { Content = new StringContent(lines, Encoding.UTF8, "application/x-ndjson") };
        inLines.Headers.Accept.ParseAdd("application/x-ndjson");
        using var told = await client.SendAsync(inLines);

        told.StatusCode.ShouldBe(HttpStatusCode.OK, await told.Content.ReadAsStringAsync());
        told.Content.Headers.ContentType!.MediaType.ShouldBe("application/x-ndjson");
        var answered = (await told.Content.ReadAsStringAsync()).TrimEnd('\n').Split('\n').Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToArray();
        answered.Length.ShouldBe(4);
        Sums(answered[0]).ShouldBe((3, 1, 1, 1, 1, true));
        answered[1].GetProperty("restricted").GetBoolean().ShouldBeTrue();
        answered[2].GetProperty("errors")[0].GetProperty("code").GetString().ShouldBe("malformed-json");
        answered[3].GetProperty("subjectId").ValueKind.ShouldBe(JsonValueKind.Null);
        var number = answered[0].GetProperty("number").GetString();
        using var again = new HttpRequestMessage(HttpMethod.Get, $"/api/checks/{number}");
        again.Headers.Accept.ParseAdd("application/x-ndjson");
        using var repeated = await client.SendAsync(again);
        (await repeated.Content.ReadAsByteArrayAsync()).ShouldBe(await told.Content.ReadAsByteArrayAsync());

        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        foreach (var encoding in new[] { new UTF8Encoding(true), Encoding.GetEncoding("GB18030") })
        {
            using var form = new MultipartFormDataContent
            {
                { new StringContent("Administration"), "purpose" },
                { new StringContent("Other"), "kind" },
                { new StringContent("任财专〔2026〕18号"), "reference" },
                { new StringContent("技改补贴审核"), "procedure" },
                { new ByteArrayContent([.. encoding.Preamble, .. encoding.GetBytes(csv)]), "file", "名单.csv" },
            };
            using var sent = await client.PostAsync(new Uri("/api/checks/batch", UriKind.Relative), form);
            var body = await sent.Content.ReadAsStringAsync();
            sent.StatusCode.ShouldBe(HttpStatusCode.OK, body);
            var fromFile = JsonSerializer.Deserialize<JsonElement>(body);
            Sums(fromFile).ShouldBe((3, 1, 1, 1, 1, true), encoding.WebName);
            fromFile.GetProperty("rows")[0].GetRawText().ShouldBe(answered[1].GetRawText());
        }
    }

    [Fact]
    [Trait("Requirement", "R-3.1.6.a")]
    [Trait("Invariant", "I54")]
    public async Task A_matter_about_a_subject_of_the_batch_was_checked_and_about_another_was_not()
    {
        var (known, unknown) = (Proposals.Code("Y4"), Proposals.Code("Y5"));
        _ = await _register.DispatchedAsync("Y4");
        using var client = await host.AsAsync("finance.officer");
        using var answer = await client.PostAsJsonAsync("/api/checks/batch", new { purpose = "Administration", matter = Matter, subjects = new[] { new { kind = "LegalPerson", code = known }, new { kind = "LegalPerson", code = unknown } } });
        var number = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("number").GetString();

        foreach (var (code, missed) in new[] { (known, null), (unknown, null), (Proposals.Code("Y6"), "OtherSubject") })
        {
            var (status, matter) = await host.ReportAsync("finance.officer", code, "任财专〔2026〕18号", number);
            (status, matter.GetProperty("missed").GetString()).ShouldBe((HttpStatusCode.Created, missed), code);
        }

        using var lead = await host.AsAsync("development-reform.officer");
        var usage = await lead.GetFromJsonAsync<JsonElement>("/api/statistics/usage");
        usage.GetProperty("departments").EnumerateArray().Single(each => each.GetProperty("department").GetString() == "finance").GetProperty("subjects").GetInt32().ShouldBeGreaterThanOrEqualTo(2);
        using var other = await host.AsAsync("tax.officer");
        (await other.GetAsync(new Uri($"/api/checks/{number}", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_wrong_batch_is_refused_whole()
    {
        using var client = await host.AsAsync("finance.officer");
        var sound = new { kind = "LegalPerson", code = Proposals.Code("Y7") };
        var question = JsonSerializer.Serialize(new { purpose = "Administration", matter = Matter });
        (HttpContent Content, int Status, string Code)[] wrong =
        [
            (JsonContent.Create(new { purpose = "Administration", matter = Matter, subjects = Array.Empty<object>() }), 422, "rows-out-of-range"),
            (JsonContent.Create(new { purpose = "Administration", matter = Matter }), 422, "rows-out-of-range"),
            (JsonContent.Create(new { purpose = "Administration", matter = Matter, subjects = Enumerable.Repeat(sound, 100_001) }), 422, "rows-out-of-range"),
            (JsonContent.Create(new { matter = Matter, subjects = new[] { sound } }), 428, "query-purpose-missing"),
            (JsonContent.Create(new { purpose = "Administration", subjects = new[] { sound } }), 422, "matter-missing"),
            (JsonContent.Create(new { purpose = "Administration", matter = new { kind = "Other", reference = Person, procedure = "审核" }, subjects = new[] { sound } }), 422, "matter-names-person"),
            (JsonContent.Create(new { purpose = "Administration", matter = Matter, subjects = new[] { sound }, rows = 1 }), 400, "unknown-member"),
            (JsonContent.Create(new { purpose = "Nothing", matter = Matter, subjects = new[] { sound } }), 400, "wrong-type"),
            (new StringContent("""{"subjects":[{"kind":"LegalPerson"}""", Encoding.UTF8, "application/json"), 400, "malformed-json"),
            (new StringContent("""{"subjects":[],"subjects":[]}""", Encoding.UTF8, "application/json"), 400, "duplicate-member"),
            (new StringContent("""[1]""", Encoding.UTF8, "application/json"), 400, "wrong-type"),
            (new StringContent("""{"kind":"LegalPerson"}""", Encoding.UTF8, "application/x-ndjson"), 400, "unknown-member"),
            (new StringContent(question, Encoding.UTF8, "application/x-ndjson"), 422, "rows-out-of-range"),
            (new StringContent(new string('x', 70_000), Encoding.UTF8, "application/x-ndjson"), 400, "malformed-json"),
            (new StringContent("x", Encoding.UTF8, "text/plain"), 415, "unsupported-media-type"),
            (Form(("purpose", "Administration"), ("kind", "Other"), ("reference", "1号"), ("procedure", "审核")), 422, "check-file-missing"),
            (Form("名称\n某某", ("purpose", "Administration"), ("kind", "Other"), ("reference", "1号"), ("procedure", "审核")), 422, "check-column-missing"),
            (Form("code\n1\0", ("purpose", "Administration"), ("kind", "Other"), ("reference", "1号"), ("procedure", "审核")), 422, "check-file-unreadable"),
            (Form("code\n1", ("purpose", "Administration"), ("kind", "Bad"), ("reference", "1号"), ("procedure", "审核")), 422, "wrong-type"),
        ];
        var kept = await _register.ReadAsync(db => db.CheckReceipts.CountAsync());
        foreach (var (content, status, code) in wrong)
        {
            using var refused = await client.PostAsync(new Uri("/api/checks/batch", UriKind.Relative), content);
            var body = await refused.Content.ReadAsStringAsync();
            ((int)refused.StatusCode).ShouldBe(status, $"{code}: {body}");
            body.ShouldContain($"\"{code}\"");
        }

        (await _register.ReadAsync(db => db.CheckReceipts.CountAsync())).ShouldBe(kept);
        using var subject = await host.AsAsync("subject");
        (await subject.PostAsJsonAsync("/api/checks/batch", new { })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    [Trait("Requirement", "R-3.1.6.a")]
    public async Task A_hundred_thousand_rows_are_answered_in_seconds()
    {
        var listed = Proposals.Code("Y8");
        _ = await _register.DispatchedAsync("Y8");
        await host.FollowAsync();
        var codes = Enumerable.Range(0, 100_000).Select(CodeOf).ToArray();
        codes[77_777] = listed;
        var asked = JsonSerializer.SerializeToUtf8Bytes(new { purpose = "Administration", matter = Matter, subjects = codes.Select(code => new { kind = "LegalPerson", code }) });
        using var client = await host.AsAsync("finance.officer");
        var (index, clock) = (host.Meters().FromIndex, Stopwatch.StartNew());

        using var content = new ByteArrayContent(asked) { Headers = { ContentType = new("application/json") } };
        using var answer = await client.PostAsync(new Uri("/api/checks/batch", UriKind.Relative), content);
        var body = await answer.Content.ReadAsByteArrayAsync();

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(2000, body.Length))));
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20));
        (host.Meters().FromIndex - index).ShouldBe(100_000);
        var told = JsonSerializer.Deserialize<JsonElement>(body);
        Sums(told).ShouldBe((100_000, 0, 99_999, 1, 1, true));
        told.GetProperty("rows")[77_777].GetProperty("restricted").GetBoolean().ShouldBeTrue();
        told.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("index").GetInt32()).ShouldBe(Enumerable.Range(0, 100_000));
        var (_, batch) = await KeptAsync(told.GetProperty("number").GetString()!);
        batch.RowHashes.Length.ShouldBe(3_200_000);
        batch.Answer.Length.ShouldBeLessThan(body.Length / 4);
    }

    [Fact]
    public async Task A_batch_altered_after_it_was_told_is_not_told_again()
    {
        using var client = await host.AsAsync("finance.officer");
        using var answer = await client.PostAsJsonAsync("/api/checks/batch", new { purpose = "Administration", matter = Matter, subjects = new[] { new { kind = "LegalPerson", code = Proposals.Code("Y7") } } });
        var number = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("number").GetString()!;
        (await client.GetAsync(new Uri($"/api/checks/{number}", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
        var (_, batch) = await KeptAsync(number);
        using var other = new MemoryStream();
        await using (var packed = new GZipStream(other, CompressionLevel.Fastest))
        {
            packed.Write("""{"hits":[],"index":0,"restricted":true,"standing":null,"subjectId":null}"""u8);
        }

        // Who runs the database can; the application has no right to.
        const string Alter = "UPDATE core.check_batch SET answer = '\\x{0}' WHERE receipt_id = '{1}'";
        var alter = string.Format(System.Globalization.CultureInfo.InvariantCulture, Alter, Convert.ToHexString(other.ToArray()), batch.ReceiptId);
        (await host.TryAsync(alter, "credit_app")).State.ShouldBe("42501");
        (await host.TryAsync(alter)).State.ShouldBeNull();

        (await client.GetAsync(new Uri($"/api/checks/{number}", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
    }

    private Task<(CheckReceipt Receipt, CheckBatch Batch)> KeptAsync(string number) => _register.ReadAsync(async db =>
    {
        var receipt = await db.CheckReceipts.AsNoTracking().SingleAsync(each => each.Number == number);
        return (receipt, await db.CheckBatches.AsNoTracking().SingleAsync(each => each.ReceiptId == receipt.Id));
    });

    private static (int Rows, int Faulty, int Unknown, int RestrictedRows, int Hits, bool Restricted) Sums(JsonElement head) => (
        head.GetProperty("rowCount").GetInt32(), head.GetProperty("faulty").GetInt32(), head.GetProperty("unknown").GetInt32(), head.GetProperty("restrictedRows").GetInt32(),
        head.GetProperty("hits").GetInt32(), head.GetProperty("restricted").GetBoolean());

    private static string CodeOf(int number)
    {
        var body = "MA" + string.Concat(Enumerable.Range(0, 6).Select(digit => "0123456789"[number / (int)Math.Pow(10, digit) % 10]));
        var organisation = body + OrganizationCode.ComputeCheck(body);
        var first = "91370811" + organisation;
        return first + UnifiedCreditCode.ComputeCheck(first);
    }

    private static MultipartFormDataContent Form(params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value), name);
        }

        return form;
    }

    private static MultipartFormDataContent Form(string file, params (string Name, string Value)[] fields)
    {
        var form = Form(fields);
        form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(file)), "file", "list.csv");
        return form;
    }
}
