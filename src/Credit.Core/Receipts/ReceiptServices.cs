using Credit.Core.Store;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Receipts;

/// <summary>Registers signing, the publication log and what anybody verifies them with.</summary>
internal static class ReceiptServices
{
    private const double DefaultHeadSeconds = 60;

    /// <param name="services">The host's services.</param>
    /// <param name="configuration"><c>Receipts:Algorithm</c>, <c>Receipts:HeadSeconds</c> and <c>Receipts:HeadsFile</c>.</param>
    /// <param name="dataDirectory">Where keys and heads are kept.</param>
    public static void AddReceipts(this IServiceCollection services, IConfiguration configuration, string dataDirectory)
    {
        var algorithm = SignatureAlgorithms.Named(configuration["Receipts:Algorithm"]);
        services.AddSingleton(provider => new SigningDesk(
            algorithm, Path.Combine(dataDirectory, "keys"), provider.GetRequiredService<StoreSources>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(new HeadsFile(configuration["Receipts:HeadsFile"] ?? Path.Combine(dataDirectory, "heads", "log-heads.jsonl")));
        services.AddSingleton(new LogPace(PaceOf(configuration)));
        services.AddSingleton<PublicationLog>();
        services.AddSingleton<ReceiptSeal>();
        services.AddScoped<KnownRegister>();
    }

    /// <summary>Maps what is verified beside the API and the feeds.</summary>
    public static void MapReceipts(this IEndpointRouteBuilder host)
    {
        host.MapSigningKeys();
        host.MapPublicationProofs();
        host.MapVerification();
    }

    private static TimeSpan PaceOf(IConfiguration configuration) => configuration.GetValue("Receipts:HeadSeconds", DefaultHeadSeconds) is > 0 and <= 3600 and var seconds
        ? TimeSpan.FromSeconds(seconds)
        : throw new InvalidOperationException("Receipts:HeadSeconds 须大于0且不超过3600。 Receipts:HeadSeconds lies above 0 and is 3600 at most.");
}
