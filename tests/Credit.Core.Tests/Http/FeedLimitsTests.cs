using System.Net;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Credit.Core.Http;
using Credit.Host.Startup;
using Microsoft.AspNetCore.Http;

namespace Credit.Core.Tests.Http;

/// <summary>How much of the feeds one caller may take, and what is left for the others.</summary>
public sealed class FeedLimitsTests
{
    private const string Stream = "/feeds/changes?set=ListEntries&wait=300";

    [Fact]
    [Trait("Invariant", "X14")]
    public void One_address_takes_its_streams_and_leaves_the_others_theirs()
    {
        using var limits = new FeedLimits(new() { StreamsPerAddress = 2, AnonymousStreams = 100, Streams = 200 });
        var first = Enter(limits, Stream, "203.0.113.7");
        using var second = Enter(limits, Stream, "::ffff:203.0.113.7");

        Enter(limits, Stream, "203.0.113.7").IsAcquired.ShouldBeFalse("the third of one address, however it is spelt");
        Enter(limits, "/feeds/changes?set=ListEntries", "203.0.113.7").IsAcquired.ShouldBeTrue("one that does not wait");
        Enter(limits, Stream, "203.0.113.8").IsAcquired.ShouldBeTrue();
        first.Dispose();
        Enter(limits, Stream, "203.0.113.7").IsAcquired.ShouldBeTrue("one of them ended");
    }

    [Fact]
    public void A_subscriber_of_IPv6_is_one_caller_whatever_address_it_makes_up()
    {
        using var limits = new FeedLimits(new() { StreamsPerAddress = 1 });
        Enter(limits, Stream, "2001:db8:1:2::5").IsAcquired.ShouldBeTrue();

        Enter(limits, Stream, "2001:db8:1:2:ffff::9").IsAcquired.ShouldBeFalse();
        Enter(limits, Stream, "2001:db8:1:3::5").IsAcquired.ShouldBeTrue();
    }

    [Fact]
    public void Departments_and_partners_keep_their_share_whoever_else_waits()
    {
        using var limits = new FeedLimits(new() { StreamsPerAddress = 1, StreamsPerAccount = 2, AnonymousStreams = 3, Streams = 5 });
        var anyone = Enumerable.Range(1, 5).Select(number => Enter(limits, Stream, $"203.0.113.{number}")).ToArray();
        anyone.Count(lease => lease.IsAcquired).ShouldBe(3);

        Enter(limits, Stream, "203.0.113.9", "someone", Roles.Subject).IsAcquired.ShouldBeFalse("anybody can sign in as a subject");
        Enter(limits, Stream, "203.0.113.9", "bank.system", Roles.Partner).IsAcquired.ShouldBeTrue();
        using var tax = Enter(limits, Stream, "203.0.113.9", "tax.officer", Roles.Officer);
        tax.IsAcquired.ShouldBeTrue();
        Enter(limits, Stream, "203.0.113.9", "city.system", Roles.Machine).IsAcquired.ShouldBeFalse("the house is full");
    }

    [Theory]
    [InlineData("/odata/public/ListEntries")]
    [InlineData("/ODATA/public/ListEntries")]
    [InlineData("/feeds/digest?set=ListEntries")]
    [InlineData("/feeds/changes")]
    [InlineData("/bulk/ListEntries")]
    [InlineData("/api/catalogue")]
    public void Requests_are_counted_by_the_minute(string path)
    {
        using var limits = new FeedLimits(new() { AnonymousPerMinute = 3 });
        for (var i = 0; i < 3; i++)
        {
            Enter(limits, path, "203.0.113.7").IsAcquired.ShouldBeTrue();
        }

        var refused = Enter(limits, path, "203.0.113.7");
        refused.IsAcquired.ShouldBeFalse();
        refused.TryGetMetadata(MetadataName.RetryAfter, out var after).ShouldBeTrue();
        after.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Enter(limits, path, "203.0.113.8").IsAcquired.ShouldBeTrue();
        Enter(limits, path, "203.0.113.7", "tax.officer", Roles.Officer).IsAcquired.ShouldBeTrue("an account is counted by itself");
    }

