namespace Credit.Core.Exchange;

/// <summary>The way to the city platform. Sending the same message twice must be harmless: it carries its key.</summary>
internal interface ICityTransport
{
    /// <summary>Hands a message over.</summary>
    Task<Delivery> SendAsync(CityMessage message, CancellationToken cancel);

    /// <summary>Receipts that came since; those already known may be among them.</summary>
    Task<IReadOnlyList<CityReceipt>> ReadReceiptsAsync(CancellationToken cancel);

    /// <summary>A receipt is kept: it need not be shown again.</summary>
    Task KeptAsync(CityReceipt receipt, CancellationToken cancel);
}

/// <summary>A message as it leaves.</summary>
/// <param name="Position">Position of the step in the log.</param>
/// <param name="Body">The step as JSON.</param>
internal sealed record CityMessage(long Position, string Body)
{
    /// <summary>Key by which the city recognises a repetition.</summary>
    public string Key => KeyOf(Position);

    public static string KeyOf(long position) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"rencheng-{position:D12}");
}

/// <summary>What the city says of a message later on.</summary>
/// <param name="Position">Position of the message.</param>
/// <param name="Accepted">False when the city refuses it.</param>
/// <param name="Number">Number of the receipt.</param>
/// <param name="Source">Where the transport found it.</param>
internal sealed record CityReceipt(long Position, bool Accepted, string Number, string Source);

/// <summary>What came of handing a message over.</summary>
internal enum Handover
{
    /// <summary>The city has it and said so.</summary>
    Received,

    /// <summary>Handed over; the receipt comes later.</summary>
    Sent,

    /// <summary>The city does not want this message.</summary>
    Refused,

    /// <summary>The city cannot be reached: no message's fault.</summary>
    Away,
}

/// <summary>What came of handing a message over.</summary>
/// <param name="Handover">The fate.</param>
/// <param name="Word">Number of the receipt, or kind of failure; never data.</param>
internal sealed record Delivery(Handover Handover, string Word);
