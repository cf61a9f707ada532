using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Credit.Abstractions;

namespace Credit.Conformance;

/// <summary>A report that cannot be right, and why.</summary>
/// <param name="Report">The report.</param>
/// <param name="Field">The member at fault, in camel case.</param>
/// <param name="Why">What is wrong with it.</param>
internal sealed record BadReport(object Report, string Field, string Why);

/// <summary>
/// Makes reports of a type from its members: right ones by trying likely values, wrong ones by spoiling one member.
/// The same reports every time, so that a failure can be looked at again.
/// </summary>
/// <param name="type">Type of the report.</param>
/// <param name="task">The task it answers.</param>
internal sealed class Payloads(Type type, TaskFacts task)
{
    private static readonly MethodInfo Clone = typeof(object).GetMethod("MemberwiseClone", BindingFlags.Instance | BindingFlags.NonPublic)!;

    // No person's: the area is the district, the day exists, the sequence and check character do not belong together.
    private const string IdentityNumber = "370811199001010000";

    private readonly PropertyInfo[] _members = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(member => member.CanWrite)];

    /// <summary>Days in the report that must lie within the task, so that one of them at least is held to it.</summary>
    public IReadOnlyList<string> Days => [.. _members.Where(member => IsOf<DateOnly>(member)).Select(FieldOf)];

    /// <summary>A report that the check accepts; null when likely values do not make one.</summary>
    /// <param name="refusedFields">The members the check refuses, in camel case; null among them stands for the report as a whole.</param>
    public object? Valid(Func<object, IReadOnlyCollection<string?>> refusedFields)
    {
        var tried = _members.ToDictionary(FieldOf, _ => 0);
        while (true)
        {
            var report = RuntimeHelpers.GetUninitializedObject(type);
            foreach (var member in _members)
            {
                member.SetValue(report, Likely(member)[tried[FieldOf(member)]]);
            }

            var refused = refusedFields(report);
            if (refused.Count == 0)
            {
                return report;
            }

            var movable = _members.Where(member => refused.Contains(FieldOf(member)) && tried[FieldOf(member)] + 1 < Likely(member).Count).Select(FieldOf).ToList();
            if (movable.Count == 0)
            {
                return null;
            }

            movable.ForEach(field => tried[field]++);
        }
    }

    /// <summary>The valid report with one member changed to each likely value: some are right, some are not, none may break anything.</summary>
    public IEnumerable<object> Variants(object valid) =>
        from member in _members
        from value in Likely(member)
        select With(valid, member, value);

    /// <summary>The valid report with one member spoilt, once for each way to spoil it.</summary>
    public IEnumerable<BadReport> Spoilt(object valid) =>
        from member in _members
        from wrong in Wrong(member)
        select new BadReport(With(valid, member, wrong.Value), FieldOf(member), wrong.Why);

    /// <summary>The valid report with a day of its own just before the task, and just after today.</summary>
    public IEnumerable<BadReport> OutsideTheTask(object valid) =>
        from member in _members
        where IsOf<DateOnly>(member)
        from day in (DateOnly[])[task.IssuedOn.AddDays(-1), task.Today.AddDays(1)]
        select new BadReport(With(valid, member, day), FieldOf(member), $"{day:yyyy-MM-dd}");

    /// <summary>Reports with every member spoilt at once, in as many mixtures as the longest list of ways is long.</summary>
    public IEnumerable<object> Mixtures(object valid)
    {
        var wrong = _members.ToDictionary(member => member, member => (IReadOnlyList<object?>)[.. Wrong(member).Select(each => each.Value), .. Likely(member), .. Extreme(member)]);
        for (var round = 0; round < 4 * wrong.Values.Max(values => values.Count); round++)
        {
            var report = Clone.Invoke(valid, null)!;
            foreach (var (at, member) in _members.Index())
            {
                member.SetValue(report, wrong[member][(round * (at + 1)) % wrong[member].Count]);
            }

            yield return report;
        }
    }

    private static object With(object valid, PropertyInfo member, object? value)
    {
        var copy = Clone.Invoke(valid, null)!;
        member.SetValue(copy, value);
        return copy;
    }

    private static string FieldOf(PropertyInfo member) => JsonNamingPolicy.CamelCase.ConvertName(member.Name);

    private static bool IsNullable(PropertyInfo member) => new NullabilityInfoContext().Create(member).ReadState == NullabilityState.Nullable;

    private static bool IsOf<T>(PropertyInfo member) => (Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType) == typeof(T);

    private List<object?> Likely(PropertyInfo member)
    {
        var kind = Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;
        List<object?> values = kind switch
        {
            _ when kind == typeof(string) => ["样本", "样本〔2026〕1号", "https://sample.example/1", "2026", "1"],
            _ when kind == typeof(DateOnly) => [task.Today, task.IssuedOn, task.Today.AddDays(1), task.Today.AddYears(1), task.Today.AddYears(3), task.IssuedOn.AddDays(-1), task.IssuedOn.AddYears(-1)],
            _ when kind == typeof(DateTimeOffset) => [.. ((DateOnly[])[task.Today, task.IssuedOn, task.Today.AddDays(1)]).Select(day => (object?)new DateTimeOffset(day, new TimeOnly(2, 0), TimeSpan.Zero))],
            _ when kind == typeof(int) => [1, 2, 12, task.Today.Year, task.Today.Year + 1, 100, 0],
            _ when kind == typeof(long) => [1L, 2L, 12L, (long)task.Today.Year, 100L, 0L],
            _ when kind == typeof(decimal) => [1m, 100m, 0.5m, 10_000.25m, 0m],
            _ when kind == typeof(bool) => [false, true],
            _ when kind == typeof(Guid) => [task.TaskId],
            { IsEnum: true } => [.. Enum.GetValues(kind).Cast<object?>()],
            _ => [null],
        };
        return IsNullable(member) ? [.. values, null] : values;
    }

    // Neither right nor wrong by themselves; they only must not break anything.
    private static object?[] Extreme(PropertyInfo member)
    {
        var kind = Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;
        return kind switch
        {
            _ when kind == typeof(int) => [int.MaxValue],
            _ when kind == typeof(long) => [long.MaxValue],
            _ when kind == typeof(decimal) => [decimal.MaxValue],
            _ when kind == typeof(DateTimeOffset) => [DateTimeOffset.MinValue, DateTimeOffset.MaxValue],
            _ => [],
        };
    }

    private static IEnumerable<(object? Value, string Why)> Wrong(PropertyInfo member)
    {
        var kind = Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;
        var compulsory = !IsNullable(member);
        return kind switch
        {
            _ when kind == typeof(string) =>
            [
                .. compulsory ? [(null, "missing"), ("", "empty"), (" \u3000", "blank")] : Array.Empty<(object?, string)>(),
                (new string('长', 100_000), "100,000 characters long"),
                ("样本\u0007", "a control character"),
                ("样本\u001b[31m\r\n样本", "line breaks and terminal codes"),
                ($"样本{IdentityNumber}", "an identity number"),
            ],
            _ when kind == typeof(DateOnly) => [.. compulsory ? [(DateOnly.MinValue, "missing")] : Array.Empty<(object?, string)>(), (DateOnly.MaxValue, "in the year 9999")],
            _ when kind == typeof(int) => [(-1, "negative"), (int.MinValue, "the least number there is")],
            _ when kind == typeof(long) => [(-1L, "negative"), (long.MinValue, "the least number there is")],
            _ when kind == typeof(decimal) => [(-0.01m, "negative"), (decimal.MinValue, "the least number there is")],
            { IsEnum: true } => [(Enum.ToObject(kind, 9999), "none of the choices")],
            _ => [],
        };
    }
}
