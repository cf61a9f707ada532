using Credit.Domain.DueProcess;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Tests.Enforcement;

namespace Credit.Domain.Tests.DueProcess;

public sealed class RepairTests
{
    private static readonly PolicyPack Pack = PolicyPack.Shipped("rencheng-2019");

    private static readonly DateOnly Due = Sample.Today.AddDays(7);

    public static TheoryData<RepairState, RepairTrigger> EveryPair()
    {
        var pairs = new TheoryData<RepairState, RepairTrigger>();
        foreach (var state in Enum.GetValues<RepairState>())
        {
            foreach (var on in Enum.GetValues<RepairTrigger>())
            {
                pairs.Add(state, on);
            }
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(EveryPair))]
    [Trait("Invariant", "I22")]
    [Trait("Requirement", "R-3.5.4.b")]
    public void A_repair_moves_as_its_table_says(RepairState state, RepairTrigger on)
    {
        var entry = Repairable();
        var repair = In(state, entry);

        var outcome = Fire(repair, entry, on);

        outcome.Accepted.ShouldBe(RepairLifecycle.Table.Allows(state, on));
        repair.State.ShouldBe(outcome.Accepted ? RepairLifecycle.Table.Fire(state, on).Value.To : state);
    }

    [Fact]
    [Trait("Invariant", "I61")]
    [Trait("Requirement", "R-3.5.4.b")]
    public void What_cannot_be_repaired_is_neither_applied_for_nor_approved()
    {
        var entry = Sample.InForce();

        Repair.Apply(entry, [Commitment()], Pack, Sample.Today, Due).Refusals.Select(refusal => refusal.Code).ShouldBe(["not-repairable"]);
        var repair = In(RepairState.UnderReview, Repairable());
        repair.Decide(entry, approve: true, "已完成。", "tax.approver", Sample.Today).Refusals.Select(refusal => refusal.Code).ShouldBe(["not-repairable"]);
        repair.Decide(entry, approve: false, "不可修复。", "tax.approver", Sample.Today).Accepted.ShouldBeTrue();
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(6, false)]
    [Trait("Invariant", "I60")]
    public void A_shortest_term_of_the_policy_pack_comes_before_repair_and_early_exit(int months, bool accepted)
    {
        var entry = Repairable();
        var pack = Pack with { RepairAfterMonths = months };

        Repair.Apply(entry, [Commitment()], pack, Sample.Today.AddMonths(6).AddDays(-1), Due).Accepted.ShouldBe(accepted);
        Repair.Apply(entry, [Commitment()], pack, Sample.Today.AddMonths(6), Due).Accepted.ShouldBeTrue();
        In(RepairState.Approved, entry).RequestExit(entry, "已缴清。", "完税证明", pack, Sample.Today.AddMonths(6).AddDays(-1), Due).Accepted.ShouldBe(accepted);
    }

    [Fact]
    [Trait("Requirement", "R-3.5.4.b")]
    [Trait("Invariant", "I60")]
    public void Nothing_is_repaired_after_the_period_of_repair_or_the_last_day_and_nothing_red()
    {
        var entry = Repairable();
        var last = Sample.Today.AddMonths(12);
        Repair.Apply(entry, [Commitment()], Pack, last, Due).Accepted.ShouldBeTrue();
        Repair.Apply(entry, [Commitment()], Pack, last.AddDays(1), Due).Refusals.Select(refusal => refusal.Code).ShouldBe(["repair-term-over"]);
        Repair.Apply(entry, [Commitment()], Pack, entry.ValidTo.AddDays(1), Due).Refusals.Select(refusal => refusal.Code).ShouldBe(["nothing-to-repair"]);
        Repair.Apply(Sample.InForce(ListKind.Red), [Commitment()], Pack, Sample.Today, Due).Refusals.Select(refusal => refusal.Code).ShouldBe(["nothing-to-repair"]);
    }

    [Fact]
    [Trait("Requirement", "R-3.5.6.b")]
    [Trait("Invariant", "I60")]
    public void Early_exit_is_applied_for_up_to_the_last_day_of_a_black_entry()
    {
        var entry = Repairable();

        In(RepairState.Approved, entry).RequestExit(entry, "已缴清。", "完税证明", Pack, entry.ValidTo, Due).Accepted.ShouldBeTrue();
        In(RepairState.Approved, entry).RequestExit(entry, "已缴清。", "完税证明", Pack, entry.ValidTo.AddDays(1), Due)
            .Refusals.Select(refusal => refusal.Code).ShouldBe(["nothing-to-leave"]);
        In(RepairState.Approved, entry).RequestExit(Sample.InForce(ListKind.Watch), "已缴清。", "完税证明", Pack, Sample.Today, Due)
            .Refusals.Select(refusal => refusal.Code).ShouldBe(["nothing-to-leave"]);
    }

