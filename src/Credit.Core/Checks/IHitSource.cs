using Credit.Domain.Subjects;

namespace Credit.Core.Checks;

/// <summary>What is asked about every subject of a check.</summary>
/// <param name="Matter">The matter at hand.</param>
/// <param name="Department">Department that asks: its measures are told.</param>
/// <param name="ValidAt">Day on which it is asked what holds.</param>
/// <param name="Today">Today in the district.</param>
internal sealed record HitQuestion(CheckedMatter Matter, string Department, DateOnly ValidAt, DateOnly Today);

/// <summary>
/// One state of the register that a check is answered from: the database, the index in memory, or the log folded to a position. All of
/// them give the same answer to the same question about the same state; <see cref="HitRules"/> and <see cref="StandingAnswer.Of"/> make it.
/// </summary>
internal interface IHitSource
{
    /// <summary>Position of the log that the state holds at least.</summary>
    long Position { get; }

    /// <summary>The subject that holds, or held, each identifier; null where none does. In the order asked.</summary>
    Task<IReadOnlyList<Guid?>> ResolveAsync(IReadOnlyList<SubjectIdentifier> named, CancellationToken cancel);

    /// <summary>The hits of each subject, the oldest entry first: its own entries, and for a person those of a unit it answers for (R-3.4.6.c).</summary>
    Task<ILookup<Guid, Hit>> FindAsync(IReadOnlyCollection<Guid> subjects, HitQuestion question, CancellationToken cancel);

    /// <summary>Where each subject stands.</summary>
    Task<IReadOnlyDictionary<Guid, StandingAnswer>> StandAsync(IReadOnlyCollection<Guid> subjects, HitQuestion question, CancellationToken cancel);
}
