using Credit.Domain.Policy;

namespace Credit.Domain.Exchange;

/// <summary>The city platform confirmed that it has everything up to this position: its receipt (R-3.2.4.b, R-3.5.1.a).</summary>
[WireName("city-exchange.acknowledged.v1")]
public sealed record CityExchangeAcknowledged(long Position);

/// <summary>国家企业信用信息公示系统(山东) confirmed that it has everything up to this position (R-3.1.4.e).</summary>
[WireName("national-exchange.acknowledged.v1")]
public sealed record NationalExchangeAcknowledged(long Position);

/// <summary>The city refused a message too often: it is parked, and the lead office was told (I96).</summary>
[WireName("city-message.parked.v1")]
public sealed record CityMessageParked(long Position, string Failure);

/// <summary>A parked message to the city was put back into the queue (I96).</summary>
[WireName("city-message.replayed.v1")]
public sealed record CityMessageReplayed(long Position);
