using Credit.Domain.Policy;
using CsCheck;

namespace Credit.Domain.Tests.Policy;

[Trait("Invariant", "I36")]
public sealed class CivilClockTests
{
    [Theory]
    [InlineData("2026-11-23T15:59:59Z", "2026-11-23")]
    [InlineData("2026-11-23T16:00:00Z", "2026-11-24")]
    [InlineData("2026-11-24T15:59:59Z", "2026-11-24")]
    [InlineData("2026-11-24T00:00:00+08:00", "2026-11-24")]
    [InlineData("2026-11-23T12:00:00-12:00", "2026-11-24")]
    public void A_day_begins_at_midnight_in_Shanghai(string instant, string day) =>
        CivilClock.Day(DateTimeOffset.Parse(instant)).ShouldBe(DateOnly.ParseExact(day, "yyyy-MM-dd"));

    [Fact]
    public void The_clients_offset_changes_nothing() =>
        Gen.Select(Gen.Long[0, 4_000_000_000], Gen.Int[-14 * 60, 14 * 60]).Sample((second, offset) =>
        {
            var instant = DateTimeOffset.FromUnixTimeSeconds(second);
            return CivilClock.Day(instant.ToOffset(TimeSpan.FromMinutes(offset))) == CivilClock.Day(instant);
        });

    [Fact]
    [Trait("Invariant", "I35")]
    public void A_day_starts_exactly_once() =>
        Gen.Int[0, 40_000].Sample(number =>
        {
            var day = new DateOnly(1990, 1, 1).AddDays(number);
            var start = CivilClock.StartOf(day);
            return CivilClock.Day(start) == day && CivilClock.Day(start.AddTicks(-1)) == day.AddDays(-1);
        });

    [Fact]
    public void The_hosts_zone_changes_nothing()
    {
        var clock = new HostAbroad();

        clock.Today().ShouldBe(new(2026, 11, 24));
        CivilClock.StartOf(clock.Today()).Offset.ShouldBe(TimeSpan.Zero);
    }

    [Theory]
    [InlineData("Pacific/Kiritimati")]
    [InlineData("America/Los_Angeles")]
    [InlineData("Etc/GMT+12")]
    public void The_calendar_counts_the_same_in_any_zone_of_the_process(string zone)
    {
        var before = Environment.GetEnvironmentVariable("TZ");
        try
        {
            Environment.SetEnvironmentVariable("TZ", zone);
            TimeZoneInfo.ClearCachedData();

            CivilClock.Day(DateTimeOffset.Parse("2026-11-23T16:00:00Z")).ShouldBe(new(2026, 11, 24));
            WorkingCalendar.BuiltIn.DueDate(new(2026, 9, 18), new(7)).ShouldBe(new(2026, 9, 29));
        }
        finally
        {
            Environment.SetEnvironmentVariable("TZ", before);
            TimeZoneInfo.ClearCachedData();
        }
    }

    private sealed class HostAbroad : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.CreateCustomTimeZone("abroad", TimeSpan.FromHours(-11), "abroad", "abroad");

        public override DateTimeOffset GetUtcNow() => new(2026, 11, 23, 16, 0, 0, TimeSpan.Zero);
    }
}
