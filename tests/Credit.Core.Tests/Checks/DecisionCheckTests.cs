using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Tests.Enforcement;
using Credit.Core.Tests.Listing;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Checks;

/// <summary>A department asks before it decides: who is listed, and what follows for it.</summary>
public sealed class DecisionCheckTests(HostFixture host) : IClassFixture<HostFixture>
{
    private const string Number = "370811199001010014";

    private readonly TaskJourney _register = new(host);

    [Theory]
    [InlineData("Upheld", "U00")]
    [InlineData("Revoked", "U01")]
    [Trait("Requirement", "R-3.5.7.c")]
    [Trait("Invariant", "I40")]
    public async Task A_hit_under_verification_is_suspended_and_restricts_nothing_and_goes_on_or_ends_with_the_conclusion(string conclusion, string mark)
    {
        var code = Proposals.Code(mark);
        var (entry, tasks) = await _register.DispatchedAsync(mark);
        var before = await CheckAsync("finance.officer", Organisation(code));
        before.GetProperty("restricted").GetBoolean().ShouldBeTrue();
        var hit = before.GetProperty("hits").EnumerateArray().ShouldHaveSingleItem();
        (hit.GetProperty("suspended").GetBoolean(), hit.GetProperty("restricts").GetBoolean()).ShouldBe((false, true));
        hit.GetProperty("measures").EnumerateArray().Select(measure => measure.GetProperty("taskId").GetGuid())
            .ShouldBe(tasks.Where(task => task.Department == "finance").Select(task => task.Id), ignoreOrder: true);
        var filed = await _register.ObjectAsync("association", entry.Id);
        (await CheckAsync("finance.officer", Organisation(code))).GetProperty("restricted").GetBoolean().ShouldBeTrue("filed is not accepted");

        (await _register.OnObjectionAsync("tax.officer", filed, "acceptance")).Status.ShouldBe(HttpStatusCode.OK);

        var during = await CheckAsync("finance.officer", Organisation(code));
        during.GetProperty("restricted").GetBoolean().ShouldBeFalse();
        hit = during.GetProperty("hits").EnumerateArray().ShouldHaveSingleItem();
        (hit.GetProperty("entryId").GetGuid(), hit.GetProperty("suspended").GetBoolean(), hit.GetProperty("restricts").GetBoolean(), hit.GetProperty("measures").GetArrayLength())
            .ShouldBe((entry.Id, true, false, 0));

        (await _register.OnObjectionAsync("tax.reviewer", filed, "conclusion", new { conclusion, finding = "已核实" })).Status.ShouldBe(HttpStatusCode.OK);
        var after = await CheckAsync("finance.officer", Organisation(code));
        after.GetProperty("restricted").GetBoolean().ShouldBe(conclusion == "Upheld");
        after.GetProperty("hits").GetArrayLength().ShouldBe(conclusion == "Upheld" ? 1 : 0);
        if (conclusion == "Upheld")
        {
            hit = after.GetProperty("hits")[0];
            hit.GetProperty("suspended").GetBoolean().ShouldBeFalse("resumed");
            hit.GetProperty("measures").GetArrayLength().ShouldBe(tasks.Count(task => task.Department == "finance"));
        }
    }

    [Fact]
    [Trait("Requirement", "R-3.5.7.c")]
    [Trait("Invariant", "I39")]
    public async Task The_answer_is_true_from_the_first_instant_to_the_last_day_whether_or_not_the_clockwork_ran()
    {
        var code = Proposals.Code("U10");
        var entry = await _register.Entries.InForceAsync("tax", Proposals.Black(code, validTo: "2026-11-25"));

        var at = await CheckAsync("finance.officer", Organisation(code));

        var measures = at.GetProperty("hits").EnumerateArray().ShouldHaveSingleItem().GetProperty("measures").EnumerateArray().ToArray();
        measures.ShouldNotBeEmpty("no task is given out yet");
        measures.ShouldAllBe(measure => measure.GetProperty("taskId").ValueKind == JsonValueKind.Null);
        measures.Select(measure => measure.GetProperty("obligation").GetString()).ShouldContain("Mandatory");
        await host.SettleAsync();
        var issued = await CheckAsync("finance.officer", Organisation(code));
        issued.GetProperty("hits")[0].GetProperty("measures").EnumerateArray().Select(measure => measure.GetProperty("measureKey").GetString())
            .ShouldBe(measures.Select(measure => measure.GetProperty("measureKey").GetString()));
        host.Clock.Advance(TimeSpan.FromDays(2));
        host.ForgetTokens();
        (await CheckAsync("finance.officer", Organisation(code))).GetProperty("hits").GetArrayLength().ShouldBe(0);
        (await _register.Entries.ReadAsync("tax.officer", entry.Id)).State.ShouldBe("Active", "nobody moved it out yet");
        await host.SweepAsync();
        (await CheckAsync("finance.officer", Organisation(code))).GetProperty("hits").EnumerateArray().ShouldHaveSingleItem().GetProperty("list").GetString().ShouldBe("Watch");
    }

