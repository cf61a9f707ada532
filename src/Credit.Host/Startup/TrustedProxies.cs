using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Credit.Host.Startup;

/// <summary>Gateways in front of the host. What a request says of where it came from is believed only when a gateway named in the settings says it.</summary>
internal static class TrustedProxies
{
    /// <summary>Setting: addresses or networks of the gateways, comma between; none when it says nothing.</summary>
    public const string Setting = "Proxies:Trusted";

    /// <summary>Takes address and scheme of the client from <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> of the gateways.</summary>
    /// <exception cref="InvalidOperationException">The setting names something that is no address or network.</exception>
    public static void UseTrustedProxies(this WebApplication app)
    {
        var named = (app.Configuration[Setting] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (named.Length == 0)
        {
            return;
        }

        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = 1 };
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        foreach (var each in named)
        {
            if (IPAddress.TryParse(each, out var address))
            {
                options.KnownProxies.Add(address);
            }
            else if (System.Net.IPNetwork.TryParse(each, out var network))
            {
                options.KnownIPNetworks.Add(network);
            }
            else
            {
                throw new InvalidOperationException($"{Setting}: “{each}” 不是地址或网段。 “{each}” is no address and no network.");
            }
        }

        app.UseForwardedHeaders(options);
    }
}
