using Credit.Domain.Policy;

namespace Credit.Abstractions;

/// <summary>
/// Checks that reports of every department have in common, so that a feedback states what is its own and each refusal reads the same
/// wherever it comes from (R-3.5.1.b). Names of fields are given in Chinese and English for the texts.
/// </summary>
public static class ReportChecks
{
    /// <summary>Longest text of one field, in characters.</summary>
    public const int LongestText = 200;

    /// <summary>Largest amount of one report, in yuan: more than any single matter of a district, so that a slip of the pen is seen.</summary>
    public const decimal LargestAmount = 1_000_000_000m;

    private static readonly Clause Reporting = Clause.R("3.5.1.b");

    /// <summary>The text is there, not longer than <see cref="LongestText"/>, and holds no control characters.</summary>
    /// <param name="value">The text.</param>
    /// <param name="field">Name of the member as in JSON.</param>
    /// <param name="chinese">What it is, in Chinese.</param>
    /// <param name="english">What it is, in English, without article.</param>
    public static IEnumerable<Refusal> Text(string? value, string field, string chinese, string english)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            yield return new("field-required", $"请填写{chinese}。", $"The {english} is missing.", Reporting, field);
        }
        else if (value.Length > LongestText)
        {
            yield return new("text-too-long", $"{chinese}不得超过{LongestText}字。", $"The {english} has at most {LongestText} characters.", Reporting, field);
        }
        else if (value.Any(char.IsControl))
        {
            yield return new("text-control-characters", $"{chinese}不得含控制字符。", $"The {english} holds control characters.", Reporting, field);
        }
    }

    /// <summary>The day lies between the day the task was given out and today, both included.</summary>
    /// <param name="day">The day.</param>
    /// <param name="task">The task.</param>
    /// <param name="field">Name of the member as in JSON.</param>
    /// <param name="chinese">What it is, in Chinese.</param>
    /// <param name="english">What it is, in English, without article.</param>
    public static IEnumerable<Refusal> DoneWithin(DateOnly day, TaskFacts task, string field, string chinese, string english)
    {
        if (day < task.IssuedOn || day > task.Today)
        {
            yield return new(
                "date-out-of-range",
                $"{chinese}应在任务下达之日至今日之间。",
                $"The {english} must lie between the day the task was given out and today.",
                Reporting,
                field);
        }
    }

    /// <summary>The last day is not before the first.</summary>
    /// <param name="from">First day.</param>
    /// <param name="to">Last day.</param>
    /// <param name="field">Name of the last day's member as in JSON.</param>
    public static IEnumerable<Refusal> Period(DateOnly from, DateOnly to, string field)
    {
        if (to < from)
        {
            yield return new("period-reversed", "截止日期不得早于起始日期。", "The last day cannot lie before the first.", Reporting, field);
        }
    }

    /// <summary>The value is one of those listed.</summary>
    /// <param name="value">The value.</param>
    /// <param name="allowed">What may stand there.</param>
    /// <param name="field">Name of the member as in JSON.</param>
    /// <param name="chinese">What it is, in Chinese.</param>
    /// <param name="english">What it is, in English, without article.</param>
    public static IEnumerable<Refusal> OneOf(string? value, IReadOnlyCollection<string> allowed, string field, string chinese, string english)
    {
        if (value is null || !allowed.Contains(value))
        {
            var list = string.Join('、', allowed);
            yield return new("value-not-listed", $"{chinese}应为: {list}。", $"The {english} is one of: {list}.", Reporting, field);
        }
    }

    /// <summary>A restriction begins on the day it was decided or within a year after it.</summary>
    /// <param name="decided">Day of the decision.</param>
    /// <param name="from">First day of the restriction.</param>
    /// <param name="field">Name of the first day's member as in JSON.</param>
    public static IEnumerable<Refusal> BeginsAfter(DateOnly decided, DateOnly from, string field)
    {
        if (from < decided || IsBeyond(decided, from, years: 1))
        {
            yield return new("start-out-of-range", "起始日期应在决定之日起一年内。", "The first day lies between the day of the decision and a year after it.", Reporting, field);
        }
    }

    /// <summary>A restriction lasts no longer than the law allows: its last day is the anniversary at the latest.</summary>
    /// <param name="from">First day of the restriction.</param>
    /// <param name="to">Last day of the restriction.</param>
    /// <param name="years">Longest term, in years.</param>
    /// <param name="law">The article that limits it.</param>
    /// <param name="field">Name of the last day's member as in JSON.</param>
    public static IEnumerable<Refusal> NoLongerThan(DateOnly from, DateOnly to, int years, string law, string field)
    {
        if (IsBeyond(from, to, years))
        {
            yield return new("term-too-long", $"依据{law}，期限最长{years}年。", $"The term is {years} years at most ({law}).", Clause.Standard(law), field);
        }
    }

    /// <summary>The amount is not negative, not beyond <see cref="LargestAmount"/>, and counts in whole fen.</summary>
    /// <param name="value">The amount, in yuan.</param>
    /// <param name="field">Name of the member as in JSON.</param>
    /// <param name="chinese">What it is, in Chinese.</param>
    /// <param name="english">What it is, in English, without article.</param>
    public static IEnumerable<Refusal> Amount(decimal value, string field, string chinese, string english)
    {
        if (value < 0)
        {
            yield return new("amount-negative", $"{chinese}不得为负数。", $"The {english} must not be negative.", Reporting, field);
        }
        else if (value > LargestAmount || decimal.Round(value, 2) != value)
        {
            yield return new(
                "amount-out-of-range", $"{chinese}应精确到分，且不超过十亿元。", $"The {english} counts in whole fen and is a thousand million yuan at most.", Reporting, field);
        }
    }

    /// <summary>The number lies between these, both included.</summary>
    /// <param name="value">The number.</param>
    /// <param name="least">Least.</param>
    /// <param name="most">Most.</param>
    /// <param name="field">Name of the member as in JSON.</param>
    /// <param name="chinese">What it is, in Chinese.</param>
    /// <param name="english">What it is, in English, without article.</param>
    public static IEnumerable<Refusal> Between(int value, int least, int most, string field, string chinese, string english)
    {
        if (value < least || value > most)
        {
            yield return new("number-out-of-range", $"{chinese}应为{least}至{most}。", $"The {english} lies between {least} and {most}.", Reporting, field);
        }
    }

    // Any day can be asked about, the last there is included.
    private static bool IsBeyond(DateOnly from, DateOnly to, int years) => from <= DateOnly.MaxValue.AddYears(-years) && to > from.AddYears(years);
}
