namespace Credit.Domain.Enforcement;

/// <summary>What makes a measure proportionate for a watched subject (R-3.5.5.b).</summary>
public enum WatchGrade
{
    /// <summary>监管: closer supervision.</summary>
    Supervision,

    /// <summary>优惠: no benefit that others get.</summary>
    Benefit,
}

/// <summary>「与其失信程度相适应」: watched subjects are supervised or go without benefits; they are never barred (R-3.5.5.b, I48).</summary>
public static class Proportion
{
    /// <summary>True when the measure may be marked for the watch list: administrative, and each canonical measure it is an instance of is graded.</summary>
    /// <param name="nature">Nature of the measure.</param>
    /// <param name="grades">Grade of each canonical measure; null for those without.</param>
    public static bool FitsWatch(MeasureNature nature, IReadOnlyList<WatchGrade?> grades) =>
        nature == MeasureNature.Administrative && grades.Count > 0 && grades.All(grade => grade is not null);
}
