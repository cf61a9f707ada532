using System.Collections.Concurrent;
using System.Reflection;
using Credit.Architecture.Tests.Planted;
using Credit.Architecture.Tests.Reading;

namespace Credit.Architecture.Tests.Structure;

/// <summary>Nothing is remembered outside of an object somebody made: two hosts in one process share nothing.</summary>
public sealed class StaticStateTests
{
    private static readonly Type[] Changeable =
    [
        typeof(List<>), typeof(Dictionary<,>), typeof(HashSet<>), typeof(Queue<>), typeof(Stack<>), typeof(SortedDictionary<,>), typeof(SortedSet<>),
        typeof(ConcurrentDictionary<,>), typeof(ConcurrentQueue<>), typeof(ConcurrentBag<>), typeof(AsyncLocal<>), typeof(ThreadLocal<>),
    ];

    [Fact]
    public void There_is_no_static_state_that_changes() => Mutable(House.Written(House.All)).ShouldBeEmpty();

    [Fact]
    public void Static_state_that_changes_is_found() =>
        Mutable([typeof(Remembers)]).ShouldBe(["Remembers._count", "Remembers.Last", "Remembers.Seen", "Remembers.Names"], ignoreOrder: true);

    private static IEnumerable<string> Mutable(IEnumerable<Type> types) =>
        from type in types
        where !type.ContainsGenericParameters || type.IsGenericTypeDefinition
        from field in type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.DeclaredOnly)
        where !field.IsLiteral && (!field.IsInitOnly || IsChangeable(field.FieldType))
        select $"{type.Name}.{NameOf(field.Name)}";

    private static bool IsChangeable(Type type) => type.IsGenericType && Changeable.Contains(type.GetGenericTypeDefinition());

    // The field behind a property is named after it, in angle brackets.
    private static string NameOf(string field) => field[0] == '<' ? field[1..field.IndexOf('>', StringComparison.Ordinal)] : field;
}
