using System.Text;
using Credit.Architecture.Tests.Reading;
using Credit.Testing;

namespace Credit.Architecture.Tests.Specs;

/// <summary>Writes every table of moves as a diagram and as a table with its clauses.</summary>
public sealed class LifecyclesSpec
{
    [Fact]
    [Trait("Invariant", "I22")]
    public async Task The_lifecycles_in_the_repository_are_those_of_the_code()
    {
        var tables = LifecycleTable.In(House.Written(House.All));
        tables.Select(table => table.Subject).ShouldBeUnique();
        tables.ShouldContain(table => table.Subject == "Black entry");

        await SpecificationFile.HoldAsync("api-specs/lifecycles.v1.md", Print(tables));
    }

    private static string Print(IReadOnlyList<LifecycleTable> tables)
    {
        var text = new StringBuilder("# Lifecycles\n\nPrinted from the tables of moves. What is not in a table is refused, never ignored (I22).\n");
        foreach (var table in tables)
        {
            text.Append($"\n## {table.Subject}\n\n`{table.Field.DeclaringType!.FullName}.{table.Field.Name}`\n\n```mermaid\n{table.Diagram}```\n\n| from | on | to | clause |\n|---|---|---|---|\n");
            foreach (var move in table.Moves)
            {
                text.Append($"| {move.From} | {move.On} | {move.To} | {move.Clause} |\n");
            }
        }

        return text.ToString();
    }
}
