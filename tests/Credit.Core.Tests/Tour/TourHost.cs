using Credit.Testing;

namespace Credit.Core.Tests.Tour;

/// <summary>What a reader of the tour has before them: a host with the demo district, here a small one.</summary>
public sealed class TourHost : HostFixture
{
    protected override IReadOnlyList<string> Settings => ["--Demo:Load", "true", "--Demo:Subjects", "300"];
}
