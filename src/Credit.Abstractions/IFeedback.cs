using Credit.Domain.Policy;

namespace Credit.Abstractions;

/// <summary>What a feedback check may know of the task it answers.</summary>
/// <param name="TaskId">The task.</param>
/// <param name="MeasureKey">Key of the measure.</param>
/// <param name="IssuedOn">Day the task was given out.</param>
/// <param name="Due">Last day to feed back.</param>
/// <param name="Today">Today in the district.</param>
public sealed record TaskFacts(Guid TaskId, string MeasureKey, DateOnly IssuedOn, DateOnly Due, DateOnly Today);

/// <summary>How a department reports, in its own words, that it carried a measure out. The core gives route, storage and the move of the task (R-3.5.1.b).</summary>
/// <typeparam name="TReport">The report, a record of simple members. It must not hold identifiers of natural persons.</typeparam>
public interface IFeedback<in TReport>
    where TReport : class
{
    /// <summary>Key, unique in the host: module key and name, for example <c>trading/refused-bid</c>. It is part of the route.</summary>
    static abstract string Kind { get; }

    /// <summary>Canonical measures (for example <c>P02</c>) this report answers.</summary>
    static abstract IReadOnlyList<string> Answers { get; }

    /// <summary>One line for the API documentation.</summary>
    static abstract string Summary { get; }

    /// <summary>Every reason against the report; none when it is right.</summary>
    IEnumerable<Refusal> Check(TReport report, TaskFacts task);

    /// <summary>What was done, in one Chinese sentence without personal data, for the task's history.</summary>
    string Describe(TReport report);
}
