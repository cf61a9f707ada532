using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Tests.DueProcess;
using Credit.Core.Tests.Listing;
using Credit.Core.Tests.Subjects;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Rules;

/// <summary>Departments propose amendments of rules and set their own terms within the platform's.</summary>
public sealed class AmendmentTests(HostFixture host) : IClassFixture<HostFixture>
{
    private static readonly object Draft = new
    {
        pack = "rencheng-2019",
        rule = "defenceDays",
        title = "关于延长陈述申辩期限的修订建议",
        text = "建议将列入前告知的陈述申辩期由五个工作日延长为七个工作日。",
        documentNumber = "任税发〔2026〕18号",
        basis = "行政处罚法第四十五条",
    };

    private readonly RepairJourney _journey = new(host);

    private EntryJourney Entries => _journey.Register.Entries;

    [Fact]
    [Trait("Requirement", "R-3.6.1")]
    [Trait("Invariant", "I93")]
    public async Task An_adopted_amendment_is_attached_to_its_rule_and_the_value_stays_as_it_is()
    {
        var id = await ProposedAsync("tax.officer", Draft);
        (await _journey.InboxAsync("development-reform.officer")).ShouldContain(item => item.GetProperty("kind").GetString() == "RuleAmendment" && item.GetProperty("aggregateId").GetGuid() == id);
        (await DocumentsAsync()).ShouldNotContain(document => document.GetProperty("id").GetGuid() == id, "proposed is not adopted");
        using var other = await host.AsAsync("finance.officer");
        (await other.GetAsync($"/api/policy/amendments/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Entries.ListAsync(other, $"/odata/official/RuleAmendments?$filter=Id eq {id}")).ShouldBeEmpty();
        (await Entries.PostAsync("tax.approver", $"/api/policy/amendments/{id}/decision", 1, new { adopt = true, finding = "同意。" })).Status.ShouldBe(HttpStatusCode.Forbidden, "the lead office decides");

        (await Entries.PostAsync("development-reform.officer", $"/api/policy/amendments/{id}/decision", 1, new { adopt = true, finding = "同意。" })).Status.ShouldBe(HttpStatusCode.Forbidden, "its approver, not its 经办人");
        var adopted = await Entries.PostAsync("development-reform.approver", $"/api/policy/amendments/{id}/decision", 1, new { adopt = true, finding = "经联席会议审议通过。" });

        adopted.Status.ShouldBe(HttpStatusCode.OK, adopted.Body);
        (await _journey.Register.DeskAsync(id)).ShouldBe(("development-reform", false), "the decision closes the item");
        var document = (await DocumentsAsync()).Single(each => each.GetProperty("id").GetGuid() == id);
        (document.GetProperty("rule").GetString(), document.GetProperty("documentNumber").GetString(), document.GetProperty("department").GetString(), document.GetProperty("adoptedOn").GetString())
            .ShouldBe(("defenceDays", "任税发〔2026〕18号", "tax", "2026-11-24"));
        using var anyone = host.Anonymous();
        (await Entries.ListAsync(anyone, $"/odata/public/RuleDocuments?$filter=Id eq {id}")).ShouldHaveSingleItem().GetProperty("Text").GetString()!.ShouldContain("七个工作日");
        using var tax = await host.AsAsync("tax.officer");
        (await Entries.ListAsync(tax, $"/odata/official/RuleAmendments?$filter=Id eq {id}")).ShouldHaveSingleItem().GetProperty("State").GetString().ShouldBe("Adopted");
        var pack = await anyone.GetFromJsonAsync<JsonElement>("/api/policy/packs/rencheng-2019");
        pack.GetProperty("values").EnumerateArray().Single(value => value.GetProperty("name").GetString() == "defenceDays").GetProperty("value").GetInt32().ShouldBe(5, "nothing in force is overwritten");
        (await Entries.PostAsync("development-reform.approver", $"/api/policy/amendments/{id}/decision", 2, new { adopt = false, finding = "改判。" })).Status.ShouldBe(HttpStatusCode.Conflict);
        (await host.TryAsync($"UPDATE core.rule_amendment SET state = 'Proposed' WHERE id = '{id}'")).State.ShouldBe("23514");
    }

    [Fact]
    [Trait("Requirement", "R-3.6.1")]
    [Trait("Invariant", "I84")]
    public async Task Who_proposed_does_not_decide_a_decision_has_a_reason_and_what_was_taken_back_is_not_decided()
    {
        var own = await ProposedAsync("development-reform.reviewer", Draft);
        var decision = $"/api/policy/amendments/{own}/decision";
        (await Entries.PostAsync("development-reform.officer", decision, 1, new { adopt = true, finding = "同意。" })).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await Entries.PostAsync("development-reform.reviewer", decision, 1, new { adopt = true, finding = "同意。" })).ShouldBeRefused(HttpStatusCode.Forbidden, "four-eyes");
        (await Entries.PostAsync("development-reform.approver", decision, 1, new { adopt = true, finding = " " })).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Entries.PostAsync("development-reform.approver", decision, 9, new { adopt = true, finding = "同意。" })).Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await Entries.PostAsync("development-reform.approver", decision, 1, new { adopt = false, finding = "依据不足。" })).Status.ShouldBe(HttpStatusCode.OK);

