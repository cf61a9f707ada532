using Credit.Domain.Enforcement;

namespace Credit.Domain.Tests.Enforcement;

public sealed class MeasureTaskTests
{
    public static TheoryData<TaskState, TaskTrigger> EveryPair()
    {
        var pairs = new TheoryData<TaskState, TaskTrigger>();
        foreach (var state in Enum.GetValues<TaskState>())
        {
            foreach (var on in Enum.GetValues<TaskTrigger>())
            {
                pairs.Add(state, on);
            }
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(EveryPair))]
    [Trait("Invariant", "I22")]
    public void A_task_moves_as_its_table_says_and_every_other_move_is_refused_and_changes_nothing(TaskState state, TaskTrigger on)
    {
        var task = Sample.TaskIn(state);
        var announced = task.Announcements.Count;

        var outcome = Sample.Fire(task, on);

        // Reporting straight after acknowledging implies that the measure was carried out.
        var implied = state == TaskState.Acknowledged && on == TaskTrigger.FeedBack;
        if (implied || MeasureTaskLifecycle.Table.Allows(state, on))
        {
            outcome.Accepted.ShouldBeTrue();
            task.State.ShouldBe(implied ? TaskState.FedBack : MeasureTaskLifecycle.Table.Fire(state, on).Value.To);
            task.Announcements.Count.ShouldBe(announced + 1, "each move announces once");
        }
        else
        {
            outcome.Accepted.ShouldBeFalse();
            outcome.Refusals[0].Code.ShouldBeOneOf("state-does-not-allow", "measure-not-running");
            task.State.ShouldBe(state);
            task.Announcements.Count.ShouldBe(announced);
        }
    }

    [Fact]
    [Trait("Invariant", "I22")]
    public void Every_state_is_reached_and_only_closed_is_an_end()
    {
        var reached = new HashSet<TaskState> { MeasureTaskLifecycle.Table.Start };
        while (MeasureTaskLifecycle.Table.Moves.Any(move => reached.Contains(move.From) && reached.Add(move.To)))
        {
        }

        reached.ShouldBe(Enum.GetValues<TaskState>(), ignoreOrder: true);
        Enum.GetValues<TaskState>().Where(state => MeasureTaskLifecycle.Table.Moves.All(move => move.From != state))
            .ShouldBe([TaskState.Closed]);
        Enum.GetValues<TaskExecution>().Where(state => MeasureTaskLifecycle.Execution.Moves.All(move => move.From != state))
            .ShouldBe([TaskExecution.Ended]);
    }

    [Theory]
    [InlineData(TaskState.Dispatched)]
    [InlineData(TaskState.Acknowledged)]
    [Trait("Invariant", "I43")]
    [Trait("Requirement", "R-3.5.3.b")]
    public void A_mandatory_measure_cannot_be_declined_whatever_the_reason(TaskState state)
    {
        var task = Sample.TaskIn(state, MeasureObligation.Mandatory);

        task.Decline("不便执行").Refusals.ShouldHaveSingleItem().Code.ShouldBe("mandatory-cannot-be-declined");

        task.State.ShouldBe(state);
    }

    [Fact]
    [Trait("Invariant", "I43")]
    [Trait("Requirement", "R-3.5.3.b")]
    public void A_recommended_measure_is_declined_with_a_reason_only()
    {
        var task = Sample.TaskIn(TaskState.Acknowledged);
        task.Decline(" ").Refusals.ShouldHaveSingleItem().Field.ShouldBe("reason");

        _ = task.Decline("审慎评估后暂不采用").Value;

        task.State.ShouldBe(TaskState.Declined);
        task.Reason.ShouldBe("审慎评估后暂不采用");
    }

