using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Credit.Core.Exchange;

/// <summary>
/// Messages by POST, each with its idempotency key. Only the configured address is ever called: a redirect is a refusal, and the
/// address must be on the allow-list, over TLS unless it is this machine.
/// </summary>
internal sealed class HttpTransport : ICityTransport, IDisposable
{
    private const int LongestAnswer = 64 * 1024;

    private readonly HttpClient _client;
    private readonly Uri _address;

    /// <param name="address">Where messages go.</param>
    /// <param name="allowed">Hosts, with port where it is not the usual one, that messages may go to.</param>
    /// <param name="token">Bearer token; null for none.</param>
    /// <param name="timeout">Longest wait for an answer.</param>
    /// <exception cref="InvalidOperationException">The address is not on the allow-list, or not over TLS.</exception>
    public HttpTransport(Uri address, IReadOnlyCollection<string> allowed, string? token, TimeSpan timeout)
    {
        if (!allowed.Contains(address.Authority, StringComparer.OrdinalIgnoreCase))
        {
            throw new InvalidOperationException($"Exchange:City:Address names {address.Authority}, which is not in Exchange:City:AllowedHosts.");
        }

        if (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
        {
            throw new InvalidOperationException("Exchange:City:Address must be https.");
        }

        _address = address;
#pragma warning disable CA2000 // The client owns its handler.
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            Timeout = timeout,
            MaxResponseContentBufferSize = LongestAnswer,
        };
#pragma warning restore CA2000
        if (!string.IsNullOrEmpty(token))
        {
            _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    public async Task<Delivery> SendAsync(CityMessage message, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new StringContent(message.Body, Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", message.Key);
        try
        {
            using var answer = await _client.SendAsync(request, cancel);
            var status = (int)answer.StatusCode;
            return status switch
            {
                >= 200 and < 300 => new(Handover.Received, NumberIn(await answer.Content.ReadAsStringAsync(cancel)) is { Length: > 0 } number ? number : message.Key),

                // Ours to wait for: the city is busy, in repair, or does not know us for the moment.
                401 or 403 or 408 or 429 or 502 or 503 or 504 => new(Handover.Away, $"http-{status}"),
                _ => new(Handover.Refused, $"http-{status}"),
            };
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException || (fault is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return new(Handover.Away, fault is OperationCanceledException ? "timeout" : "unreachable");
        }
    }

    public Task<IReadOnlyList<CityReceipt>> ReadReceiptsAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyList<CityReceipt>>([]);

    public Task KeptAsync(CityReceipt receipt, CancellationToken cancel) => Task.CompletedTask;

    public void Dispose() => _client.Dispose();

    private static string NumberIn(string body)
    {
        try
        {
            using var answer = JsonDocument.Parse(body);
            return answer.RootElement.ValueKind == JsonValueKind.Object && answer.RootElement.TryGetProperty("number", out var number)
                && number.ValueKind == JsonValueKind.String
                ? ReceiptNumber.Bounded(number.GetString())
                : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }
}
