using Credit.Domain.Policy;

namespace Credit.Domain.Tests.Policy;

[Trait("Invariant", "I22")]
public sealed class LifecycleTests
{
    private static readonly Lifecycle<Light, Turn> Table = new(
        "lamp",
        Light.Off,
        (Light.Off, Turn.On, Light.Lit, "R-1"),
        (Light.Lit, Turn.Off, Light.Off, "R-2"),
        (Light.Lit, Turn.Break, Light.Broken, "R-3"));

    private enum Light
    {
        Off,
        Lit,
        Broken,
    }

    private enum Turn
    {
        On,
        Off,
        Break,
    }

    [Fact]
    public void A_row_of_the_table_moves_and_names_its_clause() =>
        Table.Fire(Light.Lit, Turn.Break).Value.ShouldBe(new(Light.Lit, Turn.Break, Light.Broken, "R-3"));

    [Fact]
    public void What_is_not_in_the_table_is_refused_and_the_possible_named()
    {
        var refusal = Table.Fire(Light.Lit, Turn.On).Refusals.ShouldHaveSingleItem();

        refusal.Code.ShouldBe("state-does-not-allow");
        refusal.Field.ShouldBeNull("only the state is at fault");
        refusal.English.ShouldContain("Off, Break");
        refusal.Chinese.ShouldContain("Off, Break");
    }

    [Fact]
    public void An_end_state_allows_nothing_and_says_so()
    {
        var refusal = Table.Fire(Light.Broken, Turn.On).Refusals.ShouldHaveSingleItem();

        refusal.English.ShouldContain("nothing");
        refusal.Chinese.ShouldContain("无");
    }

    [Fact]
    public void The_table_and_nothing_else_allows()
    {
        var allowed = from state in Enum.GetValues<Light>()
                      from turn in Enum.GetValues<Turn>()
                      where Table.Allows(state, turn)
                      select (state, turn);

        allowed.ShouldBe(Table.Moves.Select(move => (move.From, move.On)), ignoreOrder: true);
        Table.Start.ShouldBe(Light.Off);
    }

    [Fact]
    public void Two_rows_from_the_same_state_on_the_same_trigger_are_no_table() =>
        Should.Throw<ArgumentException>(() => new Lifecycle<Light, Turn>(
            "lamp", Light.Off, (Light.Off, Turn.On, Light.Lit, "R-1"), (Light.Off, Turn.On, Light.Broken, "R-2")));

    [Fact]
    public void The_diagram_shows_start_moves_and_ends()
    {
        var diagram = Table.ToMermaid();

        diagram.ShouldContain("[*] --> Off");
        diagram.ShouldContain("Lit --> Broken : Break (R-3)");
        diagram.ShouldContain("Broken --> [*]");
        diagram.ShouldNotContain("Lit --> [*]");
    }
}
