using Credit.Domain.Policy;
using CsCheck;

namespace Credit.Domain.Tests.Policy;

public sealed class ValidityTests
{
    private static readonly Validity OneYear = new(new(2025, 12, 1), new(2026, 11, 30));

    [Theory]
    [InlineData("2025-11-30", false)]
    [InlineData("2025-12-01", true)]
    [InlineData("2026-11-30", true)]
    [InlineData("2026-12-01", false)]
    [Trait("Invariant", "I33")]
    public void Both_ends_bind(string day, bool binds) => OneYear.Covers(DateOnly.ParseExact(day, "yyyy-MM-dd")).ShouldBe(binds);

    [Fact]
    [Trait("Invariant", "I35")]
    public void It_leaves_the_list_on_the_day_after_the_last() => OneYear.ExitDay.ShouldBe(new(2026, 12, 1));

    [Fact]
    public void Sharing_one_day_is_overlapping()
    {
        OneYear.Overlaps(new(new(2026, 11, 30), new(2027, 11, 29))).ShouldBeTrue();
        OneYear.Overlaps(new(new(2026, 12, 1), new(2027, 11, 30))).ShouldBeFalse();
    }

    [Fact]
    public void Overlap_is_mutual_and_means_a_common_day() =>
        Gen.Select(Spans, Spans).Sample((one, other) =>
            one.Overlaps(other) == other.Overlaps(one)
            && one.Overlaps(other) == Days(one).Any(other.Covers));

    [Fact]
    public void No_day_is_in_force_and_past_its_end() =>
        Spans.Sample(span => Days(span).All(span.Covers) && !span.Covers(span.ExitDay) && !span.Covers(span.From.AddDays(-1)));

    private static Gen<Validity> Spans { get; } =
        Gen.Select(Gen.Int[0, 60], Gen.Int[0, 30], (from, length) =>
            new Validity(new DateOnly(2026, 1, 1).AddDays(from), new DateOnly(2026, 1, 1).AddDays(from + length)));

    private static IEnumerable<DateOnly> Days(Validity span) =>
        Enumerable.Range(0, span.To.DayNumber - span.From.DayNumber + 1).Select(offset => span.From.AddDays(offset));
}
