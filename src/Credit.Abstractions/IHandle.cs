namespace Credit.Abstractions;

/// <summary>Something that happened and was written to the register log. The wire name never changes once published.</summary>
public interface IAnnouncement
{
    /// <summary>Wire name with version, for example <c>list-entry.published.v1</c>.</summary>
    static abstract string WireName { get; }
}

/// <summary>A reaction to the register log. It runs at least once, after the change is committed; twice must be harmless.</summary>
/// <typeparam name="TAnnouncement">What it reacts to.</typeparam>
public interface IHandle<in TAnnouncement>
    where TAnnouncement : class, IAnnouncement
{
    /// <summary>Reacts. Throwing means: try again later, and park after some tries.</summary>
    Task HandleAsync(TAnnouncement announced, CancellationToken cancel);
}
