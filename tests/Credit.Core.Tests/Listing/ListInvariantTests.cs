using System.Net;
using Credit.Core.Reference;
using Credit.Core.Tests.Enforcement;
using Credit.Domain.Listing;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Listing;

/// <summary>What holds of the lists whatever departments do, and whoever gets at the database.</summary>
public sealed class ListInvariantTests(HostFixture host) : IClassFixture<HostFixture>
{
    // The owner of the database switches the triggers off; constraints cannot be switched off that way.
    private const string TriggersOff = "SET session_replication_role = replica; ";

    private readonly EntryJourney _journey = new(host);
    private readonly TaskJourney _register = new(host);

    [Fact]
    [Trait("Invariant", "I2")]
    [Trait("Invariant", "I24")]
    [Trait("Requirement", "R-3.5.6.c")]
    public async Task A_watch_entry_of_any_department_takes_the_subject_off_every_red_list_in_the_same_transaction()
    {
        var red = await _journey.InForceAsync("market-supervision", Proposals.Red(Proposals.Code("100")));
        var other = await _journey.InForceAsync("tax", Proposals.Red(Proposals.Code("100")).With(("domain", "税收征管")));

        await ReportInVainAsync(Proposals.Watch(Proposals.Code("100"), "生态环境"));
        (await ReadAsync(red.Id)).State.ShouldBe(EntryState.Active, "a report that is refused removes nothing");

        _ = await _journey.InForceAsync("ecology", Proposals.Watch(Proposals.Code("100"), "生态环境"));

        foreach (var left in new[] { await ReadAsync(red.Id), await ReadAsync(other.Id) })
        {
            (left.State, left.ExitReason).ShouldBe((EntryState.Exited, ExitReason.Watchlisted));
        }

        (await host.TryAsync(TriggersOff + $"UPDATE core.list_entry SET state = 'Active', exited_on = NULL, exit_reason = NULL WHERE id = '{red.Id}'"))
            .ShouldBe(("23P01", "red_and_black_exclude"));
    }

    [Fact]
    [Trait("Invariant", "I2")]
    [Trait("Requirement", "R-3.2.2.e")]
    public async Task A_watched_subject_is_refused_on_a_red_list_of_any_domain()
    {
        var watch = await _journey.InForceAsync("tax", Proposals.Watch(Proposals.Code("101")));
        var red = await _journey.ProposeAsync("market-supervision.officer", Proposals.Red(Proposals.Code("101")));

        var refused = await _journey.MoveAsync("market-supervision.approver", red, "recognition", new { });

        refused.Status.ShouldBe(HttpStatusCode.Conflict);
        refused.Body.ShouldContain("red-but-watch");
        refused.Body.ShouldContain(watch.Id.ToString());
    }

    [Fact]
    [Trait("Invariant", "I4")]
    public async Task A_subject_has_one_entry_in_force_on_a_list_of_a_domain()
    {
        var first = await _journey.InForceAsync("tax", Proposals.Black(Proposals.Code("102")));
        var second = await _journey.ProposeAsync("tax.officer", Proposals.Black(Proposals.Code("102")));

        var refused = await _journey.MoveAsync("tax.approver", second, "recognition", new { watchMonthsAfterExit = 12 });

        refused.Status.ShouldBe(HttpStatusCode.Conflict);
        refused.Body.ShouldContain("entry-overlaps");
        refused.Body.ShouldContain(first.Id.ToString());
        (await host.TryAsync(TriggersOff + $"UPDATE core.list_entry SET state = 'Active', valid_from = '2026-11-24' WHERE id = '{second.Id}'"))
            .ShouldBe(("23P01", "one_entry_per_list_and_domain"));
        _ = await _journey.InForceAsync("ecology", Proposals.Black(Proposals.Code("102"), domain: "生态环境"));
    }

    [Fact]
    [Trait("Invariant", "I5")]
    public async Task A_decision_document_supports_one_entry_per_subject_and_list()
    {
        var bases = new[] { new { kind = "AdministrativeAct", text = "税收征收管理法第六十三条", documentNumber = "任税稽罚〔2026〕I5号" } };
        var first = await _journey.ProposeAsync("tax.officer", Proposals.Black(Proposals.Code("103")).With(("bases", bases)));

        var second = await _journey.TryProposeAsync("tax.officer", Proposals.Black(Proposals.Code("103"), domain: "生态环境").With(("bases", bases)));

        second.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        second.Body.ShouldContain("decision-already-used");
        second.Body.ShouldContain(first.Id.ToString());
        (await _register.ReadAsync(db => db.Entries.CountAsync(entry => entry.SubjectId == first.SubjectId))).ShouldBe(1, "the refused proposal left nothing");
        _ = await _journey.ProposeAsync("market-supervision.officer", Proposals.Red(Proposals.Code("103")).With(("bases", bases)));
        _ = await _journey.ProposeAsync("tax.officer", Proposals.Black(Proposals.Code("104")).With(("bases", bases)));
    }

