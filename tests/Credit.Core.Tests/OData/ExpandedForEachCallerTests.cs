using Credit.Core.Tests.Enforcement;
using Credit.Testing;

namespace Credit.Core.Tests.OData;

/// <summary>Answers are kept, but none with rows that only its caller may see: what lies on the way from a set that is the same for everybody.</summary>
public sealed class ExpandedForEachCallerTests(HostFixture host) : IClassFixture<HostFixture>
{
    private const string Address = "/odata/official/Departments?$expand=Tasks";

    private readonly TaskJourney _journey = new(host);

    [Fact]
    public async Task Rows_on_the_way_are_those_of_whoever_asks_whoever_asked_before()
    {
        await _journey.DispatchedAsync("XQ1");

        var all = await TasksAsync("development-reform.officer");
        var again = await TasksAsync("development-reform.officer");
        var own = await TasksAsync("finance.officer");

        all.Distinct().Count().ShouldBeGreaterThan(1, "the lead office sees the tasks of every department");
        again.ShouldBe(all);
        own.Except(["finance"]).ShouldBeEmpty("and a department its own");
    }

    private async Task<string[]> TasksAsync(string account)
    {
        using var client = await host.AsAsync(account);
        return [.. (await _journey.Entries.ListAsync(client, Address)).SelectMany(row => row.GetProperty("Tasks").EnumerateArray()).Select(task => task.GetProperty("Department").GetString()!)];
    }
}
