using System.Net;
using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credit.Core.Checks;
using Credit.Core.Http;
using Credit.Core.Register;
using Credit.Core.Tests.Checks;
using Credit.Core.Tests.Enforcement;
using Credit.Core.Tests.Listing;
using Credit.Core.Tests.Model;
using Credit.Core.Tests.Register;
using Credit.Domain.Tests.Model;
using Credit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Credit.Core.Tests.Receipts;

/// <summary>The same question asked again as the register was known then has the same answer (I55).</summary>
[Trait("Invariant", "I55")]
public sealed class KnownAtTests(HostFixture host, ITestOutputHelper output) : IClassFixture<HostFixture>
{
    private const int Districts = 4;
    private const ulong First = 7_000_000;

    private static readonly CommandKind[] Left = [CommandKind.HostCrash, CommandKind.CatalogueUpdate, CommandKind.NameResponsible];

    [Fact]
    public async Task After_any_history_every_earlier_question_has_the_answer_it_had()
    {
        var desk = new UseCaseDesk(host.Services);
        List<(ClaimsPrincipal Caller, JsonObject Question, JsonObject Answer)> asked = [];
        for (var district = 0; district < Districts; district++)
        {
            var seed = First + (ulong)district;
            var twin = new Twin(host, desk, seed, 40 + district);
            var number = 0;
            foreach (var command in Generator.Sequence(seed, ModelRun.Length, Left))
            {
                if (Resolver.Resolve(command, twin.Model) is not { } request)
                {
                    continue;
                }

                (await twin.DoAsync(request, ++number)).ShouldBeNull($"seed {seed}, command {number}");
                if (number % 9 == 0)
                {
                    await host.Services.GetRequiredService<Sequencer>().RunOnceAsync(CancellationToken.None);
                    var caller = Officer(Cast.Departments[number / 9 % Cast.Departments.Length]);
                    var question = Question(twin, validAt: number % 27 == 0 ? Credit.Domain.Policy.CivilClock.Day(twin.Model.Now).AddDays(-20) : null);
                    asked.Add((caller, question, await AskAsync(desk, caller, question)));
                }
            }
        }

        host.Clock.Advance(TimeSpan.FromDays(2));
        host.ForgetTokens();
        var (hits, restricted) = (0, 0);
        foreach (var (caller, question, answer) in asked)
        {
            var receipt = answer["receipt"]!;
            receipt["exact"]!.GetValue<bool>().ShouldBeTrue();
            var again = question.DeepClone().AsObject();
            again["validAt"] = receipt["validAt"]!.DeepClone();
            again["knownAt"] = new JsonObject { ["position"] = receipt["position"]!.DeepClone(), ["instant"] = receipt["asOf"]!.DeepClone() };

            var then = await AskAsync(desk, caller, again);

            then["subjects"]!.ToJsonString().ShouldBe(answer["subjects"]!.ToJsonString(), $"position {receipt["position"]}");
            then["receipt"]!["verdictHash"]!.GetValue<string>().ShouldBe(receipt["verdictHash"]!.GetValue<string>());
            then["number"]!.GetValue<string>().ShouldNotBe(answer["number"]!.GetValue<string>());
            hits += answer["subjects"]!.AsArray().Sum(subject => subject!["hits"]!.AsArray().Count);
            restricted += answer["restricted"]!.GetValue<bool>() ? 1 : 0;
        }

        // It would say nothing of a register in which nobody was ever listed, or nothing ever changed.
        (asked.Count, hits, restricted).ShouldSatisfyAllConditions(
            counted => counted.Count.ShouldBeGreaterThan(20), counted => counted.hits.ShouldBeGreaterThan(20), counted => counted.restricted.ShouldBeGreaterThan(3));
        asked.Select(each => each.Answer["receipt"]!["verdictHash"]!.GetValue<string>()).Distinct().Count().ShouldBeGreaterThan(10);
        output.WriteLine($"{asked.Count} questions, {hits} hits, {restricted} restricted");
    }

