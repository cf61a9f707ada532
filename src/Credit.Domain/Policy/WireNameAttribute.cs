namespace Credit.Domain.Policy;

/// <summary>The name of an announcement on the wire. It never changes once released; a changed shape gets the next version.</summary>
/// <param name="name">For example <c>list-entry.published.v1</c>.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class WireNameAttribute(string name) : Attribute
{
    /// <summary>The wire name.</summary>
    public string Name { get; } = name;
}
