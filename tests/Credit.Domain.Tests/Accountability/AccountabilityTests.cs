using Credit.Domain.Accountability;
using Credit.Domain.Listing;
using Credit.Domain.Subjects;
using Credit.Domain.Tests.Enforcement;

namespace Credit.Domain.Tests.Accountability;

/// <summary>Who answers for an organisation's entry: those in office when the act happened, and those named.</summary>
[Trait("Requirement", "R-3.4.6.a")]
[Trait("Invariant", "I52")]
public sealed class AccountabilityTests
{
    private static readonly DateOnly Act = new(2026, 6, 15);

    [Theory]
    [InlineData("2021-03-01", null, true)]
    [InlineData("2026-06-15", null, true)]
    [InlineData("2026-06-16", null, false)]
    [InlineData("2021-03-01", "2026-06-15", true)]
    [InlineData("2021-03-01", "2026-06-14", false)]
    public void Whoever_was_in_office_on_the_day_of_the_act_answers_first_and_last_day_included(string since, string? until, bool answers)
    {
        var entry = Entry(Act);
        var holder = Holder(entry, Person(), Responsibility.LegalRepresentative, since, until);

        AccountabilityItem.AnswerableFor(entry, [holder]).Count.ShouldBe(answers ? 1 : 0);
    }

    [Fact]
    public void The_successor_does_not_answer_and_who_held_two_offices_answers_once_in_the_higher_one()
    {
        var entry = Entry(Act);
        var (then, now) = (Person(), Person());
        Officeholder[] holders =
        [
            Holder(entry, then, Responsibility.MainResponsiblePerson, "2020-01-01", null),
            Holder(entry, then, Responsibility.LegalRepresentative, "2021-03-01", "2026-09-30"),
            Holder(entry, now, Responsibility.LegalRepresentative, "2026-10-01", null),
        ];

        var answers = AccountabilityItem.AnswerableFor(entry, holders).ShouldHaveSingleItem();

        (answers.PersonId, answers.Office).ShouldBe((then.Id, Responsibility.LegalRepresentative));
    }

    [Fact]
    public void Without_a_day_of_the_act_the_decision_counts_and_without_that_the_recognition()
    {
        AccountabilityItem.ActOf(Entry(Act)).ShouldBe(Act);
        AccountabilityItem.ActOf(Entry(null)).ShouldBe(Sample.Today.AddDays(-3));
        AccountabilityItem.ActOf(Sample.InForce()).ShouldBe(Sample.Today);
    }

    [Theory]
    [InlineData(ListKind.Black, SubjectKind.LegalPerson, true)]
    [InlineData(ListKind.Watch, SubjectKind.UnincorporatedOrganization, true)]
    [InlineData(ListKind.Red, SubjectKind.LegalPerson, false)]
    [InlineData(ListKind.Black, SubjectKind.NaturalPerson, false)]
    public void Only_black_and_watch_entries_of_organisations_trace_responsibility(ListKind list, SubjectKind kind, bool traces)
    {
        var entry = Sample.Proposed(list, kind);

        AccountabilityItem.Traces(entry).ShouldBe(traces);
        AccountabilityItem.AnswerableFor(entry, [Holder(entry, Person(), Responsibility.LegalRepresentative, "2020-01-01", null)]).Count.ShouldBe(traces ? 1 : 0);
    }

    [Fact]
    public void An_act_after_the_decision_is_refused() =>
        (Sample.Proposal() with { DecidedOn = Sample.Today.AddDays(-3), ActOn = Sample.Today.AddDays(-2) }).Check().ShouldHaveSingleItem().Code.ShouldBe("act-in-future");

    [Fact]
    public void Who_is_named_before_the_entry_is_in_force_counts_from_that_day_and_a_deleted_item_forgets_the_name()
    {
        var entry = Sample.Proposed();
        AccountabilityItem.Name(entry, Person(), Responsibility.DirectlyResponsible, "直接实施。", Sample.Today).Refusals.ShouldHaveSingleItem().Code.ShouldBe("entry-not-recognised");
        _ = entry.Recognise(Sample.Recognition()).Value;
        AccountabilityItem.Name(entry, Person(), Responsibility.DirectlyResponsible, " ", Sample.Today).Refusals.ShouldHaveSingleItem().Code.ShouldBe("reason-missing");

        var item = AccountabilityItem.Name(entry, Person(), Responsibility.DirectlyResponsible, "直接实施。", Sample.Today).Value;
        (item.State, item.HeldFrom).ShouldBe((AccountabilityState.Named, null));
        _ = item.Start(Sample.Today.AddDays(1)).Value;
        (item.State, item.HeldFrom).ShouldBe((AccountabilityState.InForce, Sample.Today.AddDays(1)));
        _ = item.Delete(Sample.Today.AddDays(2)).Value;

        (item.State, item.PersonName, item.PersonMask).ShouldBe((AccountabilityState.Deleted, "", null));
        item.End(Sample.Today.AddDays(3)).Accepted.ShouldBeFalse("deleted for good");
    }

