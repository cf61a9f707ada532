using Credit.Architecture.Tests.Planted;
using Credit.Architecture.Tests.Reading;

namespace Credit.Architecture.Tests.Policy;

/// <summary>Every table of moves leads somewhere, from everywhere, for a reason.</summary>
[Trait("Invariant", "I22")]
public sealed class LifecycleTests
{
    [Fact]
    public void Every_state_is_reached_from_the_start_and_reaches_an_end_and_every_move_has_a_clause()
    {
        var tables = LifecycleTable.In(House.Written(House.All));

        tables.Count.ShouldBeGreaterThan(5);
        Faults(tables).ShouldBeEmpty();
    }

    [Fact]
    public void A_state_out_of_reach_or_without_a_way_out_a_trigger_nobody_pulls_and_a_move_without_clause_are_found() =>
        Faults(LifecycleTable.In([typeof(CrookedLifecycle)])).ShouldBe(
        [
            "Crooked: Island cannot be reached",
            "Crooked: Trap has no way to an end",
            "Crooked: TurnTwice cites R-9.9.9",
            "Crooked: Turn cites nothing",
            "Twist moves nothing",
        ], ignoreOrder: true);

    private static IReadOnlyList<string> Faults(IReadOnlyList<LifecycleTable> tables) =>
    [
        .. tables.SelectMany(Faults),

        // Tables of one kind share their triggers: a red entry is not upgraded, a watch entry is.
        .. tables.GroupBy(table => table.TriggerType).SelectMany(kin => kin.First().Triggers
            .Except(kin.SelectMany(table => table.Moves).Select(move => move.On)).Select(trigger => $"{trigger} moves nothing")),
    ];

    private static IEnumerable<string> Faults(LifecycleTable table)
    {
        var reached = Spread([table.Start], table.Moves.Select(move => (move.From, move.To)));
        var ends = table.States.Where(state => table.Moves.All(move => move.From != state));
        var leading = Spread(ends, table.Moves.Select(move => (move.To, move.From)));
        return table.States.Where(state => !reached.Contains(state)).Select(state => $"{table.Subject}: {state} cannot be reached")
            .Concat(table.States.Where(state => !leading.Contains(state) && reached.Contains(state)).Select(state => $"{table.Subject}: {state} has no way to an end"))
            .Concat(table.Moves.Where(move => !Papers.Ids.Contains(move.Clause)).Select(move => $"{table.Subject}: {move.On} cites {(move.Clause.Length == 0 ? "nothing" : move.Clause)}"));
    }

    private static HashSet<string> Spread(IEnumerable<string> from, IEnumerable<(string From, string To)> steps)
    {
        var ways = steps.ToLookup(step => step.From, step => step.To);
        var known = new HashSet<string>(from, StringComparer.Ordinal);
        var next = new Queue<string>(known);
        while (next.TryDequeue(out var state))
        {
            foreach (var further in ways[state].Where(known.Add))
            {
                next.Enqueue(further);
            }
        }

        return known;
    }
}
