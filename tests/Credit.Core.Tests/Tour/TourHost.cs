using Credit.Testing;

namespace Credit.Core.Tests.Tour;

/// <summary>What a reader of the tour has before them: a host with the demo district, here a small one. A reader does not sign in as fast as a test.</summary>
public sealed class TourHost : HostFixture
{
    /// <summary>The small district, and no limits to how fast it is read.</summary>
    internal static IReadOnlyList<string> District { get; } =
    [
        "--Demo:Load", "true", "--Demo:Subjects", "300",
        "--Limits:SignInsPerMinute", "100000", "--Limits:ReportsPerMinute", "1000", "--Limits:FollowUpsPerMinute", "1000", "--Limits:VerificationsPerMinute", "1000",
    ];

    protected override IReadOnlyList<string> Settings => District;
}
