using System.Net;
using Credit.Core.Tests.Enforcement;
using Credit.Core.Tests.Listing;
using Credit.Core.Tests.Records;
using Credit.Domain.Policy;
using Credit.Testing;

namespace Credit.Core.Tests.Sharing;

/// <summary>
/// At one instant every channel shows what its own rule says of the same state: checks, credit reports and the city every entry in
/// force, the public set and partners those of them that are published, and all of them list, last day and verification alike.
/// </summary>
public sealed class ChannelAgreementTests(HostFixture host) : IClassFixture<HostFixture>
{
    private static readonly string[] Marks = ["G30", "G31", "G32", "G33", "G34", "G35", "G36", "G37", "G38", "G39", "G3A"];

    private readonly TaskJourney _register = new(host);
    private readonly Channels _channels = new(host, Marks);

    private EntryJourney Entries => _register.Entries;

    [Fact]
    [Trait("Invariant", "I73")]
    public async Task All_channels_agree_at_the_same_instant()
    {
        (await new RecordJourney(host).PostAsync("development-reform.officer", "/api/partners", new { clientId = "bank.system", name = "某银行", kind = "FinancialInstitution", items = new[] { "list-entries" } }))
            .Status.ShouldBe(HttpStatusCode.Created);
        await InForceAsync("G30", "Black", "2029-11-23");
        var verified = await InForceAsync("G31", "Black", "2029-11-23");
        var leaving = await InForceAsync("G32", "Black", "2029-11-23");
        await InForceAsync("G33", "Red", "2028-11-23");
        await InForceAsync("G34", "Black", "2026-11-24");
        await Entries.InForceAsync("tax", Proposals.Black(Proposals.Code("G35")).With(("publishable", false), ("unpublishableReason", "涉及国家秘密")));
        var notChosen = await InForceAsync("G36", "Watch", "2027-11-23");
        var chosen = await InForceAsync("G37", "Watch", "2027-11-23");
        await Entries.ProposeAsync("tax.officer", Proposals.Black(Proposals.Code("G38")));
        var waiting = await Entries.ProposeAsync("tax.officer", Proposals.Black(Proposals.Code("G39")));
        (await Entries.MoveAsync("tax.approver", waiting, "recognition", new { watchMonthsAfterExit = 12 })).Status.ShouldBe(HttpStatusCode.OK);
        await InForceAsync("G3A", "Red", "2026-11-24");
        chosen = await ChooseAsync(chosen, shown: true);

        Shown[] atFirst =
        [
            new("G30", "Black", "2029-11-23"), new("G31", "Black", "2029-11-23"), new("G32", "Black", "2029-11-23"), new("G33", "Red", "2028-11-23"), new("G34", "Black", "2026-11-24"),
            new("G35", "Black", "2029-11-23"), new("G36", "Watch", "2027-11-23"), new("G37", "Watch", "2027-11-23"), new("G3A", "Red", "2026-11-24"),
        ];
        await AgreeAsync("as reported", atFirst, hidden: ["G35", "G36"]);

        var objection = await _register.AcceptedObjectionAsync("association", verified.Id);
        (await Entries.MoveAsync("tax.approver", leaving, "exit", new { reason = "StandardChanged", explanation = "已修订。" })).Status.ShouldBe(HttpStatusCode.OK);
        await ChooseAsync(notChosen, shown: true);
        await ChooseAsync(chosen, shown: false);
        Shown[] moved =
        [
            .. atFirst.Where(each => each.Mark is not ("G31" or "G32")), new("G31", "Black", "2029-11-23", Verifying: true), new("G32", "Watch", "2027-11-24"),
        ];
        await AgreeAsync("one verified, one gone, one watch entry shown and one hidden", moved, hidden: ["G32", "G35", "G37"]);

        var midnight = CivilClock.StartOf(new DateOnly(2026, 11, 25));
        TurnTo(midnight.AddSeconds(-1));
        await AgreeAsync("the last second of a last day", moved, hidden: ["G32", "G35", "G37"]);

        TurnTo(midnight);
        Shown[] after = [.. moved.Where(each => each.Mark is not ("G34" or "G3A"))];
        await AgreeAsync("midnight, before anything ran", after, hidden: ["G32", "G35", "G37"]);

        await host.SweepAsync();
        after = [.. after, new("G34", "Watch", "2027-11-25")];
        await AgreeAsync("after the sweep the watch entry follows", after, hidden: ["G32", "G34", "G35", "G37"]);

        (await _register.OnObjectionAsync("tax.reviewer", objection, "conclusion", new { conclusion = "Corrected", finding = "更正有效期。", correctedValidTo = "2026-12-31" })).Status.ShouldBe(HttpStatusCode.OK);
        after = [.. after.Where(each => each.Mark != "G31"), new("G31", "Black", "2026-12-31")];
        await AgreeAsync("corrected to a shorter term", after, hidden: ["G32", "G34", "G35", "G37"]);

        TurnTo(CivilClock.StartOf(new DateOnly(2027, 1, 1)));
        await AgreeAsync("the corrected term is over, before anything ran", [.. after.Where(each => each.Mark != "G31")], hidden: ["G32", "G34", "G35", "G37"]);
    }

    private async Task AgreeAsync(string when, IReadOnlyList<Shown> inForce, string[] hidden)
    {
        await host.SettleAsync();
        var (all, shown) = (Channels.Sorted(inForce), Channels.Sorted(inForce.Where(each => !hidden.Contains(each.Mark))));
        shown.Count.ShouldBeInRange(2, all.Count - 2, "or the comparison would show nothing");
        (await _channels.CheckAsync()).ShouldBe(all, $"checks, {when}");
        (await _channels.ReportAsync()).ShouldBe(all, $"reports of a department, {when}");
        (await _channels.OwnReportAsync()).ShouldBe(all, $"reports of the subjects, {when}");
        (await _channels.CityAsync(host.Clock.Today())).ShouldBe(all, $"the city, {when}");
        (await _channels.PublicAsync()).ShouldBe(shown, $"the public set, {when}");
        (await _channels.PartnerAsync()).ShouldBe(shown, $"partners, {when}");
    }

    private void TurnTo(DateTimeOffset instant)
    {
        host.Clock.SetUtcNow(instant);
        host.ForgetTokens();
    }

    private Task<EntryAnswer> InForceAsync(string mark, string list, string validTo) => Entries.InForceAsync("tax", list switch
    {
        "Black" => Proposals.Black(Proposals.Code(mark), validTo),
        "Red" => Proposals.Red(Proposals.Code(mark)).With(("domain", "税收征管"), ("validTo", validTo)),
        _ => Proposals.Watch(Proposals.Code(mark)).With(("validTo", validTo)),
    });

    private async Task<EntryAnswer> ChooseAsync(EntryAnswer entry, bool shown)
    {
        var chosen = await Entries.PutAsync("tax.approver", $"/api/entries/{entry.Id}/publication-choice", entry.Version, new { shown, reason = "涉及公共安全" });
        chosen.Status.ShouldBe(HttpStatusCode.OK, chosen.Body);
        return chosen.Entry;
    }
}
