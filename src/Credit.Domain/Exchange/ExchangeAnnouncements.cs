using Credit.Domain.Policy;

namespace Credit.Domain.Exchange;

/// <summary>The city platform confirmed that it has everything up to this position: its receipt (R-3.2.4.b, R-3.5.1.a).</summary>
[WireName("city-exchange.acknowledged.v1")]
public sealed record CityExchangeAcknowledged(long Position);
