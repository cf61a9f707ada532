using Credit.Domain.Accountability;
using Credit.Domain.Checks;
using Credit.Domain.Enforcement;
using Credit.Domain.Listing;

namespace Credit.Domain.Tests.Checks;

/// <summary>What holds on a day, as known now.</summary>
public sealed class HoldingTests
{
    private static readonly DateOnly Today = new(2026, 11, 24);

    [Theory]
    [InlineData(EntryState.Active, "2026-11-24", true)]
    [InlineData(EntryState.Verifying, "2026-11-24", true)]
    [InlineData(EntryState.Active, "2026-11-01", true)]
    [InlineData(EntryState.Active, "2026-10-31", false)]
    [InlineData(EntryState.Active, "2026-12-31", true)]
    [InlineData(EntryState.Active, "2027-01-01", false)]
    [InlineData(EntryState.Recognised, "2026-11-24", false)]
    [InlineData(EntryState.Cancelled, "2026-11-24", false)]
    [Trait("Requirement", "R-3.1.6.a")]
    public void An_entry_that_has_not_exited_holds_on_the_days_of_its_term(EntryState state, string day, bool holds) =>
        Holding.Holds(state, new(2026, 11, 1), new(2026, 12, 31), null, null, Day(day), Today).ShouldBe(holds);

    [Theory]
    [InlineData("2026-11-20", ExitReason.Expired, "2026-11-19", true)]
    [InlineData("2026-11-20", ExitReason.Repaired, "2026-11-19", true)]
    [InlineData("2026-11-20", ExitReason.Repaired, "2026-11-20", false)]
    [InlineData("2026-11-20", ExitReason.Repaired, "2026-11-23", false)]
    [InlineData("2026-11-20", ExitReason.Erroneous, "2026-11-19", false)]
    [InlineData("2026-11-26", ExitReason.Repaired, "2026-11-24", false)]
    [InlineData("2026-11-26", ExitReason.Repaired, "2026-11-25", false)]
    [Trait("Requirement", "R-3.5.6.a")]
    public void One_that_has_exited_held_until_the_day_before_and_one_found_wrong_never_did(string exitedOn, ExitReason reason, string day, bool holds) =>
        Holding.Holds(EntryState.Exited, new(2026, 11, 1), new(2026, 12, 31), Day(exitedOn), reason, Day(day), Today).ShouldBe(holds);

    [Theory]
    [InlineData(AccountabilityState.InForce, null, "2026-11-24", true)]
    [InlineData(AccountabilityState.InForce, null, "2026-11-09", false)]
    [InlineData(AccountabilityState.InForce, null, "2027-11-24", true)]
    [InlineData(AccountabilityState.Ended, "2026-11-20", "2026-11-19", true)]
    [InlineData(AccountabilityState.Ended, "2026-11-20", "2026-11-20", false)]
    [InlineData(AccountabilityState.Deleted, "2026-11-20", "2026-11-19", false)]
    [InlineData(AccountabilityState.Named, null, "2026-11-24", false)]
    [Trait("Requirement", "R-3.4.6.c")]
    public void A_person_answers_from_the_day_it_is_held_to_account_to_the_units_exit(AccountabilityState state, string? endedOn, string day, bool answers) =>
        Holding.Answers(state, state == AccountabilityState.Named ? null : new DateOnly(2026, 11, 10), endedOn is null ? null : Day(endedOn), Day(day), Today).ShouldBe(answers);

    [Theory]
    [InlineData(TaskState.Dispatched, TaskExecution.Running, false, false, true)]
    [InlineData(TaskState.FedBack, TaskExecution.Running, false, false, true)]
    [InlineData(TaskState.Dispatched, TaskExecution.Suspended, false, false, false)]
    [InlineData(TaskState.Declined, TaskExecution.Running, true, false, false)]
    [InlineData(TaskState.NotApplicable, TaskExecution.Running, true, false, false)]
    [InlineData(TaskState.StopRequested, TaskExecution.Ended, false, false, false)]
    [InlineData(TaskState.StopRequested, TaskExecution.Ended, false, true, true)]
    [InlineData(TaskState.StopRequested, TaskExecution.Ended, true, true, false)]
    [Trait("Requirement", "R-3.5.1.b")]
    public void A_measure_is_owed_while_it_runs_and_of_an_entry_that_is_over_unless_it_was_excused(
        TaskState state, TaskExecution execution, bool excused, bool over, bool owed) => Holding.Owes(state, execution, excused, over).ShouldBe(owed);

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
