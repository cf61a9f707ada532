namespace Credit.Abstractions;

/// <summary>A reaction to the register log. It runs at least once, after the change is committed; twice must be harmless.</summary>
/// <typeparam name="TAnnouncement">What it reacts to: a type with a <see cref="Credit.Domain.Policy.WireNameAttribute"/>.</typeparam>
public interface IHandle<in TAnnouncement>
    where TAnnouncement : class
{
    /// <summary>Reacts. Throwing means: try again later, and park after some tries.</summary>
    Task HandleAsync(TAnnouncement announced, CancellationToken cancel);
}
