namespace Credit.Domain.Policy;

/// <summary>What came of a move: a value, or every reason against it at once.</summary>
/// <typeparam name="T">What an accepted move yields.</typeparam>
public sealed class Outcome<T>
{
    private readonly T? _value;

    private Outcome(T? value, IReadOnlyList<Refusal> refusals) => (_value, Refusals) = (value, refusals);

    /// <summary>Every reason against; empty when accepted.</summary>
    public IReadOnlyList<Refusal> Refusals { get; }

    /// <summary>True when nothing speaks against it.</summary>
    public bool Accepted => Refusals.Count == 0;

    /// <summary>What the move yielded.</summary>
    /// <exception cref="InvalidOperationException">The move was refused.</exception>
    public T Value => Accepted ? _value! : throw new InvalidOperationException($"Refused: {Refusals[0].Code}");

    /// <summary>An accepted move.</summary>
    public static implicit operator Outcome<T>(T value) => new(value, []);

    /// <summary>A refused move.</summary>
    public static implicit operator Outcome<T>(Refusal refusal) => new(default, [refusal]);

    /// <summary>A refused move with all its reasons.</summary>
    /// <param name="refusals">At least one reason.</param>
    public static Outcome<T> Refused(IReadOnlyList<Refusal> refusals) =>
        refusals.Count > 0 ? new(default, refusals) : throw new ArgumentException("A refusal needs a reason.", nameof(refusals));

    /// <summary>Goes on with the value, or passes the refusals on.</summary>
    public Outcome<TNext> Then<TNext>(Func<T, Outcome<TNext>> next) => Accepted ? next(Value) : Outcome<TNext>.Refused(Refusals);
}
