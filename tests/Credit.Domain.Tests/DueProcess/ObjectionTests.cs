using Credit.Domain.DueProcess;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Tests.Enforcement;

namespace Credit.Domain.Tests.DueProcess;

public sealed class ObjectionTests
{
    private const string Second = "tax.reviewer";

    private static readonly DateOnly Due = Sample.Today.AddDays(7);

    public static TheoryData<ObjectionState, ObjectionTrigger> EveryPair()
    {
        var pairs = new TheoryData<ObjectionState, ObjectionTrigger>();
        foreach (var state in Enum.GetValues<ObjectionState>())
        {
            foreach (var on in Enum.GetValues<ObjectionTrigger>())
            {
                pairs.Add(state, on);
            }
        }

        return pairs;
    }

    [Theory]
    [MemberData(nameof(EveryPair))]
    [Trait("Invariant", "I22")]
    [Trait("Invariant", "I56")]
    public void An_objection_moves_as_its_table_says_and_has_one_conclusion(ObjectionState state, ObjectionTrigger on)
    {
        var entry = Sample.InForce();
        var objection = In(state, entry);

        var outcome = Fire(objection, entry, on);

        outcome.Accepted.ShouldBe(ObjectionLifecycle.Table.Allows(state, on));
        objection.State.ShouldBe(outcome.Accepted ? ObjectionLifecycle.Table.Fire(state, on).Value.To : state);
    }

    [Fact]
    [Trait("Invariant", "I22")]
    [Trait("Invariant", "I56")]
    public void Every_state_is_reached_and_every_conclusion_is_an_end()
    {
        var reached = new HashSet<ObjectionState> { ObjectionLifecycle.Table.Start };
        while (ObjectionLifecycle.Table.Moves.Any(move => reached.Contains(move.From) && reached.Add(move.To)))
        {
        }

        reached.ShouldBe(Enum.GetValues<ObjectionState>(), ignoreOrder: true);
        Enum.GetValues<ObjectionState>().Where(state => ObjectionLifecycle.Table.Moves.All(move => move.From != state)).ShouldBe(
            [ObjectionState.Dismissed, ObjectionState.Upheld, ObjectionState.Corrected, ObjectionState.Revoked], ignoreOrder: true);
    }

    [Theory]
    [InlineData("tax.officer")]
    [InlineData("tax.approver")]
    [InlineData("somebody")]
    [Trait("Invariant", "I59")]
    [Trait("Invariant", "I84")]
    public void Who_proposed_or_recognised_the_entry_or_raised_the_doubt_decides_nothing_about_it(string by)
    {
        var entry = Sample.InForce();
        var objection = In(ObjectionState.Accepted, entry);

        objection.Conclude(ObjectionTrigger.Revoke, entry, "误列入", by, Sample.Today).Refusals.ShouldHaveSingleItem().Code.ShouldBe("four-eyes");

        objection.State.ShouldBe(ObjectionState.Accepted);
        objection.Finding.ShouldBeNull();

        var filed = In(ObjectionState.Filed, entry);
        filed.Dismiss(entry, "不属于本条目", by, Sample.Today).Refusals.ShouldHaveSingleItem().Code.ShouldBe("four-eyes");
        filed.State.ShouldBe(ObjectionState.Filed);
    }

    [Fact]
    [Trait("Invariant", "I57")]
    [Trait("Requirement", "R-3.5.7.b")]
    public void A_conclusion_answers_reporter_and_subject()
    {
        var entry = Sample.InForce();
        var objection = In(ObjectionState.Accepted, entry);

        _ = objection.Conclude(ObjectionTrigger.Uphold, entry, "认定无误", Second, Sample.Today).Value;

        objection.AnswerToReporter.ShouldBe("认定无误");
        objection.AnswerToSubject.ShouldBe("认定无误");
        objection.ConcludedOn.ShouldBe(Sample.Today);
    }

    [Fact]
    [Trait("Requirement", "R-3.5.7.b")]
    public void Every_reason_against_a_conclusion_is_named_at_once()
    {
        var entry = Sample.InForce();
        var objection = In(ObjectionState.Accepted, entry);

        objection.Conclude(ObjectionTrigger.Uphold, entry, " ", "tax.approver", Sample.Today).Refusals
            .Select(refusal => refusal.Code).ShouldBe(["finding-missing", "four-eyes"]);
    }

    [Fact]
    [Trait("Requirement", "R-3.5.7.a")]
    public void An_objection_states_its_grounds() =>
        Objection.File(Sample.InForce(), ObjectionOrigin.Objection, "", "somebody", Sample.Today, Due, beforeRecognition: false)
            .Refusals.ShouldHaveSingleItem().Field.ShouldBe("grounds");

    [Fact]
    [Trait("Requirement", "R-3.5.7.b")]
    public void The_term_is_extended_once_and_only_while_verification_runs()
    {
        var entry = Sample.InForce();
        In(ObjectionState.Filed, entry).Extend(Due.AddDays(20)).Accepted.ShouldBeFalse();
        var objection = In(ObjectionState.Accepted, entry);

        _ = objection.Extend(Due.AddDays(20)).Value;

        objection.DecideDue.ShouldBe(Due.AddDays(20));
        objection.Extend(Due.AddDays(40)).Refusals.ShouldHaveSingleItem().Code.ShouldBe("extension-used");
        objection.DecideDue.ShouldBe(Due.AddDays(20));
    }

    [Fact]
    [Trait("Requirement", "R-3.5.7.b")]
    public void The_recogniser_verifies_whoever_files() =>
        In(ObjectionState.Filed, Sample.InForce()).Handler.ShouldBe("tax");

    private static Objection In(ObjectionState state, ListEntry entry)
    {
        var objection = Objection.File(entry, ObjectionOrigin.Complaint, "事实有误", "somebody", Sample.Today, Due, beforeRecognition: false).Value;
        ObjectionTrigger[] way = state switch
        {
            ObjectionState.Filed => [],
            ObjectionState.Accepted => [ObjectionTrigger.Accept],
            ObjectionState.Dismissed => [ObjectionTrigger.Dismiss],
            ObjectionState.Upheld => [ObjectionTrigger.Accept, ObjectionTrigger.Uphold],
            ObjectionState.Corrected => [ObjectionTrigger.Accept, ObjectionTrigger.Correct],
            _ => [ObjectionTrigger.Accept, ObjectionTrigger.Revoke],
        };
        foreach (var on in way)
        {
            _ = Fire(objection, entry, on).Value;
        }

        objection.State.ShouldBe(state);
        return objection;
    }

    private static Outcome<Objection> Fire(Objection objection, ListEntry entry, ObjectionTrigger on) => on switch
    {
        ObjectionTrigger.Accept => objection.Accept(Due),
        ObjectionTrigger.Dismiss => objection.Dismiss(entry, "不属于本条目", Second, Sample.Today),
        _ => objection.Conclude(on, entry, "已核实", Second, Sample.Today),
    };
}