    [Fact]
    public async Task A_later_exit_a_person_a_penalty_and_an_identifier_are_unknown_before_they_came()
    {
        var register = new TaskJourney(host);
        var code = Proposals.Code("X00");
        var unknown = await host.CheckAsync("finance.officer", [Organisation(code)]);
        await SequenceAsync();
        var (entry, _) = await register.DispatchedAsync("X00");
        var listed = await host.CheckAsync("finance.officer", [Organisation(code)]);
        var objection = await register.ObjectAsync("association", entry.Id);
        (await register.OnObjectionAsync("tax.officer", objection, "acceptance")).Status.ShouldBe(HttpStatusCode.OK);
        await SequenceAsync();
        var doubted = await host.CheckAsync("finance.officer", [Organisation(code)]);
        (await register.OnObjectionAsync("tax.reviewer", objection, "conclusion", new { conclusion = "Revoked", finding = "已核实" })).Status.ShouldBe(HttpStatusCode.OK);
        await host.SettleAsync();
        var revoked = await host.CheckAsync("finance.officer", [Organisation(code)]);

        unknown.GetProperty("subjects")[0].GetProperty("subjectId").ValueKind.ShouldBe(JsonValueKind.Null);
        listed.GetProperty("restricted").GetBoolean().ShouldBeTrue();
        doubted.GetProperty("restricted").GetBoolean().ShouldBeFalse();
        revoked.GetProperty("subjects")[0].GetProperty("hits").GetArrayLength().ShouldBe(0);
        foreach (var answer in new[] { unknown, listed, doubted, revoked })
        {
            var again = await AgainAsync(code, answer.GetProperty("receipt"));
            again.GetProperty("subjects").GetRawText().ShouldBe(answer.GetProperty("subjects").GetRawText());
        }
    }

    [Fact]
    public async Task A_question_about_the_past_counts_for_no_decision_and_a_position_that_is_not_there_is_refused()
    {
        var code = Proposals.Code("X10");
        var first = await host.CheckAsync("finance.officer", [Organisation(code)], reference: "118号");
        var again = await AgainAsync(code, first.GetProperty("receipt"), "118号");

        var (_, matter) = await host.ReportAsync("finance.officer", code, "118号", again.GetProperty("number").GetString());
        matter.GetProperty("missed").GetString().ShouldBe("NumberUnknown");
        foreach (var (knownAt, refused) in new (object KnownAt, string Code)[]
        {
            (new { position = 99_999_999 }, "known-at-unknown"), (new { position = -1 }, "known-at-unknown"), (new { }, "known-at-unknown"),
            (new { instant = "2099-01-01T00:00:00Z" }, "known-at-unknown"),

            // At position 0 nothing was known, and it has no day.
            (new { position = 0 }, "known-at-unknown"),
        })
        {
            using var client = await host.AsAsync("finance.officer");
            using var answer = await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(client, "/api/checks", Body(code, knownAt, null, "118号"));
            ((int)answer.StatusCode, (await answer.Content.ReadAsStringAsync()).Contains(refused, StringComparison.Ordinal)).ShouldBe((422, true), $"{knownAt}");
        }
    }

    [Fact]
    public async Task Position_and_instant_of_a_receipt_belong_together_though_a_change_was_recorded_before_and_placed_after()
    {
        var code = Proposals.Code("X12");
        await SequenceAsync();
        var receipt = (await host.CheckAsync("finance.officer", [Organisation(code)])).GetProperty("receipt");
        await using (var bench = new RegisterBench(host))
        {
            // Recorded at the same instant: the clock stands.
            await bench.SaveAsync(db => db.Add(RegisterBench.NewSubject("同时的")));
        }

        await SequenceAsync();
        (await AgainAsync(code, receipt)).GetProperty("receipt").GetProperty("verdictHash").GetString().ShouldBe(receipt.GetProperty("verdictHash").GetString());
    }

