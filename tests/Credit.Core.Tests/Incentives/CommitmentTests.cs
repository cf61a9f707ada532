using System.Net;
using Credit.Core.Tests.Listing;
using Credit.Core.Tests.Records;
using Credit.Domain.Records;
using Credit.Testing;

namespace Credit.Core.Tests.Incentives;

/// <summary>Commitments: made, shown, kept and broken.</summary>
public sealed class CommitmentTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly IncentiveJourney _journey = new(host);

    [Theory]
    [InlineData("C00", "Comprehensive", true)]
    [InlineData("C01", "ProductQuality", true)]
    [InlineData("C02", "StandardDeclaration", true)]
    [InlineData("C03", "MissingPapers", false)]
    [InlineData("C04", "Repair", false)]
    [Trait("Requirement", "R-3.3.1.d")]
    [Trait("Requirement", "R-3.1.6.b")]
    public async Task A_subject_makes_each_kind_and_the_public_sees_what_enterprises_publish(string mark, string kind, bool shown)
    {
        var code = Proposals.Code(mark);
        var subject = await _journey.RegisteredAsync(code);

        var made = await _journey.DoneAsync(HostFixture.AccountOf(subject), "/api/commitments", new { department = "market-supervision", kind, text = "依法诚信经营。" });

        made.GetProperty("bySubject").GetBoolean().ShouldBeTrue();
        var id = made.GetProperty("id").GetGuid();
        var seen = await _journey.PublicAsync($"Commitments?$filter=SubjectCode eq '{code}'");
        seen.Select(each => each.GetProperty("Id").GetGuid()).ShouldBe(shown ? [id] : []);
        (await _journey.OfficialAsync("market-supervision.officer", $"Commitments?$filter=Id eq {id}")).ShouldHaveSingleItem();
        (await _journey.OfficialAsync("finance.officer", $"Commitments?$filter=Id eq {id}")).Count.ShouldBe(shown ? 1 : 0);
        using var stranger = await host.AsAsync("finance.officer");
        (await stranger.GetAsync($"/api/commitments/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    [Trait("Requirement", "R-3.3.1.d")]
    [Trait("Invariant", "I51")]
    [Trait("Invariant", "I90")]
    public async Task A_breach_is_found_by_an_approver_of_the_department_and_forms_one_record_and_is_shown_for_its_term()
    {
        var code = Proposals.Code("C10");
        var subject = await _journey.RegisteredAsync(code);
        var made = await _journey.DoneAsync(HostFixture.AccountOf(subject), "/api/commitments", new { department = "market-supervision", kind = "ProductQuality", text = "产品批批检验。" });
        var path = $"/api/commitments/{made.GetProperty("id").GetGuid()}/breach";
        (await _journey.PostAsync("finance.approver", path, new { finding = "抽检不合格。" })).Status.ShouldBe(HttpStatusCode.NotFound);
        (await _journey.PostAsync("market-supervision.officer", path, new { finding = "抽检不合格。" })).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await _journey.RefusedAsync("market-supervision.approver", path, new { finding = "联系人 13805370001" })).Codes.ShouldBe(["text-names-person"]);
        (await _journey.PostAsync("market-supervision.approver", path, new { finding = "抽检不合格。" }, 7)).Status.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await _journey.RecordsAsync(subject)).ShouldBeEmpty();

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _journey.PostAsync("market-supervision.approver", path, new { finding = "抽检不合格。" })));

        answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
        var record = (await _journey.RecordsAsync(subject)).ShouldHaveSingleItem();
        record.Text.ShouldBe("违反产品服务质量专项承诺: 抽检不合格。");
        record.ShouldSayWhereItCameFrom(RecordOrigin.Platform, "commitments");
        record.BatchId.ShouldBe(PlatformBatch.Of("market-supervision", new(2026, 11, 24)));
        var query = $"Commitments?$filter=SubjectCode eq '{code}'";
        var shown = (await _journey.PublicAsync(query)).ShouldHaveSingleItem();
        (shown.GetProperty("State").GetString(), shown.GetProperty("PublicUntil").GetString()).ShouldBe(("Broken", "2027-11-24"));
        (await _journey.PublicAsync($"Commitments?$filter=SubjectCode eq '{code}' and State eq 'Made'")).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Requirement", "R-3.3.1.d")]
    public async Task A_person_shows_its_surname_only_and_personal_numbers_and_unknown_departments_are_refused()
    {
        var made = await _journey.DoneAsync(
            "market-supervision.officer", "/api/recorded-commitments", new { subject = IncentiveJourney.Someone(), kind = "Comprehensive", text = "张某某承诺诚信经营。" });
        var shown = (await _journey.PublicAsync("Commitments?$filter=SubjectKind eq 'NaturalPerson'")).ShouldHaveSingleItem();
        (shown.GetProperty("SubjectName").GetString(), shown.GetProperty("Text").GetString()).ShouldBe(("张＊", "张＊承诺诚信经营。"));
        shown.GetRawText().ShouldNotContain(IncentiveJourney.Person);
        var user = HostFixture.AccountOf(made.GetProperty("subjectId").GetGuid());
        (await _journey.RefusedAsync(user, "/api/commitments", new { department = "nowhere", kind = "Comprehensive", text = "电话13805370001" })).Codes
            .ShouldBe(["department-unknown", "text-names-person"], ignoreOrder: true);
        (await _journey.PostAsync("tax.officer", "/api/commitments", new { department = "tax", kind = "Comprehensive", text = "承诺" })).Status.ShouldBe(HttpStatusCode.NotFound);
    }
}
