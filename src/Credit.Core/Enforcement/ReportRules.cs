using System.Reflection;
using System.Text.Json;
using Credit.Abstractions;
using Credit.Core.Intake.Cells;
using Credit.Domain.Policy;

namespace Credit.Core.Enforcement;

/// <summary>
/// What holds for every report whatever module takes it in, so that a module states only what is special about its own:
/// nothing compulsory is missing, no text is too long, unprintable or names a person, no choice is unknown (R-3.5.1.b, R-3.1.4.i).
/// </summary>
internal static class ReportRules
{
    // A slip of the pen, whatever the report is about: nothing was decided before, and no bar lasts longer than a life.
    private const int FirstYear = 1949;
    private const int LastYear = 2150;

    private static readonly Clause ReportedBack = Clause.R("3.5.1.b");

    /// <summary>Every reason against the report: these rules and the module's. Where both speak of one member, the module's words stand.</summary>
    /// <param name="report">The report.</param>
    /// <param name="feedback">Takes it in.</param>
    /// <param name="task">The task it answers.</param>
    /// <param name="read">Reads the module's reasons, which may have no end; null to read them all.</param>
    public static IReadOnlyList<Refusal> Check<TReport>(
        TReport report, IFeedback<TReport> feedback, TaskFacts task, Func<IEnumerable<Refusal>, IReadOnlyList<Refusal>>? read = null)
        where TReport : class
    {
        var members = Members<TReport>.All;

        // A module may trust that what cannot be null is not.
        Refusal[] missing = [.. members.Where(member => member.IsMissing(report)).Select(member => member.Missing())];
        if (missing.Length > 0)
        {
            return missing;
        }

        var stated = feedback.Check(report, task);
        var special = read is null ? [.. stated] : read(stated);
        var spokenOf = special.Select(refusal => refusal.Field).ToHashSet();
        return [.. special, .. members.SelectMany(member => member.Against(report)).Where(refusal => !spokenOf.Contains(refusal.Field))];
    }

    private static class Members<TReport>
    {
        public static readonly IReadOnlyList<Member> All =
            [.. typeof(TReport).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => new Member(property, IsNullable(property)))];

        private static bool IsNullable(PropertyInfo property) => new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable;
    }

    private sealed record Member(PropertyInfo Property, bool IsNullable)
    {
        private string Field { get; } = JsonNamingPolicy.CamelCase.ConvertName(Property.Name);

        public bool IsMissing(object report) => !IsNullable && Property.GetValue(report) is null;

        public Refusal Missing() => new("field-required", $"请填写{Field}。", $"{Field} is missing.", ReportedBack, Field);

        public IEnumerable<Refusal> Against(object report)
        {
            switch (Property.GetValue(report))
            {
                case string text:
                    foreach (var refusal in AgainstText(text))
                    {
                        yield return refusal;
                    }

                    break;

                // What JSON left out reads as the first day of year 1.
                case DateOnly day when day == default && !IsNullable:
                    yield return Missing();
                    break;
                case DateOnly { Year: < FirstYear or > LastYear }:
                    yield return new(
                        "date-out-of-range", $"日期应在{FirstYear}年至{LastYear}年之间。", $"The day must lie between {FirstYear} and {LastYear}.", ReportedBack, Field);
                    break;
                case Enum choice when !Enum.IsDefined(choice.GetType(), choice):
                    yield return new(
                        "choice-unknown",
                        $"{Field}取值应为{string.Join("、", Enum.GetNames(choice.GetType()))}之一。",
                        $"{Field} is one of {string.Join(", ", Enum.GetNames(choice.GetType()))}.",
                        ReportedBack,
                        Field);
                    break;
            }
        }

        private IEnumerable<Refusal> AgainstText(string text)
        {
            if (!IsNullable && string.IsNullOrWhiteSpace(text))
            {
                yield return Missing();
            }

            if (TextLength.Against(text, TextLength.Text, Field) is { } tooLong)
            {
                yield return tooLong;
                yield break;
            }

            if (text.Any(char.IsControl))
            {
                yield return new("text-control-characters", "文本中含有控制字符。", "The text holds control characters.", ReportedBack, Field);
            }

            // The number of a document may be long; only the layout of an identity number is out of place in it.
            var personal = Field.EndsWith("Number", StringComparison.Ordinal)
                ? TextNamesPerson.AgainstNumbers(Clause.R("3.1.4.i"), (text, Field))
                : TextNamesPerson.Against(Clause.R("3.1.4.i"), (text, Field));
            foreach (var refusal in personal)
            {
                yield return refusal;
            }
        }
    }
}
