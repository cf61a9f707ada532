using System.Net;
using Credit.Core.Tests.Listing;
using Credit.Testing;

namespace Credit.Core.Tests.Oversight;

/// <summary>Features switched for one department, by a document and for its days. The clock is the class's own.</summary>
[Trait("Requirement", "R-4.2")]
public sealed class PilotTests(HostFixture host) : IClassFixture<HostFixture>
{
    private const string Requests = "/api/cross-region-requests";
    private readonly OversightDesk _desk = new(host);

    [Fact]
    public async Task A_pilot_rests_on_a_document_the_latest_decides_and_other_departments_and_features_stay_as_they_are()
    {
        Stand(HostFixture.Start);
        var request = await RequestAsync("tax", "R5");
        var others = await RequestAsync("market-supervision", "R6");
        var body = Switch("2026-11-24", "2026-11-24");
        (await _desk.PostAsync("tax.approver", "/api/departments/tax/features", body)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await _desk.PostAsync("development-reform.officer", "/api/departments/tax/features", body.With(("documentNumber", "")))).Body.ShouldContain("pilot-without-document");
        (await _desk.PostAsync("development-reform.officer", "/api/departments/nobody/features", body)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await FileAsync("tax.officer")).ShouldNotContain("feature-off");

        _ = await _desk.DoneAsync("development-reform.officer", "/api/departments/tax/features", body);

        var off = await _desk.PostAsync("tax.officer", Requests, request);
        off.Status.ShouldBe(HttpStatusCode.Conflict);
        off.Body.ShouldContain("任信办〔2026〕5号");
        (await _desk.PostAsync("market-supervision.officer", Requests, others)).Status.ShouldBe(HttpStatusCode.Created, "another department keeps the feature");
        (await FileAsync("tax.officer")).ShouldNotContain("feature-off", Case.Sensitive, "another feature of the department stays on");
        _ = await _desk.DoneAsync("development-reform.officer", "/api/departments/tax/features", body.With(("enabled", true), ("documentNumber", "任信办〔2026〕6号")));
        (await _desk.PostAsync("tax.officer", Requests, request)).Status.ShouldBe(HttpStatusCode.Created, "the latest decision counts");
        _ = await _desk.DoneAsync("development-reform.officer", "/api/departments/tax/features", body.With(("feature", "ListEntryFiles"), ("to", null)));
        (await FileAsync("tax.officer")).ShouldContain("feature-off");
        (await FileAsync("finance.officer")).ShouldNotContain("feature-off", Case.Sensitive, "another department keeps the feature");
        (await _desk.ListAsync("finance.officer", "/odata/official/DepartmentFeatures?$filter=Department eq 'tax'")).Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_switch_holds_from_the_first_moment_of_its_first_day_to_the_last_of_its_last_and_ends_by_itself()
    {
        Stand(HostFixture.Start);
        var request = await RequestAsync("ecology", "R7");
        _ = await _desk.DoneAsync("development-reform.officer", "/api/departments/ecology/features", Switch("2026-11-25", "2026-11-26"));

        Stand(At(25).AddTicks(-1));
        (await _desk.PostAsync("ecology.officer", Requests, request)).Status.ShouldBe(HttpStatusCode.Created, "the evening before");
        Stand(At(25));
        (await _desk.PostAsync("ecology.officer", Requests, request)).Body.ShouldContain("feature-off");
        Stand(At(27).AddTicks(-1));
        (await _desk.PostAsync("ecology.officer", Requests, request)).Body.ShouldContain("feature-off", Case.Sensitive, "the last day");
        Stand(At(27));
        (await _desk.PostAsync("ecology.officer", Requests, request)).Status.ShouldBe(HttpStatusCode.Created, "over, and nothing had to run");
    }

    private static DateTimeOffset At(int day) => new(2026, 11, day, 0, 0, 0, TimeSpan.FromHours(8));

    private static object Switch(string from, string to) =>
        new { feature = "CrossRegionRequests", enabled = false, from, to, document = "跨区域试点方案", documentNumber = "任信办〔2026〕5号" };

    private void Stand(DateTimeOffset instant)
    {
        host.Clock.AdjustTime(instant);
        host.ForgetTokens();
    }

    private async Task<object> RequestAsync(string department, string mark)
    {
        var entry = await _desk.Register.Entries.InForceAsync(department, Proposals.Black(Proposals.Code(mark)));
        return new { kind = "Punishment", entryId = entry.Id, region = "370102", regionName = "济南市历下区", basis = "设有分支机构。", measures = "限制参与投标" };
    }

    private async Task<string> FileAsync(string user)
    {
        using var client = await host.AsAsync(user);
        using var form = new MultipartFormDataContent { { new StringContent("名单"), "file", "entries.csv" } };
        using var answer = await client.PostAsync("/api/intake/list-entries", form);
        return await answer.Content.ReadAsStringAsync();
    }
}
