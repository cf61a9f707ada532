using Credit.Domain.Listing;

namespace Credit.Domain.Tests.Listing;

public sealed class ChannelDutyTests
{
    [Theory]
    [Trait("Requirement", "R-3.4.3.a")]
    [InlineData("91370811MA3TEXT0X0", true)]
    [InlineData("12370811TX0000000X", false)]
    [InlineData("51370811TX000A0172", false)]
    [InlineData(null, false)]
    public void The_enterprise_system_shows_who_is_registered_with_market_supervision(string? code, bool shown) =>
        ChannelDuty.IsEnterprise(code).ShouldBe(shown);
}
