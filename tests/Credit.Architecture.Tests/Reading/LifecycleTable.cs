using System.Reflection;
using Credit.Domain.Policy;

namespace Credit.Architecture.Tests.Reading;

/// <summary>A row of a table of moves, in words.</summary>
internal sealed record MoveRow(string From, string On, string To, string Clause);

/// <summary>A table of moves found in an assembly, without its types.</summary>
/// <param name="Field">The field that holds it.</param>
/// <param name="Subject">What lives this life.</param>
/// <param name="Start">State a new one is in.</param>
/// <param name="States">Every state of its type.</param>
/// <param name="Triggers">Every trigger of its type.</param>
/// <param name="Moves">Rows in order.</param>
/// <param name="Diagram">The Mermaid diagram.</param>
internal sealed record LifecycleTable(
    FieldInfo Field, string Subject, string Start, IReadOnlyList<string> States, IReadOnlyList<string> Triggers, IReadOnlyList<MoveRow> Moves, string Diagram)
{
    /// <summary>Type of its triggers; tables of one type share them.</summary>
    public Type TriggerType => Field.FieldType.GetGenericArguments()[1];

    /// <summary>Every table held in a static field of these types, in order of type and place.</summary>
    public static IReadOnlyList<LifecycleTable> In(IEnumerable<Type> types) =>
    [
        .. types.SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(field => field.FieldType.IsGenericType && field.FieldType.GetGenericTypeDefinition() == typeof(Lifecycle<,>))
            .OrderBy(field => field.DeclaringType!.FullName, StringComparer.Ordinal).ThenBy(field => field.MetadataToken)
            .Select(field => (LifecycleTable)typeof(LifecycleTable).GetMethod(nameof(Read), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(field.FieldType.GetGenericArguments()).Invoke(null, [field])!),
    ];

    private static LifecycleTable Read<TState, TTrigger>(FieldInfo field)
        where TState : struct, Enum
        where TTrigger : struct, Enum
    {
        var table = (Lifecycle<TState, TTrigger>)field.GetValue(null)!;
        return new LifecycleTable(
            field, table.Subject, table.Start.ToString(), Enum.GetNames<TState>(), Enum.GetNames<TTrigger>(),
            [.. table.Moves.Select(move => new MoveRow(move.From.ToString(), move.On.ToString(), move.To.ToString(), move.Clause))],
            table.ToMermaid());
    }
}
