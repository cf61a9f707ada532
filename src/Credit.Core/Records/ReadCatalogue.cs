using Credit.Core.Http;
using Credit.Domain.Policy;
using Credit.Domain.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Records;

/// <summary>信用信息目录: what is collected, by whom, on what basis, until when, and who may read it (R-2.1, R-3.1.4.b, R-3.6.2).</summary>
internal sealed class ReadCatalogue : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/catalogue", (PolicyPack pack) => TypedResults.Ok(new CatalogueView(pack.Name, [.. pack.Catalogue.Select(item => ItemView.Of(item, pack))])))
            .AllowAnonymousBecause("The catalogue of what is collected is public.")
            .WithName(nameof(ReadCatalogue))
            .WithSummary("Read the catalogue of credit information")
            .Produces<CatalogueView>();

    /// <summary>The catalogue.</summary>
    /// <param name="PolicyPack">Policy pack it belongs to.</param>
    /// <param name="Items">Its items.</param>
    internal sealed record CatalogueView(string PolicyPack, IReadOnlyList<ItemView> Items);

    /// <summary>An item of the catalogue.</summary>
    /// <param name="Key">Key; of what comes in files also the kind of file.</param>
    /// <param name="Title">Official title.</param>
    /// <param name="UpstreamItem">Item of the national or provincial catalogue it is an instance of.</param>
    /// <param name="RecordKind">Kind of credit record; null for what has a table of its own.</param>
    /// <param name="Providers">Bodies that provide it; empty where every department does.</param>
    /// <param name="Basis">Law or document.</param>
    /// <param name="Sharing">Who may read it.</param>
    /// <param name="Publish">Records may be shown to everybody.</param>
    /// <param name="TermDays">Working days in which it is reported.</param>
    /// <param name="TermCitation">Law that sets the term; null where the policy does.</param>
    internal sealed record ItemView(
        string Key, string Title, string UpstreamItem, RecordKind? RecordKind, IReadOnlyList<string> Providers, string Basis, SharingClass Sharing, bool Publish,
        int TermDays, string? TermCitation)
    {
        public static ItemView Of(CatalogueItem item, PolicyPack pack) => new(
            item.Key, item.Title, item.UpstreamItem, item.RecordKind, item.Providers, item.Basis, item.Sharing, item.Publish,
            pack.ReportingTermOf(item.Key).Count, item.Term?.Citation);
    }
}
