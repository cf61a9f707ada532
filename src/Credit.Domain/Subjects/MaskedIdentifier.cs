namespace Credit.Domain.Subjects;

/// <summary>
/// What may be shown of a personal identifier: at most the first three and the last two characters, never the birth date.
/// The full value is not inside, so no page, log or serialiser can let it out.
/// </summary>
public readonly record struct MaskedIdentifier
{
    private const char Star = '*';
    private const int ShownFirst = 3;
    private const int ShownLast = 2;

    private readonly string? _mask;

    private MaskedIdentifier(string mask) => _mask = mask;

    /// <summary>Masks an identifier. A short one, of which five characters would say too much, shows less or nothing.</summary>
    /// <param name="identifier">The full value, normalised.</param>
    public static MaskedIdentifier Of(string identifier)
    {
        ArgumentNullException.ThrowIfNull(identifier);
        var (first, last) = identifier.Length switch
        {
            >= 15 => (ShownFirst, ShownLast),
            >= 8 => (1, 1),
            _ => (0, 0),
        };
        var hidden = new string(Star, identifier.Length - first - last);
        return new(string.Concat(identifier.AsSpan(0, first), hidden, identifier.AsSpan(identifier.Length - last)));
    }

    /// <summary>A mask that was stored before.</summary>
    /// <exception cref="ArgumentException">The text shows more than a mask may.</exception>
    public static MaskedIdentifier FromMask(string mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        var first = mask.IndexOf(Star, StringComparison.Ordinal);
        var last = mask.LastIndexOf(Star);
        var isMask = mask.Length == 0
            || (first is >= 0 and <= ShownFirst
                && mask.Length - 1 - last <= ShownLast
                && mask.AsSpan(first, last - first + 1).IndexOfAnyExcept(Star) < 0
                && last - first + 1 >= 6);
        return isMask || mask.All(character => character == Star)
            ? new(mask)
            : throw new ArgumentException("The text is not a mask.", nameof(mask));
    }

    /// <summary>The mask.</summary>
    public override string ToString() => _mask ?? "";
}