        var taken = await ProposedAsync("tax.officer", Draft);
        (await Entries.PostAsync("finance.officer", $"/api/policy/amendments/{taken}/withdrawal", 1, null)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await Entries.PostAsync("tax.officer", $"/api/policy/amendments/{taken}/withdrawal", 1, null)).Status.ShouldBe(HttpStatusCode.OK);
        (await Entries.PostAsync("development-reform.approver", $"/api/policy/amendments/{taken}/decision", 2, new { adopt = true, finding = "同意。" })).Status.ShouldBe(HttpStatusCode.Conflict);
        (await DocumentsAsync()).ShouldNotContain(document => document.GetProperty("id").GetGuid() == own || document.GetProperty("id").GetGuid() == taken);
    }

    [Theory]
    [InlineData("pack", "rencheng-2099", "pack-unknown")]
    [InlineData("rule", "noSuchRule", "rule-unknown")]
    [InlineData("title", " ", "amendment-incomplete")]
    [InlineData("basis", "", "amendment-incomplete")]
    [InlineData("text", "联系人 13805370001", "amendment-names-person")]
    [Trait("Requirement", "R-3.6.1")]
    public async Task An_amendment_is_about_a_rule_there_is_and_names_document_and_basis_and_nobody(string member, string value, string code)
    {
        var refused = await Entries.PostAsync("tax.officer", "/api/policy/amendments", 1, Draft.With((member, value)));

        (refused.Status, refused.Body.Contains(code), refused.Body.Contains($"\"pointer\":\"/{member}\"")).ShouldBe((HttpStatusCode.UnprocessableEntity, true, true), refused.Body);
    }

    [Fact]
    [Trait("Requirement", "R-3.6.2")]
    public async Task A_department_sets_shorter_terms_of_its_own_and_never_longer_ones_than_the_platform()
    {
        var before = await WorkflowAsync("tax.officer");
        (before.GetProperty("acceptRepairDays").GetInt32(), before.GetProperty("version").GetInt32()).ShouldBe((3, 0));
        var tooLong = await Entries.PutAsync("tax.approver", "/api/policy/workflow", 1, new { acceptRepairDays = 4, decideRepairDays = 0 });
        (tooLong.Status, tooLong.Body.Contains("beyond-platform-limit"), tooLong.Body.Contains("decideRepairDays")).ShouldBe((HttpStatusCode.UnprocessableEntity, true, true));
        (await Entries.PutAsync("tax.officer", "/api/policy/workflow", 1, new { acceptRepairDays = 1 })).Status.ShouldBe(HttpStatusCode.Forbidden);

        var set = await Entries.PutAsync("tax.approver", "/api/policy/workflow", 1, new { acceptRepairDays = 1, decideRepairDays = 10 });

        set.Status.ShouldBe(HttpStatusCode.OK, set.Body);
        (await WorkflowAsync("tax.officer")).GetProperty("acceptRepairDays").GetInt32().ShouldBe(1);
        (await WorkflowAsync("finance.officer")).GetProperty("acceptRepairDays").GetInt32().ShouldBe(3, "another department's terms are its own");
        var entry = await Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("L00")));
        var repair = await _journey.ApplyAsync(entry);
        (await _journey.SeenAsync("tax.officer", repair)).GetProperty("due").GetString().ShouldBe("2026-11-25", "one working day of the department's own");
        await _journey.DoneAsync("tax.officer", repair, "acceptance");
        (await _journey.SeenAsync("tax.officer", repair)).GetProperty("due").GetString().ShouldBe("2026-12-08", "ten working days, the platform's");
        (await Entries.PutAsync("tax.approver", "/api/policy/workflow", 9, new { })).Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await Entries.PutAsync("tax.approver", "/api/policy/workflow", 1, new { })).Status.ShouldBe(HttpStatusCode.OK);
        (await WorkflowAsync("tax.officer")).GetProperty("acceptRepairDays").GetInt32().ShouldBe(3);
    }

    private async Task<Guid> ProposedAsync(string user, object draft)
    {
        var proposed = await Entries.PostAsync(user, "/api/policy/amendments", 1, draft);
        proposed.Status.ShouldBe(HttpStatusCode.Created, proposed.Body);
        return JsonSerializer.Deserialize<JsonElement>(proposed.Body).GetProperty("id").GetGuid();
    }

    private async Task<IReadOnlyList<JsonElement>> DocumentsAsync()
    {
        using var anyone = host.Anonymous();
        return [.. (await anyone.GetFromJsonAsync<JsonElement>("/api/policy/packs/rencheng-2019")).GetProperty("documents").EnumerateArray()];
    }

    private async Task<JsonElement> WorkflowAsync(string user)
    {
        using var client = await host.AsAsync(user);
        return await client.GetFromJsonAsync<JsonElement>("/api/policy/workflow");
    }
}
