using System.Net;
using Credit.Core.Tests.Listing;
using Credit.Testing;

namespace Credit.Core.Tests.Incentives;

/// <summary>Who is accepted with missing papers, and with which.</summary>
public sealed class AcceptanceTests(HostFixture host) : IClassFixture<HostFixture>
{
    private const string Path = "/api/incentives/acceptances";

    private readonly IncentiveJourney _journey = new(host);

    [Theory]
    [InlineData("A00", "2023-11-23", true)]
    [InlineData("A01", "2023-11-24", true)]
    [InlineData("A02", "2023-11-25", false)]
    [InlineData("A03", null, true)]
    [Trait("Requirement", "R-3.3.2.b")]
    [Trait("Invariant", "I50")]
    public async Task A_negative_record_of_three_years_and_a_day_ago_leaves_the_green_channel_open_and_one_of_three_years_less_a_day_closes_it(string mark, string? formed, bool open)
    {
        var code = Proposals.Code(mark);
        await _journey.RegisteredAsync(code, formed is null ? null : DateOnly.Parse(formed, null));
        var body = IncentiveJourney.Acceptance(code, await _journey.CommittedAsync(code));

        var answer = await _journey.PostAsync("market-supervision.officer", Path, body);

        answer.Status.ShouldBe(open ? HttpStatusCode.Created : HttpStatusCode.Conflict, answer.Body);
        answer.Body.Contains("green-channel-closed").ShouldBe(!open);
    }

    [Fact]
    [Trait("Requirement", "R-3.3.2.b")]
    [Trait("Invariant", "I49")]
    public async Task An_exemplar_is_accepted_whatever_its_record_and_a_red_entry_alone_is_no_exemplar()
    {
        var exemplar = Proposals.Code("A10");
        await _journey.RegisteredAsync(exemplar, new(2025, 1, 1));
        await _journey.ExemplarAsync(IncentiveJourney.Company(exemplar), published: false);
        (await _journey.AcceptedAsync(exemplar)).GetProperty("basis").GetString().ShouldBe("Exemplar");

        var red = Proposals.Code("A11");
        await _journey.RegisteredAsync(red, new(2025, 1, 1));
        await _journey.Register.Entries.InForceAsync("market-supervision", Proposals.Red(red));
        (await _journey.RefusedAsync("market-supervision.officer", Path, IncentiveJourney.Acceptance(red, await _journey.CommittedAsync(red)))).Codes.ShouldBe(["green-channel-closed"]);
    }

    [Fact]
    [Trait("Requirement", "R-3.3.2.c")]
    [Trait("Invariant", "I51")]
    public async Task A_paper_that_law_requires_is_never_missing_and_without_commitment_or_with_too_long_a_term_nothing_is_accepted()
    {
        var code = Proposals.Code("A20");
        var other = Proposals.Code("A21");
        var commitment = await _journey.CommittedAsync(code);
        (object Body, HttpStatusCode Status, string Code)[] wrong =
        [
            (IncentiveJourney.Acceptance(code, commitment, null, new { title = "营业执照", requiredBy = "食品经营许可管理办法第十二条", missing = true }), HttpStatusCode.UnprocessableEntity, "paper-never-deferrable"),
            (IncentiveJourney.Acceptance(code, commitment, null, new { title = "场所平面图", missing = false }), HttpStatusCode.UnprocessableEntity, "nothing-missing"),
            (IncentiveJourney.Acceptance(code, Guid.CreateVersion7()), HttpStatusCode.UnprocessableEntity, "commitment-not-fit"),
            (IncentiveJourney.Acceptance(code, await _journey.CommittedAsync(other)), HttpStatusCode.UnprocessableEntity, "commitment-not-fit"),
            (IncentiveJourney.Acceptance(code, await _journey.CommittedAsync(code, "finance.officer")), HttpStatusCode.UnprocessableEntity, "commitment-not-fit"),
            (IncentiveJourney.Acceptance(code, commitment, 31), HttpStatusCode.UnprocessableEntity, "supply-term-invalid"),
            (IncentiveJourney.Acceptance(code, commitment, 0), HttpStatusCode.UnprocessableEntity, "supply-term-invalid"),
        ];
        foreach (var (body, status, reason) in wrong)
        {
            var refused = await _journey.RefusedAsync("market-supervision.officer", Path, body);
            (refused.Status, refused.Codes.Single()).ShouldBe((status, reason));
        }

        var accepted = await _journey.DoneAsync("market-supervision.officer", Path, IncentiveJourney.Acceptance(code, commitment));
        accepted.GetProperty("due").GetString().ShouldBe("2026-12-08", "ten working days of the policy pack");
        (await _journey.RefusedAsync("market-supervision.officer", Path, IncentiveJourney.Acceptance(code, commitment))).Codes.ShouldBe(["commitment-not-fit"], "one commitment, one acceptance");
        var id = accepted.GetProperty("id").GetGuid();
        using var stranger = await host.AsAsync("finance.officer");
        (await stranger.GetAsync($"{Path}/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var subject = await host.AsAsync(HostFixture.AccountOf(accepted.GetProperty("subjectId").GetGuid()));
        (await subject.GetAsync($"{Path}/{id}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await _journey.OfficialAsync("market-supervision.officer", $"TolerantAcceptances?$filter=Id eq {id}")).ShouldHaveSingleItem();
        (await _journey.OfficialAsync("finance.officer", $"TolerantAcceptances?$filter=Id eq {id}")).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Requirement", "R-3.3.2.c")]
    public async Task Two_acceptances_on_one_commitment_at_once_leave_one()
    {
        var code = Proposals.Code("A30");
        await _journey.RegisteredAsync(code);
        var commitment = await _journey.CommittedAsync(code);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => _journey.PostAsync("market-supervision.officer", Path, IncentiveJourney.Acceptance(code, commitment))));

        answers.Count(answer => answer.Status == HttpStatusCode.Created).ShouldBe(1);
        answers.Where(answer => answer.Status != HttpStatusCode.Created).ShouldAllBe(answer => answer.Body.Contains("commitment-not-fit"));
    }
}
