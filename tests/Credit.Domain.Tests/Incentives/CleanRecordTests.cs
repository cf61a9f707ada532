using Credit.Domain.Incentives;
using Credit.Domain.Policy;

namespace Credit.Domain.Tests.Incentives;

public sealed class CleanRecordTests
{
    [Theory]
    [InlineData("2023-11-23", true)]
    [InlineData("2023-11-24", true)]
    [InlineData("2023-11-25", false)]
    [InlineData("2026-11-24", false)]
    [InlineData("2026-11-25", true)]
    [Trait("Invariant", "I50")]
    [Trait("Requirement", "R-3.3.2.b")]
    public void What_was_formed_three_years_ago_or_before_does_not_count_and_a_day_later_does(string formed, bool clean) =>
        Holds(formed, "2026-11-24").ShouldBe(clean);

    [Theory]
    [InlineData("2024-02-29", "2027-02-28", false)]
    [InlineData("2024-02-29", "2027-03-01", true)]
    [InlineData("2021-02-28", "2024-02-28", true)]
    [InlineData("2021-02-28", "2024-02-29", true)]
    [InlineData("2021-03-01", "2024-02-29", false)]
    [InlineData("2021-03-01", "2024-03-01", true)]
    [Trait("Invariant", "I50")]
    public void A_record_of_29_february_counts_on_28_february_and_no_longer_on_1_march(string formed, string asOf, bool clean) => Holds(formed, asOf).ShouldBe(clean);

    [Fact]
    [Trait("Invariant", "I50")]
    public void What_was_found_wrong_counts_as_never_made()
    {
        var today = new DateOnly(2026, 11, 24);
        CleanRecord.Holds([new(NegativeKind.BlackEntry, today, Erroneous: true)], today, 3).ShouldBeTrue();
        CleanRecord.Holds([new(NegativeKind.BlackEntry, today, Erroneous: true), new(NegativeKind.Record, today)], today, 3).ShouldBeFalse();
        CleanRecord.Holds([], today, 3).ShouldBeTrue();
    }

    [Theory]
    [InlineData("警告", true)]
    [InlineData("警告;通报批评", true)]
    [InlineData("警告;罚款", false)]
    [InlineData("罚款", false)]
    [InlineData("", false)]
    [Trait("Requirement", "R-3.3.1.b")]
    public void Only_a_penalty_of_minor_categories_alone_is_no_dishonesty(string categories, bool minor) =>
        PolicyPack.Shipped("rencheng-2019").Incentives.IsMinor(categories).ShouldBe(minor);

    private static bool Holds(string formed, string asOf) =>
        CleanRecord.Holds([new(NegativeKind.Record, DateOnly.Parse(formed, null))], DateOnly.Parse(asOf, null), 3);
}
