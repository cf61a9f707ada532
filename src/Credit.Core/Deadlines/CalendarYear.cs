namespace Credit.Core.Deadlines;

/// <summary>The holiday notice of a year that the lead office uploaded beside those shipped.</summary>
internal sealed class CalendarYear
{
    public int Year { get; init; }

    /// <summary>Revision of the year, a shipped notice counted as the first; a row is never changed, a later one takes its place (I93).</summary>
    public int Revision { get; init; }

    /// <summary>Week days off and weekend days inside holidays.</summary>
    public DateOnly[] Off { get; init; } = [];

    /// <summary>Weekend days worked.</summary>
    public DateOnly[] MakeUp { get; init; } = [];

    /// <summary>Document number of the notice.</summary>
    public required string Source { get; init; }

    public required string UploadedBy { get; init; }

    public DateTimeOffset UploadedAt { get; init; }
}
