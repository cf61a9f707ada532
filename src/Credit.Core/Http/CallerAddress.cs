using System.Net;
using System.Net.Sockets;

namespace Credit.Core.Http;

/// <summary>Whom an address stands for when requests are counted. It is held in memory while it counts and written nowhere.</summary>
internal static class CallerAddress
{
    /// <summary>An IPv4 address itself, however it is spelt; of an IPv6 address the network of 64 bits that one subscriber is given.</summary>
    public static string Of(IPAddress? address) => address switch
    {
        null => "-",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => new IPAddress([.. address.GetAddressBytes()[..8], .. new byte[8]]) + "/64",
        _ => address.ToString(),
    };
}
