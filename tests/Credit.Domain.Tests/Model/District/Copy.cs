using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using Credit.Domain.Policy;

namespace Credit.Domain.Tests.Model;

/// <summary>Copies of aggregates: a use case works on its own copy, as it does on rows it loaded from the database.</summary>
internal static class Copy
{
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly;

    private static readonly Func<object, object> Shallow =
        typeof(object).GetMethod("MemberwiseClone", BindingFlags.Instance | BindingFlags.NonPublic)!.CreateDelegate<Func<object, object>>();

    private static readonly ConcurrentDictionary<Type, FieldInfo[]> Fields = new();

    /// <summary>A copy with lists of its own; what belongs to the aggregate alone is copied too.</summary>
    public static T Of<T>(T row)
        where T : Aggregate
    {
        var copy = (T)Shallow(row);
        foreach (var field in FieldsOf(row.GetType()))
        {
            if (typeof(IList).IsAssignableFrom(field.FieldType) && !field.FieldType.IsArray)
            {
                field.SetValue(copy, ListOf((IList)field.GetValue(row)!, field.FieldType));
            }
        }

        return copy;
    }

    /// <summary>Names of the fields in which two copies differ; announcements and version left out.</summary>
    public static IEnumerable<string> Differences(Aggregate one, Aggregate other) => FieldsOf(one.GetType())
        .Where(field => field.Name is not "_announced" and not "<Version>k__BackingField" && !Same(field.GetValue(one), field.GetValue(other)))
        .Select(field => field.Name);

    private static bool Same(object? one, object? other) => one is IList left && other is IList right
        ? left.Count == right.Count && left.Cast<object>().Zip(right.Cast<object>()).All(pair => Same(pair.First, pair.Second))
        : Equals(one, other) || (one is not null && other is not null && one.GetType() == other.GetType() && IsPart(one.GetType())
            && FieldsOf(one.GetType()).All(field => Equals(field.GetValue(one), field.GetValue(other))));

    private static bool IsPart(Type type) => type.Namespace?.StartsWith("Credit.Domain", StringComparison.Ordinal) == true && type.IsClass;

    private static IList ListOf(IList items, Type type)
    {
        var copy = (IList)Activator.CreateInstance(type)!;
        foreach (var item in items)
        {
            copy.Add(item is not null && IsPart(item.GetType()) && item is not Announced ? Shallow(item) : item);
        }

        return copy;
    }

    private static FieldInfo[] FieldsOf(Type type) => Fields.GetOrAdd(type, static of =>
    {
        List<FieldInfo> fields = [];
        for (var each = of; each is not null && each != typeof(object); each = each.BaseType)
        {
            fields.AddRange(each.GetFields(Own));
        }

        return [.. fields];
    });
}
