using System.Text;

namespace Credit.Domain.Policy;

/// <summary>One row of a table of moves.</summary>
/// <typeparam name="TState">State names.</typeparam>
/// <typeparam name="TTrigger">What moves.</typeparam>
/// <param name="From">State before.</param>
/// <param name="On">What happens.</param>
/// <param name="To">State after.</param>
/// <param name="Clause">The clause that allows the move, as <c>R-…</c> or <c>I…</c>.</param>
public sealed record Move<TState, TTrigger>(TState From, TTrigger On, TState To, string Clause)
    where TState : struct, Enum
    where TTrigger : struct, Enum;

/// <summary>A state machine as a table. What is not in the table is refused, never ignored (I22).</summary>
/// <typeparam name="TState">State names.</typeparam>
/// <typeparam name="TTrigger">What moves.</typeparam>
public sealed class Lifecycle<TState, TTrigger>
    where TState : struct, Enum
    where TTrigger : struct, Enum
{
    private readonly Dictionary<(TState From, TTrigger On), Move<TState, TTrigger>> _moves;

    /// <summary>Builds the table.</summary>
    /// <param name="subject">What lives this life, in the words of the glossary; used in refusals and diagrams.</param>
    /// <param name="start">State a new one is in.</param>
    /// <param name="rows">From, on, to, clause.</param>
    /// <exception cref="ArgumentException">Two rows start from the same state on the same trigger.</exception>
    public Lifecycle(string subject, TState start, params (TState From, TTrigger On, TState To, string Clause)[] rows)
    {
        Subject = subject;
        Start = start;
        Moves = [.. rows.Select(row => new Move<TState, TTrigger>(row.From, row.On, row.To, row.Clause))];
        _moves = Moves.ToDictionary(move => (move.From, move.On));
    }

    /// <summary>What lives this life.</summary>
    public string Subject { get; }

    /// <summary>State a new one is in.</summary>
    public TState Start { get; }

    /// <summary>All rows in the order of the table.</summary>
    public IReadOnlyList<Move<TState, TTrigger>> Moves { get; }

    /// <summary>The row for this trigger in this state, or a refusal that names what is possible instead.</summary>
    public Outcome<Move<TState, TTrigger>> Fire(TState from, TTrigger on)
    {
        if (_moves.TryGetValue((from, on), out var move))
        {
            return move;
        }

        var possible = string.Join(", ", Moves.Where(row => row.From.Equals(from)).Select(row => row.On));
        return new Refusal(
            "state-does-not-allow",
            $"当前状态({from})不允许此操作({on})。可执行: {(possible.Length == 0 ? "无" : possible)}。",
            $"{Subject} in state {from} does not allow {on}. Possible: {(possible.Length == 0 ? "nothing" : possible)}.",
            Policy.Clause.Standard("I22"));
    }

    /// <summary>True when the table has a row for this trigger in this state.</summary>
    public bool Allows(TState from, TTrigger on) => _moves.ContainsKey((from, on));

    /// <summary>The table as a Mermaid state diagram.</summary>
    public string ToMermaid()
    {
        var text = new StringBuilder("stateDiagram-v2\n").Append("    [*] --> ").Append(Start).Append('\n');
        foreach (var move in Moves)
        {
            text.Append("    ").Append(move.From).Append(" --> ").Append(move.To).Append(" : ")
                .Append(move.On).Append(" (").Append(move.Clause).Append(")\n");
        }

        foreach (var end in Enum.GetValues<TState>().Where(state => Moves.All(move => !move.From.Equals(state))))
        {
            text.Append("    ").Append(end).Append(" --> [*]\n");
        }

        return text.ToString();
    }
}
