using Credit.Core.Feeds;
using Credit.Core.Store;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Credit.OData.Changes;

/// <summary>Registers the ledger of feed rows and who keeps it.</summary>
internal static class FeedServices
{
    /// <param name="services">Services of the host.</param>
    /// <param name="configuration">Its configuration; without a clockwork nobody follows unless told.</param>
    /// <param name="dataDirectory">Where the key of delta links and the files are kept.</param>
    public static IServiceCollection AddFeedLedger(this IServiceCollection services, IConfiguration configuration, string dataDirectory)
    {
        services.AddSingleton<FeedLedger>();
        services.AddSingleton<FeedHeads>();
        services.AddSingleton<FeedNews>();
        services.AddSingleton(_ => FeedRelease.Of(typeof(FeedServices).Assembly));
        services.AddSingleton<FeedForm>();
        services.AddSingleton<FeedFollower>();
        services.AddSingleton(provider => new BulkFiles(
            Path.Combine(dataDirectory, "bulk"), TimeSpan.FromMinutes(configuration.GetValue(BulkFiles.KeepSetting, defaultValue: 10.0)), provider.GetRequiredService<SetCatalog>(),
            provider.GetRequiredService<FeedLedger>(), provider.GetRequiredService<FeedHeads>(), provider.GetRequiredService<FeedForm>(),
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<BulkFiles>>()));
        services.AddSingleton(_ => new FeedSeal(KeyFile.ReadOrMake(Path.Combine(dataDirectory, "keys", "feed.key"))));
        if (configuration.GetValue("Clockwork:Enabled", defaultValue: true))
        {
            services.AddHostedService<FeedWorker>();
        }

        return services;
    }
}
