using Credit.Abstractions;

namespace Credit.Modules.Tests;

public sealed class ModuleContractTests
{
    private static readonly DateOnly LastDay = new(2028, 5, 31);

    private static readonly ContractLives TwoVersions = new(
        new ContractLife(3, new DateOnly(2027, 6, 1), AcceptedUntil: null), new ContractLife(2, new DateOnly(2026, 11, 24), LastDay));

    [Theory]
    [InlineData(1, 0, false)]
    [InlineData(2, 0, true)]
    [InlineData(2, 1, false)]
    [InlineData(3, 0, true)]
    [InlineData(3, 10_000, true)]
    [InlineData(4, 0, false)]
    public void The_current_contract_is_accepted_and_the_one_before_until_its_last_day(int version, int daysAfterTheLast, bool accepted) =>
        TwoVersions.Accepts(version, LastDay.AddDays(daysAfterTheLast)).ShouldBe(accepted);

    [Fact]
    public void Only_the_earlier_contract_has_a_last_day()
    {
        TwoVersions.LastDayOf(2).ShouldBe(LastDay);
        TwoVersions.LastDayOf(3).ShouldBeNull();
        TwoVersions.LastDayOf(1).ShouldBeNull();
    }

    [Fact]
    public void Without_an_earlier_contract_only_the_current_one_is_accepted()
    {
        var only = TwoVersions with { Previous = null };
        only.Accepts(2, LastDay).ShouldBeFalse();
        only.Accepts(3, LastDay).ShouldBeTrue();
    }

    [Fact]
    public void The_shipped_contract_has_no_end_and_an_earlier_one_lives_a_year_at_least()
    {
        var lives = ModuleContract.Lives;
        lives.Current.Version.ShouldBe(ModuleContract.Version);
        lives.Current.AcceptedUntil.ShouldBeNull();
        (lives.Previous is null || lives.Previous.AcceptedUntil >= lives.Current.Since.AddYears(1)).ShouldBeTrue();
    }
}