    [Fact]
    [Trait("Invariant", "I8")]
    [Trait("Requirement", "R-3.5.5.f")]
    public async Task A_black_entry_closes_the_watch_entry_of_its_domain_as_upgraded_without_gap_or_overlap()
    {
        var watch = await _journey.InForceAsync("tax", Proposals.Watch(Proposals.Code("105")));
        var elsewhere = await _journey.InForceAsync("ecology", Proposals.Watch(Proposals.Code("105"), "生态环境"));

        await ReportInVainAsync(Proposals.Black(Proposals.Code("105")));
        (await ReadAsync(watch.Id)).State.ShouldBe(EntryState.Active, "a report that is refused closes nothing");

        var black = await _journey.InForceAsync("tax", Proposals.Black(Proposals.Code("105")));

        var left = await ReadAsync(watch.Id);
        (left.State, left.ExitReason).ShouldBe((EntryState.Exited, ExitReason.Upgraded));
        left.ExitedOn.ShouldBe((await ReadAsync(black.Id)).ValidFrom);
        (await ReadAsync(elsewhere.Id)).State.ShouldBe(EntryState.Active, "another domain's watch entry stays");
        (await _register.ReadAsync(db => db.Entries.CountAsync(entry => entry.PredecessorId == watch.Id && entry.List == ListKind.Watch))).ShouldBe(0);
        (await ReadAsync(black.Id)).PredecessorId.ShouldBe(watch.Id, "the new entry is linked to the one it closed");
    }

    [Fact]
    [Trait("Invariant", "I12")]
    [Trait("Requirement", "R-3.2.2.a")]
    public async Task Only_state_organs_and_authorised_bodies_recognise()
    {
        var entry = await _journey.ProposeAsync("tax.officer", Proposals.Black(Proposals.Code("106")));
        foreach (var user in new[] { "association", "subject", "auditor", "development-reform.officer", "tax.officer", "tax.system" })
        {
            (await _journey.MoveAsync(user, entry, "recognition", new { watchMonthsAfterExit = 12 })).Status.ShouldBe(HttpStatusCode.Forbidden, user);
        }

        foreach (var user in new[] { "association", "subject", "auditor", "public-resource-trading.officer" })
        {
            (await _journey.TryProposeAsync(user, Proposals.Black(Proposals.Code("107")))).Status.ShouldBe(HttpStatusCode.Forbidden, user);
        }

        (await _journey.MoveAsync("finance.approver", entry, "recognition", new { watchMonthsAfterExit = 12 })).Status.ShouldBe(HttpStatusCode.NotFound, "another department's draft");
        var recognising = DepartmentDirectory.Load().All.Where(department => department.MayRecognise).ToArray();
        recognising.ShouldNotBeEmpty();
        recognising.ShouldAllBe(department => department.Kind != BodyKind.Association && department.Kind != BodyKind.FinancialInstitution
            && department.Kind != BodyKind.PublicInstitution);
    }

    [Fact]
    [Trait("Invariant", "I13")]
    [Trait("Requirement", "R-3.2.1.b")]
    public async Task A_proposal_cites_evidence_that_is_there()
    {
        await RefusedAsync(Proposals.Black(Proposals.Code("108")).With(("bases", Array.Empty<object>())), "basis-missing");
        await RefusedAsync(
            Proposals.Black(Proposals.Code("108")).With(("bases", new[] { new { kind = "Registration", text = "某条例", documentNumber = "" } })), "basis-without-evidence");
        await RefusedAsync(
            Proposals.Black(Proposals.Code("108")).With(("bases", new[] { new { kind = "AdministrativeAct", text = "某法", documentNumber = "", penaltyId = Guid.CreateVersion7() } })),
            "penalty-unknown");
        var unknown = await _journey.TryProposeAsync(
            "tax.officer", Proposals.Black(Proposals.Code("108")).With(("bases", new[] { new { kind = "Hearsay", text = "据说", documentNumber = "1" } })));
        unknown.Status.ShouldBe(HttpStatusCode.BadRequest, "not one of the five kinds");
    }