    [Theory]
    [InlineData("tax.officer")]
    [InlineData("tax.clerk")]
    [Trait("Invariant", "I84")]
    [Trait("Requirement", "R-3.5.6.b")]
    public void Who_proposed_the_entry_or_accepted_the_application_decides_nothing(string by)
    {
        var entry = Repairable();

        In(RepairState.UnderReview, entry).Decide(entry, approve: true, "已完成。", by, Sample.Today).Refusals.Select(refusal => refusal.Code).ShouldBe(["four-eyes"]);
        In(RepairState.ExitRequested, entry).DecideExit(entry, grant: true, dutiesFulfilled: true, "已履行。", by, Sample.Today)
            .Refusals.Select(refusal => refusal.Code).ShouldBe(["four-eyes"]);
    }

    [Fact]
    [Trait("Invariant", "I84")]
    [Trait("Requirement", "R-3.5.6.b")]
    public void The_early_exit_is_decided_by_another_than_the_repair_with_duties_fulfilled_and_a_finding()
    {
        var entry = Repairable();
        var repair = In(RepairState.ExitRequested, entry);

        repair.DecideExit(entry, grant: true, dutiesFulfilled: false, " ", "tax.approver", Sample.Today).Refusals.Select(refusal => refusal.Code)
            .ShouldBe(["four-eyes", "finding-missing", "duties-not-fulfilled"]);
        repair.DecideExit(entry, grant: true, dutiesFulfilled: true, "已履行。", "tax.reviewer", Sample.Today).Accepted.ShouldBeTrue();
    }

    private static ListEntry Repairable()
    {
        var entry = ListEntry.Propose(Sample.Proposal() with { Repairable = true, RepairModes = "公开信用承诺", RepairMonths = 12 }).Value;
        _ = entry.Recognise(Sample.Recognition()).Value;
        _ = entry.Report(Sample.Today, "tax.approver", [PublicationChannel.DepartmentSite]).Value;
        return entry;
    }

    private static RepairStep Commitment() => new() { Mode = RepairMode.PublicCommitment, Evidence = "信用承诺书", DoneOn = Sample.Today };

    // Walked there through its own moves.
    private static Repair In(RepairState state, ListEntry entry)
    {
        var repair = Repair.Apply(entry, [Commitment()], Pack, Sample.Today, Due).Value;
        RepairTrigger[] way = state switch
        {
            RepairState.Submitted => [],
            RepairState.Correction => [RepairTrigger.SendBack],
            RepairState.UnderReview => [RepairTrigger.Accept],
            RepairState.Refused => [RepairTrigger.Accept, RepairTrigger.Refuse],
            RepairState.Approved => [RepairTrigger.Accept, RepairTrigger.Approve],
            RepairState.ExitRequested => [RepairTrigger.Accept, RepairTrigger.Approve, RepairTrigger.RequestExit],
            RepairState.ExitGranted => [RepairTrigger.Accept, RepairTrigger.Approve, RepairTrigger.RequestExit, RepairTrigger.GrantExit],
            _ => [RepairTrigger.Lapse],
        };
        foreach (var on in way)
        {
            _ = Fire(repair, entry, on).Value;
        }

        repair.State.ShouldBe(state);
        return repair;
    }

    // With everything it could want, so that only the state can be at fault.
    private static Outcome<Repair> Fire(Repair repair, ListEntry entry, RepairTrigger on) => on switch
    {
        RepairTrigger.Accept => repair.Accept("tax.clerk", Due),
        RepairTrigger.SendBack => repair.SendBack("请补充。"),
        RepairTrigger.Resubmit => repair.Resubmit(entry, [Commitment()], Sample.Today, Due),
        RepairTrigger.Approve => repair.Decide(entry, approve: true, "已完成。", "tax.approver", Sample.Today),
        RepairTrigger.Refuse => repair.Decide(entry, approve: false, "未完成。", "tax.approver", Sample.Today),
        RepairTrigger.RequestExit => repair.RequestExit(entry, "已缴清。", "完税证明", Pack, Sample.Today, Due),
        RepairTrigger.GrantExit => repair.DecideExit(entry, grant: true, dutiesFulfilled: true, "已履行。", "tax.reviewer", Sample.Today),
        RepairTrigger.DenyExit => repair.DecideExit(entry, grant: false, dutiesFulfilled: false, "未履行。", "tax.reviewer", Sample.Today),
        _ => repair.Lapse(),
    };
}