    [Fact]
    public void An_account_is_counted_at_the_feeds_wherever_it_calls_from()
    {
        using var limits = new FeedLimits(new() { FeedsPerMinute = 2, FeedBatchesPerMinute = 1 });
        Enter(limits, "/odata/official/$batch", "203.0.113.1", "tax.system", Roles.Machine).IsAcquired.ShouldBeTrue();
        Enter(limits, "/odata/official/$batch", "203.0.113.2", "tax.system", Roles.Machine).IsAcquired.ShouldBeFalse("a batch holds a hundred requests");
        Enter(limits, "/odata/official/ListEntries", "203.0.113.3", "tax.system", Roles.Machine).IsAcquired.ShouldBeFalse();
        Enter(limits, "/api/checks", "203.0.113.3", "tax.system", Roles.Machine).IsAcquired.ShouldBeTrue();
    }

    [Fact]
    public async Task Downloads_beyond_those_at_once_wait_for_their_turn()
    {
        using var limits = new FeedLimits(new() { DownloadsPerCaller = 1, DownloadsWaiting = 1, Downloads = 2 });
        const string File = "/bulk/ListEntries/12.ndjson.gz";
        var first = Enter(limits, File, "203.0.113.7");
        first.IsAcquired.ShouldBeTrue();
        Enter(limits, "/bulk/ListEntries", "203.0.113.7").IsAcquired.ShouldBeTrue("the manifest is no download");

        var second = limits.Options.GlobalLimiter!.AcquireAsync(Request(File, "203.0.113.7"));
        second.IsCompleted.ShouldBeFalse();
        (await limits.Options.GlobalLimiter.AcquireAsync(Request(File, "203.0.113.7"))).IsAcquired.ShouldBeFalse("one may wait");
        using var other = Enter(limits, File, "203.0.113.8");
        other.IsAcquired.ShouldBeTrue();
        Enter(limits, File, "203.0.113.9").IsAcquired.ShouldBeFalse("two at once of everybody");
        first.Dispose();

        (await second).IsAcquired.ShouldBeTrue();
    }

    [Fact]
    [Trait("Invariant", "X14")]
    public void Slow_downloads_of_anybody_leave_departments_and_partners_theirs_and_a_full_house_takes_nothing_of_the_minute()
    {
        using var limits = new FeedLimits(new() { DownloadsPerCaller = 1, AnonymousDownloads = 2, Downloads = 3, AnonymousPerMinute = 2 });
        const string File = "/bulk/ListEntries/12.ndjson.gz";
        var taken = Enumerable.Range(1, 2).Select(number => Enter(limits, File, $"203.0.113.{number}")).ToArray();
        taken.ShouldAllBe(lease => lease.IsAcquired);

        for (var i = 0; i < 5; i++)
        {
            Enter(limits, File, "203.0.113.9").IsAcquired.ShouldBeFalse();
        }

        Enter(limits, File, "203.0.113.9", "bank.system", Roles.Partner).IsAcquired.ShouldBeTrue();
        Enter(limits, "/odata/public/ListEntries", "203.0.113.9").IsAcquired.ShouldBeTrue("five refusals were no requests");
    }

    [Fact]
    public void A_limit_that_lets_nobody_in_is_refused_at_the_start() =>
        Should.Throw<InvalidOperationException>(() => new FeedLimits(new() { StreamsPerAddress = 0 }));

    // What a partner's replica and a traversal of pages of 1,000 rows do in their worst minute: 2,000,000 rows, a digest and a stream a second.
    [Fact]
    public void A_partner_that_reads_everything_never_meets_a_limit()
    {
        using var limits = new FeedLimits(new());
        for (var page = 0; page < 2_000_000 / 1_000; page++)
        {
            Enter(limits, "/odata/public/Penalties?$skiptoken=x", "203.0.113.7").IsAcquired.ShouldBeTrue();
        }

        for (var second = 0; second < 60; second++)
        {
            Enter(limits, "/feeds/digest?set=Penalties", "203.0.113.7").IsAcquired.ShouldBeTrue();
            Enter(limits, Stream, "203.0.113.7").IsAcquired.ShouldBeTrue();
        }
    }

    private static RateLimitLease Enter(FeedLimits limits, string path, string address, string? account = null, string role = "") =>
        limits.Options.GlobalLimiter!.AttemptAcquire(Request(path, address, account, role));

    private static DefaultHttpContext Request(string path, string address, string? account = null, string role = "")
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        context.Request.Path = path.Split('?')[0];
        context.Request.QueryString = new(path.Contains('?', StringComparison.Ordinal) ? path[path.IndexOf('?', StringComparison.Ordinal)..] : "");
        context.User = account is null ? new() : new(new ClaimsIdentity([new("sub", account), new("role", role)], "test"));
        return context;
    }
}
