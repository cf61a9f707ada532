using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Credit.Domain.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Records;

/// <summary>信用信息目录: what is collected, by whom, on what basis, until when, and who may read it (R-2.1, R-3.1.4.b, R-3.6.2).</summary>
internal sealed class ReadCatalogue : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/catalogue", HandleAsync)
            .AllowAnonymousBecause("The catalogue of what is collected is public.")
            .WithName(nameof(ReadCatalogue))
            .WithSummary("Read the catalogue of credit information")
            .Produces<CatalogueView>();

    private static async Task<IResult> HandleAsync(PolicyPack pack, PublicDbContext db, CancellationToken cancel)
    {
        var matched = (await db.UpstreamMatches.Where(match => match.State == nameof(UpstreamMatchState.InForce)).ToListAsync(cancel)).ToDictionary(match => (match.Item, match.Level));
        return TypedResults.Ok(new CatalogueView(
            pack.Name,
            [.. pack.Catalogue.Select(item => ItemView.Of(item, pack, [.. UpstreamOf(item, matched)]))],
            [.. Enum.GetNames<UpstreamLevel>().Select(level => new MatchedShare(level, pack.Catalogue.Count(item => matched.ContainsKey((item.Key, level))), pack.Catalogue.Count))]));
    }

    // The class of the national catalogue comes with the pack; province and city are matched at run time.
    private static IEnumerable<UpstreamView> UpstreamOf(CatalogueItem item, Dictionary<(string Item, string Level), PublicUpstreamMatch> matched) =>
        Enum.GetNames<UpstreamLevel>()
            .Select(level => matched.TryGetValue((item.Key, level), out var match)
                ? new UpstreamView(level, Matched: true, match.ItemNumber, match.Title, match.Document, match.Number, match.DecidedOn)
                : new UpstreamView(level, Matched: false))
            .Prepend(new("National", Matched: true, Title: item.UpstreamItem));

    /// <summary>The catalogue.</summary>
    /// <param name="PolicyPack">Policy pack it belongs to.</param>
    /// <param name="Items">Its items.</param>
    /// <param name="Matched">How many items are matched with each upper catalogue.</param>
    internal sealed record CatalogueView(string PolicyPack, IReadOnlyList<ItemView> Items, IReadOnlyList<MatchedShare> Matched);

    /// <summary>How far the district's catalogue is matched with an upper one.</summary>
    /// <param name="Level">Province or city.</param>
    /// <param name="Matched">Items that are matched.</param>
    /// <param name="Items">Items of the district's catalogue.</param>
    internal sealed record MatchedShare(string Level, int Matched, int Items);

    /// <summary>What an item follows in an upper catalogue.</summary>
    /// <param name="Level">National, Province or City.</param>
    /// <param name="Matched">False while nobody found the item there.</param>
    /// <param name="Number">Number of the upper item; null where none is known.</param>
    /// <param name="Title">Its title.</param>
    /// <param name="Document">Document it is printed in.</param>
    /// <param name="Version">Version of the match.</param>
    /// <param name="DecidedOn">Day a second person accepted it.</param>
    internal sealed record UpstreamView(
        string Level, bool Matched, string? Number = null, string? Title = null, string? Document = null, int? Version = null, DateOnly? DecidedOn = null);

    /// <summary>An item of the catalogue.</summary>
    /// <param name="Key">Key; of what comes in files also the kind of file.</param>
    /// <param name="Title">Official title.</param>
    /// <param name="UpstreamItem">Item of the national catalogue it is an instance of.</param>
    /// <param name="RecordKind">Kind of credit record; null for what has a table of its own.</param>
    /// <param name="Providers">Bodies that provide it; empty where every department does.</param>
    /// <param name="Basis">Law or document.</param>
    /// <param name="Sharing">Who may read it.</param>
    /// <param name="Publish">Records may be shown to everybody.</param>
    /// <param name="TermDays">Working days in which it is reported.</param>
    /// <param name="TermCitation">Law that sets the term; null where the policy does.</param>
    /// <param name="Upstream">What it follows in the catalogues of nation, province and city; not matched where nobody found it yet.</param>
    internal sealed record ItemView(
        string Key, string Title, string UpstreamItem, RecordKind? RecordKind, IReadOnlyList<string> Providers, string Basis, SharingClass Sharing, bool Publish,
        int TermDays, string? TermCitation, IReadOnlyList<UpstreamView> Upstream)
    {
        public static ItemView Of(CatalogueItem item, PolicyPack pack, IReadOnlyList<UpstreamView> upstream) => new(
            item.Key, item.Title, item.UpstreamItem, item.RecordKind, item.Providers, item.Basis, item.Sharing, item.Publish,
            pack.ReportingTermOf(item.Key).Count, item.Term?.Citation, upstream);
    }
}