    [Fact]
    public void An_office_ends_once_and_not_before_it_began_and_one_person_holds_it_once_at_a_time()
    {
        var entry = Entry(Act);
        var person = Person();
        var holder = Holder(entry, person, Responsibility.LegalRepresentative, "2021-03-01", null);

        holder.Leave(new(2021, 2, 28), "变更登记", "approver", null, Sample.Today).Refusals.ShouldHaveSingleItem().Code.ShouldBe("office-days-wrong");
        holder.Leave(Sample.Today.AddDays(1), "变更登记", "approver", null, Sample.Today).Refusals.ShouldHaveSingleItem().Code.ShouldBe("office-days-wrong");
        Record(entry, person, "2026-01-01", [holder]).ShouldBe(["office-already-recorded"]);
        holder.Leave(new(2025, 12, 31), "变更登记", "approver", null, Sample.Today).Accepted.ShouldBeTrue();
        holder.Leave(new(2025, 12, 31), "变更登记", "approver", null, Sample.Today).Refusals.ShouldHaveSingleItem().Code.ShouldBe("office-already-left");
        Record(entry, person, "2026-01-01", [holder]).ShouldBeEmpty();
        Record(entry, person, "2025-12-31", [holder]).ShouldBe(["office-already-recorded"]);
    }

    [Fact]
    public void Nobody_answers_by_an_office_that_no_second_officer_confirmed()
    {
        var entry = Entry(Act);
        var one = Officeholder.Record(entry.SubjectId, Person(), Claim(Responsibility.LegalRepresentative, "2021-03-01", null), null, Sample.Today, []).Value;
        AccountabilityItem.AnswerableFor(entry, [one]).ShouldBeEmpty();

        one.Decide(confirmed: true, "officer").Refusals.ShouldHaveSingleItem().Code.ShouldBe("four-eyes");
        one.Leave(new(2025, 12, 31), "变更登记", "approver", null, Sample.Today).Refusals.ShouldHaveSingleItem().Code.ShouldBe("office-not-confirmed");
        one.Decide(confirmed: false, "approver").Accepted.ShouldBeTrue();
        AccountabilityItem.AnswerableFor(entry, [one]).ShouldBeEmpty("turned down");
        Record(entry, Person(), "2021-03-01", [one]).ShouldBeEmpty("what was turned down stands in nobody's way");
    }

    [Fact]
    public void One_legal_representative_at_a_time_the_one_of_the_registry_and_never_without_evidence()
    {
        var entry = Entry(Act);
        var holder = Holder(entry, Person(), Responsibility.LegalRepresentative, "2021-03-01", "2025-12-31");

        Record(entry, Person(), "2025-12-31", [holder]).ShouldBe(["second-legal-representative"]);
        Record(entry, Person(), "2026-01-01", [holder]).ShouldBeEmpty();
        Codes("某登记人").ShouldBe(["not-registered-representative"]);
        Codes("张某某").ShouldBeEmpty();
        Codes(null, " ").ShouldBe(["office-evidence-missing"]);
        Codes(null, new string('据', 2_049)).ShouldBe(["text-too-long"]);

        IEnumerable<string> Codes(string? registered, string evidence = "登记档案") => Officeholder
            .Record(entry.SubjectId, Person(), Claim(Responsibility.LegalRepresentative, "2026-01-01", null, evidence), registered, Sample.Today, [])
            .Refusals.Select(refusal => refusal.Code);
    }

    [Fact]
    public void An_end_has_a_reason_a_second_officer_and_is_not_dated_back_before_an_act_the_person_answers_for()
    {
        var holder = Holder(Entry(Act), Person(), Responsibility.LegalRepresentative, "2021-03-01", null);

        holder.Leave(Act, "变更登记", "officer", Act, Sample.Today).Refusals.ShouldHaveSingleItem().Code.ShouldBe("four-eyes");
        holder.Leave(Act, " ", "approver", Act, Sample.Today).Refusals.ShouldHaveSingleItem().Code.ShouldBe("reason-missing");
        holder.Leave(Act.AddDays(-1), "变更登记", "approver", Act, Sample.Today).Refusals.ShouldHaveSingleItem().Code.ShouldBe("office-end-frees-person");
        holder.Leave(Act, "变更登记", "approver", Act, Sample.Today).Accepted.ShouldBeTrue("the day of the act still answers");
    }

    private static ListEntry Entry(DateOnly? act) => ListEntry.Propose(Sample.Proposal() with { DecidedOn = Sample.Today.AddDays(-3), ActOn = act }).Value;

    private static PersonHeld Person() => new(Guid.CreateVersion7(), "张某某", "370***********14");

    private static Officeholder Holder(ListEntry entry, PersonHeld person, Responsibility office, string since, string? until) => Officeholder.Record(
        entry.SubjectId, person, Claim(office, since, until), null, Sample.Today, []).Then(recorded => recorded.Decide(confirmed: true, "approver")).Value;

    private static IEnumerable<string> Record(ListEntry entry, PersonHeld person, string since, Officeholder[] known) => Officeholder
        .Record(entry.SubjectId, person, Claim(Responsibility.LegalRepresentative, since, null), null, Sample.Today, known)
        .Refusals.Select(refusal => refusal.Code);

    private static OfficeClaim Claim(Responsibility office, string since, string? until, string evidence = "登记档案") =>
        new(office, Day(since), until is null ? null : Day(until), evidence, "market-supervision", "officer");

    private static DateOnly Day(string day) => DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
}
