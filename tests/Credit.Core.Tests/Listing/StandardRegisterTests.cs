using System.Net;
using System.Text.Json;
using Credit.Core.Tests.Enforcement;
using Credit.Core.Tests.Subjects;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Listing;

/// <summary>Standards that no module declares: registered by two persons of the lead office, edition by edition, and the only ones an entry is recognised on.</summary>
[Trait("Requirement", "R-3.2.1.a")]
public sealed class StandardRegisterTests(HostFixture host) : IClassFixture<HostFixture>
{
    private const string Officer = "development-reform.officer";
    private const string Approver = "development-reform.approver";

    private readonly TaskJourney _register = new(host);

    private EntryJourney Entries => _register.Entries;

    [Fact]
    [Trait("Invariant", "I14")]
    public async Task An_entry_is_recognised_on_a_registered_standard_only_and_keeps_the_edition()
    {
        var proposal = Proposals.Black(Proposals.Code("T10")).With(("standard", "样本名单管理办法"));
        var entry = await Entries.ProposeAsync("tax.officer", proposal);
        (await RecogniseAsync(entry)).ShouldBeRefused(HttpStatusCode.UnprocessableEntity, "standard-unknown");

        var id = await ProposedAsync(Draft("样本名单管理办法", "2026-11-24"));
        (await RecogniseAsync(entry)).ShouldBeRefused(HttpStatusCode.UnprocessableEntity, "standard-unknown");
        (await DecideAsync(Approver, id)).Status.ShouldBe(HttpStatusCode.OK);
        var early = await Entries.MoveAsync("tax.approver", entry, "recognition", new { watchMonthsAfterExit = 12, recognisedOn = "2026-11-23" });
        early.ShouldBeRefused(HttpStatusCode.UnprocessableEntity, "standard-not-in-force");

        var recognised = await RecogniseAsync(entry);

        recognised.Status.ShouldBe(HttpStatusCode.OK, recognised.Body);
        (await _register.ReadAsync(db => db.Entries.Where(each => each.Id == entry.Id).Select(each => each.StandardFrom).SingleAsync())).ShouldBe(new DateOnly(2026, 11, 24));
        foreach (var (member, value) in new (string, object)[] { ("list", "Watch"), ("domain", "政府采购"), ("standardLevel", "Provincial") })
        {
            var other = Proposals.Watch(Proposals.Code("T11")).With(("list", "Black"), ("watchReason", null), ("minorOffences", null), ("standard", "样本名单管理办法"), ("standardApproval", "鲁政字〔2026〕1号"))
                .With((member, value), ("watchReason", value is "Watch" ? "RepeatedMinor" : null), ("minorOffences", value is "Watch" ? 3 : null));
            (await RecogniseAsync(await Entries.ProposeAsync("tax.officer", other))).ShouldBeRefused(HttpStatusCode.UnprocessableEntity, "standard-unknown");
        }
    }

    [Fact]
    [Trait("Invariant", "I14")]
    public async Task A_standard_that_ended_or_a_term_longer_than_its_longest_is_refused()
    {
        await RegisteredAsync(Draft("样本终止办法", "2020-01-01").With(("lastDay", "2026-11-23")));
        await RegisteredAsync(Draft("样本期限办法", "2020-01-01").With(("longestTermInMonths", 12), ("domain", null)));

        (await RecogniseAsync(await Entries.ProposeAsync("tax.officer", Proposals.Black(Proposals.Code("T20")).With(("standard", "样本终止办法")))))
            .ShouldBeRefused(HttpStatusCode.UnprocessableEntity, "standard-not-in-force");
        (await RecogniseAsync(await Entries.ProposeAsync("tax.officer", Proposals.Black(Proposals.Code("T21")).With(("standard", "样本期限办法")))))
            .ShouldBeRefused(HttpStatusCode.UnprocessableEntity, "term-too-long");
        var fits = await RecogniseAsync(await Entries.ProposeAsync("tax.officer", Proposals.Black(Proposals.Code("T22"), "2027-11-24").With(("standard", "样本期限办法"))));
        fits.Status.ShouldBe(HttpStatusCode.OK, fits.Body);
    }

