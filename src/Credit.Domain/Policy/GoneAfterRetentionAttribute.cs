namespace Credit.Domain.Policy;

/// <summary>Tells whom something is about, or may: emptied when the retention is over (I91). A reference to a subject becomes one to nobody.</summary>
/// <param name="emptied">What a text reads then; nothing when null.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class GoneAfterRetentionAttribute(string? emptied = null) : Attribute
{
    /// <summary>Emptied to nothing: a reference that may be absent.</summary>
    public const string Nothing = "nothing";

    /// <summary>What a text reads then.</summary>
    public string? Emptied { get; } = emptied;

    /// <summary>A reference becomes one to the thing itself, where several to nobody would be the same thing twice.</summary>
    public bool Own { get; init; }
}