    [Fact]
    [Trait("Invariant", "I14")]
    [Trait("Requirement", "R-3.2.1.a")]
    public async Task The_standard_is_national_or_approved_provincial_and_in_force_on_the_day_of_recognition()
    {
        await RefusedAsync(Proposals.Black(Proposals.Code("109")).With(("standardLevel", "District")), "standard-level");
        await RefusedAsync(Proposals.Black(Proposals.Code("109")).With(("standardLevel", "City")), "standard-level");
        await RefusedAsync(Proposals.Black(Proposals.Code("109")).With(("standardLevel", "Provincial")), "standard-approval-missing");
        var classA = Proposals.Red(Proposals.Code("109")).With(("domain", "税收征管"), ("standard", "纳税缴费信用管理办法"), ("standardLevel", "National"));
        await RefusedAsync(classA.With(("decidedOn", "2025-06-30")), "standard-not-in-force");
        await RefusedAsync(classA.With(("standardLevel", "Provincial"), ("standardApproval", "鲁政字〔2026〕测试1号")), "standard-level-differs");

        var entry = await _journey.ProposeAsync("tax.officer", classA);

        var early = await _journey.MoveAsync("tax.approver", entry, "recognition", new { recognisedOn = "2025-06-30" });
        early.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, early.Body);
        early.Body.ShouldContain("standard-not-in-force");
        (await _journey.MoveAsync("tax.approver", entry, "recognition", new { recognisedOn = "2026-11-24" })).Status.ShouldBe(HttpStatusCode.OK);
        var stored = await ReadAsync(entry.Id);
        (stored.Criterion, stored.StandardFrom).ShouldBe(("tax/class-a", new DateOnly(2025, 7, 1)), "the version applied is stored");
    }

    [Fact]
    [Trait("Invariant", "I16")]
    [Trait("Requirement", "R-3.2.2.c")]
    public async Task An_objection_before_recognition_gets_its_written_finding_first()
    {
        var entry = await _journey.ProposeAsync("tax.officer", Proposals.Black(Proposals.Code("10A")));
        var objection = await _register.ObjectAsync("tax.officer", entry.Id);
        (await RecogniseAsync(entry.Id)).Body.ShouldContain("state-does-not-allow");
        (await _register.OnObjectionAsync("tax.officer", objection, "acceptance")).Status.ShouldBe(HttpStatusCode.OK);
        (await RecogniseAsync(entry.Id)).Status.ShouldBe(HttpStatusCode.Conflict, "taken up, and no finding yet");
        var blank = await _register.OnObjectionAsync("tax.reviewer", objection, "conclusion", new { conclusion = "Upheld", finding = " " });
        blank.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);

        (await _register.OnObjectionAsync("tax.reviewer", objection, "conclusion", new { conclusion = "Upheld", finding = "证据充分" })).Status.ShouldBe(HttpStatusCode.OK);

        (await RecogniseAsync(entry.Id)).Status.ShouldBe(HttpStatusCode.OK);
        (await _register.ReadAsync(db => db.Objections.SingleAsync(each => each.Id == objection))).Finding.ShouldBe("证据充分");
    }

    [Fact]
    [Trait("Invariant", "I17")]
    [Trait("Requirement", "R-3.2.3.a")]
    [Trait("Requirement", "R-3.2.3.b")]
    public async Task What_an_entry_must_say_about_its_subject_is_there_before_it_is_recognised()
    {
        var subject = new { kind = "LegalPerson", name = "任城某某商贸有限公司", code = Proposals.Code("10B") };
        await RefusedAsync(Proposals.Black().With(("subject", new { subject.kind, name = " ", subject.code })), "name-missing");
        await RefusedAsync(Proposals.Black().With(("subject", new { subject.kind, subject.name, code = "91370811MA3TE10B00" })), "subject-code-invalid");
        await RefusedAsync(Proposals.Black().With(("subject", new { subject.kind, subject.name, subject.code, lei = "300300A0000000000000" })), "lei-invalid");
        await RefusedAsync(Proposals.Black().With(("subject", new { kind = "NaturalPerson", name = "张某某", certificateType = "身份证", certificateNumber = "370811199001010015" })), "certificate-number-invalid");
        await RefusedAsync(Proposals.Black().With(("subject", subject), ("facts", " ")), "facts-missing");
        var withoutValidity = Proposals.Black().With(("subject", subject));
        withoutValidity.Remove("validTo");
        (await _journey.TryProposeAsync("tax.officer", withoutValidity)).Status.ShouldBe(HttpStatusCode.BadRequest, "有效期 is never left out");

        var entry = await _journey.ProposeAsync("tax.officer", Proposals.Black().With(("subject", subject)));
        var refused = await _journey.MoveAsync("tax.approver", entry, "recognition", new { watchMonthsAfterExit = 12 });
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Body.ShouldContain("legal-representative-missing");

        var recognised = await _journey.MoveAsync("tax.approver", entry, "recognition", new { watchMonthsAfterExit = 12, legalRepresentative = "李某" });

        recognised.Status.ShouldBe(HttpStatusCode.OK, recognised.Body);
        var stored = await ReadAsync(entry.Id);
        new[] { stored.SubjectName, stored.SubjectCode, stored.LegalRepresentative, stored.Facts, stored.Recogniser, stored.Standard, stored.Bases[0].DocumentNumber }
            .ShouldAllBe(text => !string.IsNullOrWhiteSpace(text));
        (stored.RecognisedOn, stored.ValidTo).ShouldBe((new DateOnly(2026, 11, 24), new DateOnly(2029, 11, 23)));
    }

    [Fact]
    [Trait("Invariant", "I19")]
    public async Task Every_entry_in_force_has_a_finite_term_and_a_dishonesty_entry_its_terms_of_repair()
    {
        await RefusedAsync(Proposals.Black(Proposals.Code("10C")).With(("punishMonths", null)), "punish-term-missing");
        await RefusedAsync(Proposals.Black(Proposals.Code("10C")).With(("repairModes", null)), "repair-modes-missing");
        var entry = await _journey.InForceAsync("tax", Proposals.Black(Proposals.Code("10C")).With(("repairMonths", 24)));

        var stored = await ReadAsync(entry.Id);

        (stored.PunishMonths, stored.Repairable, stored.RepairModes, stored.RepairMonths).ShouldBe((36, true, "公开信用承诺", 24));
        foreach (var term in new[] { "valid_to = '2026-11-23'", "valid_from = NULL" })
        {
            (await host.TryAsync(TriggersOff + $"UPDATE core.list_entry SET {term} WHERE id = '{entry.Id}'")).ShouldBe(("23514", "in_force_has_term"));
        }
    }

    [Fact]
    [Trait("Invariant", "I22")]
    [Trait("Invariant", "I23")]
    public async Task An_exited_or_cancelled_entry_never_comes_back_whoever_writes()
    {
        var exited = await _journey.InForceAsync("tax", Proposals.Black(Proposals.Code("10D")));
        var exit = await _journey.MoveAsync("tax.approver", exited, "exit", new { reason = "StandardChanged", explanation = "认定标准已修订。" });
        exit.Status.ShouldBe(HttpStatusCode.OK, exit.Body);
        var draft = await _journey.ProposeAsync("tax.officer", Proposals.Black(Proposals.Code("10E")));
        var cancelled = await _journey.MoveAsync("tax.officer", draft, "withdrawal", new { reason = "证据不足" });

        foreach (var action in new[] { ("recognition", (object)new { watchMonthsAfterExit = 12 }), ("report", new { channels = new[] { "DepartmentSite" } }) })
        {
            (await _journey.MoveAsync("tax.approver", exit.Entry, action.Item1, action.Item2)).Status.ShouldBe(HttpStatusCode.Conflict);
            (await _journey.MoveAsync("tax.approver", cancelled.Entry, action.Item1, action.Item2)).Status.ShouldBe(HttpStatusCode.Conflict);
        }

        foreach (var id in new[] { exited.Id, draft.Id })
        {
            (await host.TryAsync($"UPDATE core.list_entry SET state = 'Active', exited_on = NULL, exit_reason = NULL, valid_from = '2026-11-24' WHERE id = '{id}'"))
                .State.ShouldBe("23514", "the owner of the database too");
        }

        var again = await _journey.ProposeAsync("tax.officer", Proposals.Black(Proposals.Code("10E")).With(("predecessorId", draft.Id)));
        (await ReadAsync(again.Id)).PredecessorId.ShouldBe(draft.Id, "a new case is a new entry");
    }

    private async Task RefusedAsync(object proposal, string code)
    {
        var refused = await _journey.TryProposeAsync("tax.officer", proposal);
        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, refused.Body);
        refused.Body.ShouldContain(code);
    }

    // Refused only after everything else about the subject was moved: whoever proposed does not report. Withdrawn in the end.
    private async Task ReportInVainAsync(object proposal)
    {
        var entry = await _journey.ProposeAsync("tax.approver", proposal);
        var recognised = await _journey.MoveAsync("tax.reviewer", entry, "recognition", new { watchMonthsAfterExit = 12 });
        recognised.Status.ShouldBe(HttpStatusCode.OK, recognised.Body);
        var refused = await _journey.MoveAsync("tax.approver", recognised.Entry, "report", new { channels = new[] { "DepartmentSite" } });
        refused.Status.ShouldBe(HttpStatusCode.Forbidden, refused.Body);
        (await _journey.MoveAsync("tax.approver", recognised.Entry, "withdrawal", new { reason = "另案处理" })).Status.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<MoveAnswer> RecogniseAsync(Guid id) =>
        await _journey.MoveAsync("tax.approver", await _journey.ReadAsync("tax.officer", id), "recognition", new { watchMonthsAfterExit = 12 });

    private Task<ListEntry> ReadAsync(Guid id) => _register.ReadAsync(db => db.Entries.AsNoTracking().Include(entry => entry.Bases).SingleAsync(entry => entry.Id == id));
}