    [Fact]
    [Trait("Invariant", "I93")]
    public async Task A_later_edition_takes_over_on_its_day_and_nothing_in_force_is_overwritten()
    {
        var first = await RegisteredAsync(Draft("样本修订办法", "2020-01-01"));
        (await TryProposeAsync(Officer, Draft("样本修订办法", "2026-11-23"))).ShouldBeRefused(HttpStatusCode.UnprocessableEntity, "standard-overwrites");
        (await TryProposeAsync(Officer, Draft("样本修订办法", "2020-01-01"))).ShouldBeRefused(HttpStatusCode.UnprocessableEntity, "standard-overwrites");
        var second = await ProposedAsync(Draft("样本修订办法", "2026-12-01").With(("documentNumber", "样本〔2026〕2号"), ("lastDay", "2026-12-31")));
        (await TryProposeAsync(Officer, Draft("样本修订办法", "2026-12-02"))).ShouldBeRefused(HttpStatusCode.Conflict, "standard-pending");
        (await DecideAsync(Approver, second)).Status.ShouldBe(HttpStatusCode.OK);
        (await DecideAsync(Approver, first, version: 2)).ShouldBeRefused(HttpStatusCode.Conflict, "state-does-not-allow");

        var old = await RecogniseAsync(await Entries.ProposeAsync("tax.officer", Proposals.Black(Proposals.Code("T30")).With(("standard", "样本修订办法"))));
        (await StandardFromAsync(old.Entry.Id)).ShouldBe(new DateOnly(2020, 1, 1), "the later one is not in force yet");
        using var anyone = host.Anonymous();
        (await Entries.ListAsync(anyone, "/odata/public/Standards?$filter=Title eq '样本修订办法'&$orderby=Edition"))
            .Select(row => (row.GetProperty("Edition").GetInt32(), row.GetProperty("FirstDay").GetString(), row.GetProperty("DocumentNumber").GetString()))
            .ShouldBe([(1, "2020-01-01", "样本〔2020〕1号"), (2, "2026-12-01", "样本〔2026〕2号")]);
        (await host.TryAsync($"UPDATE core.recognition_standard SET first_day = '2019-01-01' WHERE id = '{first}'")).State.ShouldBe("23514");
        (await host.TryAsync($"DELETE FROM core.recognition_standard WHERE id = '{first}'")).State.ShouldBe("23514");
    }

    [Fact]
    [Trait("Invariant", "I84")]
    public async Task Two_persons_of_the_lead_office_register_it_and_a_refused_one_is_never_public()
    {
        (await TryProposeAsync("tax.officer", Draft("样本他人办法", "2026-11-24"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        var own = await ProposedAsync(Draft("样本自决办法", "2026-11-24"), Approver);
        (await _register.DeskAsync(own)).ShouldBe(("development-reform", true));
        (await DecideAsync(Approver, own)).ShouldBeRefused(HttpStatusCode.Forbidden, "four-eyes");
        (await DecideAsync("tax.approver", own)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await DecideAsync("development-reform.reviewer", own, finding: " ")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await DecideAsync("development-reform.reviewer", own, version: 9)).Status.ShouldBe(HttpStatusCode.PreconditionFailed);

        (await DecideAsync("development-reform.reviewer", own, register: false)).Status.ShouldBe(HttpStatusCode.OK);

        (await _register.DeskAsync(own)).ShouldBe(("development-reform", false));
        using var anyone = host.Anonymous();
        (await Entries.ListAsync(anyone, "/odata/public/Standards?$filter=Title eq '样本自决办法'")).ShouldBeEmpty();
        using var tax = await host.AsAsync("tax.officer");
        (await Entries.ListAsync(tax, "/odata/official/Standards?$filter=Title eq '样本自决办法'")).ShouldHaveSingleItem().GetProperty("State").GetString().ShouldBe("Refused");
        using var read = await tax.GetAsync(new Uri($"/api/standards/{own}", UriKind.Relative));
        (read.StatusCode, read.Headers.ETag?.Tag).ShouldBe((HttpStatusCode.OK, "\"v2\""));
    }

    [Theory]
    [InlineData("title", " ", "standard-incomplete")]
    [InlineData("documentNumber", "", "standard-incomplete")]
    [InlineData("level", "District", "standard-level")]
    [InlineData("level", "Provincial", "standard-approval-missing")]
    [InlineData("lastDay", "2026-11-23", "standard-days")]
    [InlineData("longestTermInMonths", 0, "standard-term")]
    [InlineData("domain", " ", "domain-missing")]
    [InlineData("title", "关于370811199001010014的办法", "text-names-person")]
    public async Task A_standard_states_what_entries_are_held_against(string member, object value, string code) =>
        (await TryProposeAsync(Officer, Draft("样本残缺办法", "2026-11-24").With((member, value)))).ShouldBeRefused(HttpStatusCode.UnprocessableEntity, code);

    private static object Draft(string title, string firstDay) =>
        new { title, documentNumber = "样本〔2020〕1号", level = "National", list = "Black", domain = "税收征管", firstDay };

    private Task<MoveAnswer> RecogniseAsync(EntryAnswer entry) => Entries.MoveAsync("tax.approver", entry, "recognition", new { watchMonthsAfterExit = 12 });

    private Task<DateOnly?> StandardFromAsync(Guid id) => _register.ReadAsync(db => db.Entries.Where(each => each.Id == id).Select(each => each.StandardFrom).SingleAsync());

    private Task<MoveAnswer> TryProposeAsync(string user, object draft) => Entries.PostAsync(user, "/api/standards", 0, draft);

    private async Task<Guid> ProposedAsync(object draft, string user = Officer)
    {
        var answer = await TryProposeAsync(user, draft);
        answer.Status.ShouldBe(HttpStatusCode.Created, answer.Body);
        return JsonSerializer.Deserialize<JsonElement>(answer.Body).GetProperty("id").GetGuid();
    }

    private async Task<Guid> RegisteredAsync(object draft)
    {
        var id = await ProposedAsync(draft);
        (await DecideAsync(Approver, id)).Status.ShouldBe(HttpStatusCode.OK);
        return id;
    }

    private Task<MoveAnswer> DecideAsync(string user, Guid id, int version = 1, bool register = true, string finding = "与公布的文件一致。") =>
        Entries.PostAsync(user, $"/api/standards/{id}/decision", version, new { register, finding });
}
