namespace Credit.Core.Deadlines;

/// <summary>The holiday notice of a year that the lead office uploaded beside those shipped.</summary>
internal sealed class CalendarYear
{
    public int Year { get; init; }

    /// <summary>Week days off and weekend days inside holidays.</summary>
    public DateOnly[] Off { get; set; } = [];

    /// <summary>Weekend days worked.</summary>
    public DateOnly[] MakeUp { get; set; } = [];

    /// <summary>Document number of the notice.</summary>
    public required string Source { get; set; }

    public required string UploadedBy { get; set; }

    public DateTimeOffset UploadedAt { get; set; }
}