    [Fact]
    public async Task A_day_after_that_of_what_was_known_is_refused_and_the_day_itself_is_answered()
    {
        var code = Proposals.Code("X20");
        var receipt = (await host.CheckAsync("finance.officer", [Organisation(code)])).GetProperty("receipt");
        var known = new { position = receipt.GetProperty("position").GetInt64(), instant = receipt.GetProperty("asOf").GetString() };
        var day = DateOnly.Parse(receipt.GetProperty("validAt").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
        host.Clock.Advance(TimeSpan.FromDays(1));
        host.ForgetTokens();
        using var client = await host.AsAsync("finance.officer");
        async Task<(HttpStatusCode Status, string Body)> OnAsync(DateOnly validAt)
        {
            using var answer = await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(client, "/api/checks", Body(code, known, validAt.ToString("yyyy-MM-dd"), "118号"));
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }

        var (later, told) = await OnAsync(day.AddDays(1));
        (later, told.Contains("valid-at-after-known", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.UnprocessableEntity, true));
        JsonNode.Parse(told)!["errors"]![0]!["pointer"]!.GetValue<string>().ShouldContain("validAt");
        (await OnAsync(day)).Status.ShouldBe(HttpStatusCode.OK);
        (await OnAsync(day.AddDays(-1))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_replay_says_so_in_what_is_signed_and_to_whoever_verifies_it()
    {
        var code = Proposals.Code("X21");
        var first = (await host.CheckAsync("finance.officer", [Organisation(code)])).GetProperty("receipt");
        var again = await AgainAsync(code, first);
        var receipt = again.GetProperty("receipt");

        first.GetProperty("knownAt").ValueKind.ShouldBe(JsonValueKind.Null);
        receipt.GetProperty("knownAt").GetInt64().ShouldBe(first.GetProperty("position").GetInt64());
        using var client = host.Anonymous();
        var keys = await client.GetStringAsync(new Uri("/.well-known/credit-keys", UriKind.Relative));
        using var verifier = new OfflineVerifier();
        var (ended, said) = await verifier.VerifyAsync(keys, again.GetRawText());
        (ended, said.Contains("历史重放 replay: counts for no decision", StringComparison.Ordinal)).ShouldBe((4, true), said);
        (await verifier.VerifyAsync(keys, receipt.GetRawText())).Code.ShouldBe(4);
        var asIfNew = JsonNode.Parse(again.GetRawText())!;
        asIfNew["receipt"]!["knownAt"] = null;
        (await verifier.VerifyAsync(keys, asIfNew.ToJsonString())).Code.ShouldBe(2);

        foreach (var (told, isReplay) in new[] { (receipt, true), (first, false) })
        {
            var address = new Uri($"/verify/{told.GetProperty("code").GetString()}", UriKind.Relative);
            var view = JsonNode.Parse(await client.GetStringAsync(address))!;
            view["genuine"]!.GetValue<bool>().ShouldBeTrue();
            (view["knownAt"] is not null).ShouldBe(isReplay);
            using var browser = host.Anonymous();
            browser.DefaultRequestHeaders.Accept.ParseAdd("text/html");
            var page = await browser.GetStringAsync(address);
            (page.Contains("历史重放", StringComparison.Ordinal), page.Contains("counts for no decision", StringComparison.Ordinal)).ShouldBe((isReplay, isReplay));
        }
    }

    internal static object Organisation(string code) => new { kind = "LegalPerson", code };

    internal static object Body(string code, object? knownAt, string? validAt, string reference) => new
    {
        purpose = "Administration",
        matter = new { kind = "Other", reference, procedure = "资格审查" },
        subjects = new[] { Organisation(code) },
        validAt,
        knownAt,
    };

    private async Task<JsonElement> AgainAsync(string code, JsonElement receipt, string reference = "任采公字〔2026〕118号")
    {
        using var client = await host.AsAsync("finance.officer");
        using var answer = await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(
            client, "/api/checks",
            Body(code, new { position = receipt.GetProperty("position").GetInt64(), instant = receipt.GetProperty("asOf").GetString() }, receipt.GetProperty("validAt").GetString(), reference));
        var body = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        return JsonSerializer.Deserialize<JsonElement>(body);
    }

    private Task<int> SequenceAsync() => host.Services.GetRequiredService<Sequencer>().RunOnceAsync(CancellationToken.None);

    private static ClaimsPrincipal Officer(string department) => new(new ClaimsIdentity(
        [new Claim("sub", $"{department}.officer"), new Claim("role", Roles.Officer), new Claim("department", department)], "test", "sub", "role"));

    private static JsonObject Question(Twin twin, DateOnly? validAt) => new()
    {
        ["purpose"] = "Administration",
        ["matter"] = new JsonObject { ["kind"] = "Other", ["reference"] = "1号", ["procedure"] = "资格审查" },
        ["subjects"] = new JsonArray([.. Enumerable.Range(0, Cast.Subjects).Select(number => SubjectOf(twin, number))]),
        ["validAt"] = validAt?.ToString("yyyy-MM-dd"),
    };

    private static JsonNode SubjectOf(Twin twin, int number)
    {
        var named = JsonSerializer.SerializeToNode(twin.Reference(number))!.AsObject();
        _ = named.Remove("name");
        _ = named.Remove("legalRepresentative");
        return named;
    }

    private static async Task<JsonObject> AskAsync(UseCaseDesk desk, ClaimsPrincipal caller, JsonObject question)
    {
        var answer = await desk.AskAsync(caller, nameof(CheckSubjects), question);
        answer.Status.ShouldBe(200, answer.Body.ValueKind == JsonValueKind.Undefined ? "" : answer.Body.GetRawText());
        return JsonNode.Parse(answer.Body.GetRawText())!.AsObject();
    }
}
