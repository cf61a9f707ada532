using System.Net;
using Credit.Core.Tests.Listing;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Incentives;

/// <summary>What becomes of owed papers with time.</summary>
public sealed class AcceptanceTermTests(HostFixture host) : IClassFixture<HostFixture>
{
    private readonly IncentiveJourney _journey = new(host);

    [Fact]
    [Trait("Requirement", "R-3.3.2.c")]
    [Trait("Invariant", "I51")]
    public async Task Papers_count_on_the_last_day_and_after_it_the_acceptance_is_revoked_and_the_breach_is_one_record()
    {
        var inTime = Proposals.Code("B00");
        var late = Proposals.Code("B01");
        await _journey.RegisteredAsync(inTime);
        var subject = await _journey.RegisteredAsync(late);
        var completing = await _journey.AcceptedAsync(inTime, 3);
        var owing = await _journey.AcceptedAsync(late, 3);
        var due = DateOnly.Parse(owing.GetProperty("due").GetString()!, null);

        GoTo(due);
        await host.SweepAsync();
        var supplied = await SupplyAsync(completing);
        supplied.Status.ShouldBe(HttpStatusCode.OK, supplied.Body);
        supplied.Body.ShouldContain("\"Completed\"");
        (await CommitmentStateAsync(completing)).ShouldBe("Kept");
        (await StateAsync(owing)).ShouldBe("Accepted", "the last day still counts");

        GoTo(due.AddDays(1));
        var tooLate = await SupplyAsync(owing);
        (tooLate.Status, tooLate.Body.Contains("supply-too-late")).ShouldBe((HttpStatusCode.Conflict, true), "whether or not the clockwork ran");
        await host.SweepAsync();
        await host.SweepAsync();

        (await StateAsync(owing)).ShouldBe("Revoked");
        (await CommitmentStateAsync(owing)).ShouldBe("Broken");
        var record = (await _journey.RecordsAsync(subject)).ShouldHaveSingleItem();
        (record.Kind, record.Negative, record.Provider, record.FormedOn).ShouldBe((Domain.Records.RecordKind.Commitment, true, "market-supervision", due.AddDays(1)));
        record.SourceId.ShouldBe(owing.GetProperty("commitmentId").GetGuid());
        (await StateAsync(completing)).ShouldBe("Completed");
        (await _journey.RecordsAsync(completing.GetProperty("subjectId").GetGuid())).ShouldBeEmpty();
        (await SupplyAsync(owing)).Status.ShouldBeOneOf(HttpStatusCode.Conflict, HttpStatusCode.PreconditionFailed);
        var again = await _journey.RefusedAsync("market-supervision.officer", "/api/incentives/acceptances", IncentiveJourney.Acceptance(late, await _journey.CommittedAsync(late)));
        again.Codes.ShouldBe(["green-channel-closed"], "the breach is a negative record");
    }

    [Fact]
    [Trait("Requirement", "R-3.3.2.c")]
    public async Task The_commitment_of_an_acceptance_is_not_found_broken_by_itself()
    {
        var code = Proposals.Code("B10");
        await _journey.RegisteredAsync(code);
        var accepted = await _journey.AcceptedAsync(code);

        (await _journey.RefusedAsync("market-supervision.approver", $"/api/commitments/{accepted.GetProperty("commitmentId").GetGuid()}/breach", new { finding = "未补齐" }))
            .ShouldSatisfyAllConditions(refused => refused.Status.ShouldBe(HttpStatusCode.Conflict), refused => refused.Codes.ShouldBe(["commitment-of-acceptance"]));
    }

    private void GoTo(DateOnly day)
    {
        host.Clock.SetUtcNow(new DateTimeOffset(day, new TimeOnly(2, 0), TimeSpan.Zero));
        host.ForgetTokens();
    }

    private async Task<MoveAnswer> SupplyAsync(System.Text.Json.JsonElement acceptance)
    {
        var paper = acceptance.GetProperty("papers").EnumerateArray().Single(each => each.GetProperty("missing").GetBoolean()).GetProperty("id").GetGuid();
        return await _journey.PostAsync("market-supervision.officer", $"/api/incentives/acceptances/{acceptance.GetProperty("id").GetGuid()}/papers", new { paperId = paper });
    }

    private async Task<string?> StateAsync(System.Text.Json.JsonElement acceptance) =>
        (await _journey.ReadAsync("market-supervision.officer", $"/api/incentives/acceptances/{acceptance.GetProperty("id").GetGuid()}")).GetProperty("state").GetString();

    private async Task<string?> CommitmentStateAsync(System.Text.Json.JsonElement acceptance) =>
        (await _journey.ReadAsync("market-supervision.officer", $"/api/commitments/{acceptance.GetProperty("commitmentId").GetGuid()}")).GetProperty("state").GetString();
}