    [Theory]
    [InlineData(MeasureObligation.Mandatory, null, false)]
    [InlineData(MeasureObligation.Mandatory, "政府采购法第二条", true)]
    [InlineData(MeasureObligation.Recommended, null, true)]
    [Trait("Invariant", "I43")]
    [Trait("Requirement", "R-3.5.1.b")]
    public void A_mandatory_measure_is_not_applicable_only_by_law(MeasureObligation obligation, string? basis, bool accepted)
    {
        var task = Sample.TaskIn(TaskState.Acknowledged, obligation);

        task.FindNotApplicable("未参与政府采购", basis).Accepted.ShouldBe(accepted);
    }

    [Fact]
    [Trait("Invariant", "I44")]
    public void A_task_closes_only_after_the_department_said_what_it_did_to_stop()
    {
        foreach (var state in Enum.GetValues<TaskState>().Where(state => state != TaskState.Stopped))
        {
            Sample.TaskIn(state).Close().Accepted.ShouldBeFalse(state.ToString());
        }

        var task = Sample.TaskIn(TaskState.StopRequested);
        task.ConfirmStop(Sample.Today, "").Refusals.ShouldHaveSingleItem().Field.ShouldBe("note");
        _ = task.ConfirmStop(Sample.Today, "已恢复采购资格").Value;
        task.Close().Accepted.ShouldBeTrue();
        task.StopNote.ShouldBe("已恢复采购资格");
    }

    [Fact]
    [Trait("Invariant", "I39")]
    [Trait("Requirement", "R-3.5.7.c")]
    public void A_suspended_measure_is_neither_carried_out_nor_reported_and_keeps_its_place()
    {
        var task = Sample.TaskIn(TaskState.Acknowledged);
        _ = task.Suspend().Value;

        task.Apply().Refusals.ShouldHaveSingleItem().Code.ShouldBe("measure-not-running");
        task.FeedBack(Sample.Today).Refusals.ShouldHaveSingleItem().Code.ShouldBe("measure-not-running");
        task.State.ShouldBe(TaskState.Acknowledged);

        _ = task.Resume(Sample.Today.AddDays(40)).Value;
        task.Due.ShouldBe(Sample.Today.AddDays(40));
        task.Apply().Accepted.ShouldBeTrue();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Invariant", "I45")]
    [Trait("Requirement", "R-3.5.6.d")]
    public void A_stop_order_ends_execution_for_good_also_of_a_task_nobody_acknowledged(bool suspended)
    {
        var task = Sample.Task();
        if (suspended)
        {
            _ = task.Suspend().Value;
        }

        _ = task.RequestStop(Sample.Today.AddDays(7)).Value;

        task.Execution.ShouldBe(TaskExecution.Ended);
        task.StopDue.ShouldBe(Sample.Today.AddDays(7));
        task.Resume(Sample.Today).Accepted.ShouldBeFalse();
        task.RequestStop(Sample.Today.AddDays(9)).Accepted.ShouldBeFalse("a stop is ordered once");
        task.StopDue.ShouldBe(Sample.Today.AddDays(7));
    }

    [Fact]
    [Trait("Invariant", "I40")]
    public void A_task_given_out_while_its_entry_is_verified_rests_from_the_start()
    {
        var entry = Sample.InForce();
        _ = entry.Verify().Value;

        var task = MeasureTask.Dispatch(entry, "TAX-BLACK", 1, Sample.Measure(), "finance", Sample.Today, Sample.Today.AddDays(28));

        task.Execution.ShouldBe(TaskExecution.Suspended);
    }

    [Fact]
    [Trait("Invariant", "I41")]
    [Trait("Requirement", "R-3.5.3.c")]
    public void A_task_keeps_wording_class_and_version_it_was_given_out_with()
    {
        var task = MeasureTask.Dispatch(Sample.InForce(), "TAX-BLACK", 3, Sample.Measure(), "finance", Sample.Today, Sample.Today.AddDays(28));

        task.MemorandumVersion.ShouldBe(3);
        task.Wording.ShouldBe("禁止参加政府采购活动");
        task.Obligation.ShouldBe(MeasureObligation.Mandatory);
    }
}
