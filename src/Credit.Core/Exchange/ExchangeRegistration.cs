using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Exchange;

/// <summary>
/// The way to the city as configured: <c>Exchange:City:Transport</c> is <c>none</c> (the city fetches, the default),
/// <c>file</c> (<c>Outbox</c>, <c>Receipts</c>) or <c>http</c> (<c>Address</c>, <c>AllowedHosts</c>, <c>Token</c>, <c>TimeoutSeconds</c>).
/// </summary>
internal static class ExchangeRegistration
{
    /// <summary>True when messages are pushed.</summary>
    public static bool Pushes(IConfiguration configuration) => (configuration["Exchange:City:Transport"] ?? "none") != "none";

    /// <exception cref="InvalidOperationException">The configuration names no such transport, or lacks what it needs.</exception>
    public static void AddExchange(this IServiceCollection services, IConfiguration configuration)
    {
        var city = configuration.GetSection("Exchange:City");
        services.AddSingleton(new CityRoute(city["Transport"] ?? "none"));
        if (!Pushes(configuration))
        {
            return;
        }

        var transport = Transport(city);
        services.AddSingleton(transport);
        services.AddSingleton(new DispatchRhythm(
            city.GetValue("Tries", 5), TimeSpan.FromSeconds(city.GetValue("PauseSeconds", 5)), TimeSpan.FromMinutes(5),
            TimeSpan.FromHours(city.GetValue("ReceiptHours", 24)), TimeSpan.FromHours(1)));
        services.AddSingleton<CityDispatch>();
        if (configuration.GetValue("Clockwork:Enabled", defaultValue: true))
        {
            services.AddHostedService<CityWorker>();
        }
    }

    private static ICityTransport Transport(IConfigurationSection city) => city["Transport"] switch
    {
        "file" => new FileTransport(Needed(city, "Outbox"), Needed(city, "Receipts")),
        "http" => new HttpTransport(
            new Uri(Needed(city, "Address"), UriKind.Absolute), Needed(city, "AllowedHosts").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
            city["Token"], TimeSpan.FromSeconds(city.GetValue("TimeoutSeconds", 10))),
        var other => throw new InvalidOperationException($"Exchange:City:Transport is none, file or http, not {other}."),
    };

    private static string Needed(IConfigurationSection city, string name) =>
        city[name] is { Length: > 0 } value ? value : throw new InvalidOperationException($"Exchange:City:{name} is missing.");
}

/// <summary>How messages reach the city: <c>none</c> means that it fetches them.</summary>
/// <param name="Transport">Name of the transport.</param>
internal sealed record CityRoute(string Transport)
{
    public bool Pushes => Transport != "none";
}