    [Fact]
    [Trait("Requirement", "R-3.5.7.c")]
    [Trait("Requirement", "R-3.1.6.a")]
    public async Task Measures_are_those_of_the_callers_department_and_of_the_matter_and_red_restricts_nobody()
    {
        var code = Proposals.Code("U20");
        _ = await _register.Entries.InForceAsync("tax", Proposals.Black(code));
        await host.SettleAsync();
        var own = (await CheckAsync("public-resource-trading.officer", Organisation(code))).GetProperty("hits")[0];
        own.GetProperty("measures").EnumerateArray().Select(measure => measure.GetProperty("measureKey").GetString())
            .ShouldBe((await _register.TasksAsync(own.GetProperty("entryId").GetGuid())).Where(task => task.Department == "public-resource-trading").Select(task => task.MeasureKey), ignoreOrder: true);
        var procurement = await CheckAsync("finance.officer", Organisation(code), "P01");
        procurement.GetProperty("hits")[0].GetProperty("measures").EnumerateArray().Single().GetProperty("measureKey").GetString().ShouldBe("TAX-BLACK/9");
        var land = await CheckAsync("finance.officer", Organisation(code), "P03");
        (land.GetProperty("restricted").GetBoolean(), land.GetProperty("hits").GetArrayLength()).ShouldBe((false, 1), "on the list, but not for this matter");
        var honest = Proposals.Code("U21");
        _ = await _register.Entries.InForceAsync("market-supervision", Proposals.Red(honest));
        var red = await CheckAsync("finance.officer", Organisation(honest));
        (red.GetProperty("restricted").GetBoolean(), red.GetProperty("hits")[0].GetProperty("list").GetString()).ShouldBe((false, "Red"));
        (await CheckAsync("finance.officer", Organisation(Proposals.Code("U22")))).GetProperty("hits").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_person_is_found_by_number_which_is_kept_nowhere_and_a_wrong_question_is_refused()
    {
        _ = await _register.Entries.InForceAsync("tax", Proposals.BlackPerson().With(("noticeExemption", "税收征收管理法第四十条")));

        var answer = await host.CheckAsync("finance.officer", [new { kind = "NaturalPerson", certificateType = "身份证", certificateNumber = Number }]);

        answer.GetProperty("subjects")[0].GetProperty("hits").GetArrayLength().ShouldBe(1);
        answer.GetRawText().ShouldNotContain(Number);
        var kept = await _register.ReadAsync(db => db.CheckReceipts.AsNoTracking().SingleAsync(receipt => receipt.Number == answer.GetProperty("number").GetString()));
        System.Text.Json.JsonSerializer.Serialize(kept).ShouldNotContain(Number);
        var sound = Organisation(Proposals.Code("U30"));
        var matter = new { kind = "Trading", reference = "任采〔2026〕1号", procedure = "资格审查" };
        (object Body, string Code)[] wrong =
        [
            (new { purpose = "Administration", matter, subjects = new[] { new { kind = "LegalPerson", code = "91370811MA3TEXT0X1" } } }, "subject-code-invalid"),
            (new { purpose = "Administration", matter = new { kind = "Trading", reference = "1号", procedure = "资格审查", measure = "P999" }, subjects = new[] { sound } }, "measure-canonical-unknown"),
            (new { purpose = "Administration", matter = new { kind = "Trading", reference = " ", procedure = "资格审查" }, subjects = new[] { sound } }, "matter-missing"),
            (new { purpose = "Administration", matter = new { kind = "Trading", reference = Number, procedure = "资格审查" }, subjects = new[] { sound } }, "matter-names-person"),
            (new { purpose = "Administration", subjects = new[] { sound } }, "matter-missing"),
            (new { purpose = "Administration", matter, subjects = Array.Empty<object>() }, "subjects-out-of-range"),
            (new { purpose = "Administration", matter, subjects = Enumerable.Repeat(sound, 101) }, "subjects-out-of-range"),
        ];
        using var client = await host.AsAsync("finance.officer");
        foreach (var (body, code) in wrong)
        {
            using var refused = await client.PostAsJsonAsync("/api/checks", body);
            refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity, code);
            (await refused.Content.ReadAsStringAsync()).ShouldContain($"\"{code}\"");
        }

        using var subject = await host.AsAsync("subject");
        (await subject.PostAsJsonAsync("/api/checks", new { purpose = "Administration", matter, subjects = new[] { sound } })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static object Organisation(string code) => new { kind = "LegalPerson", code };

    private async Task<JsonElement> CheckAsync(string user, object subject, string? measure = null) =>
        (await host.CheckAsync(user, [subject], measure: measure)).GetProperty("subjects").EnumerateArray().ShouldHaveSingleItem();
}
