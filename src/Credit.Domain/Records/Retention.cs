using System.Reflection;
using Credit.Domain.Policy;

namespace Credit.Domain.Records;

/// <summary>How long what no longer counts is kept with the subject it is about (I91).</summary>
public static class Retention
{
    internal static readonly Refusal NotOver = new(
        "retention-not-over", "保存期限未满，不得匿名化。", "The retention is not over yet: nothing is removed.", Clause.Standard("I91"));

    /// <summary>Latest day on which something ended whose retention is over today.</summary>
    /// <param name="today">Today in the district.</param>
    /// <param name="months">Months of retention, the last day included.</param>
    public static DateOnly LastEnded(DateOnly today, int months)
    {
        // Months are of unequal length: step back until the term counted forward is over.
        var day = today.AddMonths(-months);
        while (day.AddMonths(months) >= today)
        {
            day = day.AddDays(-1);
        }

        return day;
    }

    /// <summary>Empties what is marked to be gone after the retention, of the thing and of its parts.</summary>
    /// <param name="holder">An aggregate or a part of one, with its parts loaded.</param>
    /// <param name="nobody">The subject that stands for everybody whose retention is over.</param>
    internal static void Empty(object holder, Guid nobody)
    {
        var id = (Guid)holder.GetType().GetProperty(nameof(Aggregate.Id))!.GetValue(holder)!;
        foreach (var property in holder.GetType().GetProperties())
        {
            if (property.GetCustomAttribute<GoneAfterRetentionAttribute>() is { } gone)
            {
                property.SetValue(holder, EmptyOf(property, property.GetValue(holder), gone, gone.Own ? id : nobody));
            }
            else if (property.PropertyType.IsGenericType && property.GetValue(holder) is IEnumerable<object> parts && HasWhatGoes(property.PropertyType.GetGenericArguments()[0]))
            {
                foreach (var part in parts)
                {
                    Empty(part, nobody);
                }
            }
        }
    }

    /// <summary>True when something of the type is emptied after the retention.</summary>
    internal static bool HasWhatGoes(Type type) => type.GetProperties().Any(property => property.IsDefined(typeof(GoneAfterRetentionAttribute)));

    private static object? EmptyOf(PropertyInfo property, object? value, GoneAfterRetentionAttribute gone, Guid whom) => value switch
    {
        null => null,
        Guid when gone.Emptied == GoneAfterRetentionAttribute.Nothing => null,
        Guid => whom,
        string[] => Array.Empty<string>(),
        string => gone.Emptied ?? (new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable ? null : ""),
        _ => throw new InvalidOperationException($"{property.DeclaringType!.Name}.{property.Name} cannot be emptied."),
    };
}
