using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Tests.Enforcement;
using Credit.Core.Tests.Listing;
using Credit.Testing;

namespace Credit.Core.Tests.Intake;

/// <summary>No text that several read takes the number of a person.</summary>
[Trait("Requirement", "R-3.1.4.i")]
[Trait("Invariant", "I71")]
public sealed class NumberInTextTests(HostFixture host) : IClassFixture<HostFixture>
{
    private const string Number = "37081119850612432X";

    [Fact]
    public async Task An_objection_with_a_number_in_it_is_turned_back_with_what_to_do_and_taken_without_it()
    {
        var journey = new TaskJourney(host);
        var entry = await journey.Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("Q0")));

        var (status, problem) = await PostAsync("association", $"/api/entries/{entry.Id}/objections", new { grounds = $"本人{Number}已缴清" });

        (status, Codes(problem)).ShouldBe((HttpStatusCode.UnprocessableEntity, "grounds-name-person"));
        problem.ToString().ShouldContain("无需写明证件号码");
        problem.ToString().ShouldNotContain(Number);
        await journey.ObjectAsync("association", entry.Id);
    }

    [Fact]
    public async Task A_query_number_a_unit_a_document_of_a_feature_and_names_of_alliances_and_partners_hold_none()
    {
        await ShouldRefuseAsync("finance.officer", "/api/matters", "matter-names-person", "/queryNumber", new
        {
            kind = "Trading",
            reference = "任采公字〔2026〕118号",
            procedure = "资格审查",
            subject = new { kind = "LegalPerson", code = Proposals.Code("Q1") },
            decidedOn = "2026-11-24",
            queryNumber = Number,
        });
        await ShouldRefuseAsync("tax.officer", "/api/oversight/progress", "text-names-person", "/figures", new
        {
            taskNo = 13,
            from = "2026-10-01",
            text = "进展",
            figures = new[] { new { name = "家次", value = 1, unit = Number } },
            cases = Array.Empty<string>(),
        });
        await ShouldRefuseAsync("development-reform.officer", "/api/departments/tax/features", "text-names-person", "/document", new
        {
            feature = "CrossRegionRequests",
            enabled = true,
            from = "2026-12-01",
            to = (string?)null,
            document = $"王五{Number}方案",
            documentNumber = "任信办〔2026〕5号",
        });
        await ShouldRefuseAsync("development-reform.officer", "/api/departments/tax/features", "number-names-person", "/documentNumber", new
        {
            feature = "CrossRegionRequests",
            enabled = true,
            from = "2026-12-01",
            to = (string?)null,
            document = "试点方案",
            documentNumber = Number,
        });
        await ShouldRefuseAsync("development-reform.officer", "/api/alliances", "text-names-person", "/name", new
        {
            name = $"王五{Number}联盟",
            document = "鲁南信盟〔2026〕1号",
            members = new[] { "枣庄市", "临沂市" },
            sharedItems = new[] { "行政处罚信息" },
            from = "2026-01-01",
        });
        await ShouldRefuseAsync("development-reform.officer", "/api/partners", "text-names-person", "/name", new
        {
            clientId = "bank.system",
            name = $"王五{Number}银行",
            kind = "FinancialInstitution",
            items = new[] { "penalties" },
        });
    }

    private async Task ShouldRefuseAsync(string user, string path, string code, string pointer, object body)
    {
        var (status, problem) = await PostAsync(user, path, body);
        status.ShouldBe(HttpStatusCode.UnprocessableEntity, problem.ToString());
        problem.GetProperty("errors").EnumerateArray().Select(error => (error.GetProperty("code").GetString(), error.GetProperty("pointer").GetString()))
            .ShouldContain((code, pointer), path);
    }

    private static string Codes(JsonElement problem) => string.Join(',', problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("code").GetString()));

    private async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(string user, string path, object body)
    {
        using var client = await host.AsAsync(user);
        using var answer = await client.PostAsJsonAsync(path, body);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }
}
