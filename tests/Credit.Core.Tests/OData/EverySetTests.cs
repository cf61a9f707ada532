using Credit.Abstractions;

namespace Credit.Core.Tests.OData;

/// <summary>Every set of the catalogue over a register of random cells: both lanes answer any query with the same bytes.</summary>
public sealed class EverySetTests(EverySetTests.Filled filled) : IClassFixture<EverySetTests.Filled>
{
    private static readonly string[] Users = ["tax.officer", "development-reform.officer"];

    /// <summary>Sets whose rows hold code or columns that EF works out afterwards: they have one lane.</summary>
    private static readonly string[] OneLane = [];

    [Fact]
    public async Task Both_lanes_show_the_same_rows_of_every_set()
    {
        List<string> slow = [], differing = [];
        var rows = 0;
        foreach (var set in filled.Feed.Sets.Sets.Where(set => set.Row != typeof(FailingRow)))
        {
            foreach (var user in set.Surface == Surface.Public ? [null] : Users)
            {
                var target = $"/odata/{set.Surface.ToString().ToLowerInvariant()}/{set.Name}?$count=true";
                var fast = await filled.AskAsync(user, target);
                var full = await filled.AskAsync(user, target, ("Credit-Lane", "full"));
                if (fast.Headers.GetValueOrDefault("Credit-Lane") != "fast")
                {
                    slow.Add($"{set.Surface}/{set.Name}: {fast.Status} {(fast.Status == 200 ? "" : fast.Body)}");
                }

                if (fast.Status != 200 || fast.Body != full.Body || fast.Headers["ETag"] != full.Headers["ETag"])
                {
                    differing.Add($"{set.Surface}/{set.Name} for {user}:\n{fast.Body}\n{full.Body}");
                }
                else
                {
                    rows += fast.Rows.Count;
                }
            }
        }

        differing.ShouldBeEmpty();
        slow.Distinct().ShouldBe(OneLane, ignoreOrder: true);
        rows.ShouldBeGreaterThan(500, "a register of random cells shows something");
    }

    /// <summary>A register of random cells behind the front door.</summary>
    public sealed class Filled : IAsyncLifetime
    {
        private readonly Dictionary<string, string> _tokens = [];

        public FeedFixture Feed { get; } = new();

        public async Task InitializeAsync()
        {
            await Feed.InitializeAsync();
            await RandomRegister.FillAsync(Feed.ConnectionString, new DateOnly(2026, 11, 24), seed: 20261124);
            foreach (var user in Users)
            {
                using var client = await Feed.AsAsync(user);
                _tokens[user] = client.DefaultRequestHeaders.Authorization!.ToString();
            }
        }

        public async Task DisposeAsync()
        {
            await Feed.DisposeAsync();
            Feed.Dispose();
        }

        public Task<FeedAnswer> AskAsync(string? user, string target, params (string Name, string Value)[] headers) => Feed.AskAsync(
            target.Replace(" ", "%20", StringComparison.Ordinal), user is null ? headers : [.. headers, ("Authorization", _tokens[user]), ("Credit-Purpose", Purpose)]);

        private static string Purpose { get; } = Enum.GetNames<Credit.Domain.Checks.QueryPurpose>()[0];
    }
}
