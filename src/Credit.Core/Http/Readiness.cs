namespace Credit.Core.Http;

/// <summary>Something that must be done before the host takes requests: migrations, a cache, the demo district. Register as many as there are.</summary>
internal interface IReadiness
{
    /// <summary>Name shown while it is waited for, for example <c>migrations</c>.</summary>
    string Part { get; }

    /// <summary>True once done.</summary>
    bool Ready { get; }

    /// <summary>True while something of it fails again and again, and requests are answered all the same: for people to see, not for load balancers.</summary>
    bool Troubled => false;
}

/// <summary>A part that reports once that it is done.</summary>
/// <param name="part">Name shown while it is waited for.</param>
internal sealed class ReadinessGate(string part) : IReadiness
{
    private volatile bool _ready;

    /// <inheritdoc/>
    public string Part { get; } = part;

    /// <inheritdoc/>
    public bool Ready => _ready;

    /// <summary>Says that the part is done.</summary>
    public void Open() => _ready = true;
}
