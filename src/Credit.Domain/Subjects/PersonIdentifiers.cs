using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Credit.Domain.Subjects;

/// <summary>The identifiers of natural persons that the platform knows. The list is data: a new certificate is a new row.</summary>
public static class PersonIdentifiers
{
    // Nobody alive was born earlier; a year before is a slip of the pen.
    private const int FirstBirthYear = 1880;

    /// <summary>All types in the order of the code list.</summary>
    public static IReadOnlyList<PersonIdentifierType> All { get; } = EmbeddedFile.Read<TypeFile>("person-identifiers.json").Types;

    // After All: static members are set in the order of the text.
    private static readonly FrozenDictionary<string, PersonIdentifierType> ByName = Index();

    /// <summary>身份证.</summary>
    public static PersonIdentifierType ResidentIdentityCard => All[0];

    /// <summary>The type with this key, official title or known synonym.</summary>
    public static bool TryFind(string titleOrKey, [NotNullWhen(true)] out PersonIdentifierType? type)
    {
        ArgumentNullException.ThrowIfNull(titleOrKey);
        return ByName.TryGetValue(titleOrKey.Trim(), out type);
    }

    /// <summary>What is wrong with a value. The value is normalised first, so that a lower-case x is no fault.</summary>
    public static CodeFault Check(PersonIdentifierType type, string value)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(value);
        var clean = CodeText.Clean(value);
        if (clean.Length == 0)
        {
            return CodeFault.Empty;
        }

        if (type.Lengths is { } lengths && !lengths.Contains(clean.Length))
        {
            return CodeFault.Length;
        }

        var layout = LayoutOf(type, clean);
        if (layout is null)
        {
            return CodeFault.Format;
        }

        if (layout.Area && !AreaCodes.EverExisted(clean.AsSpan(0, 6)))
        {
            return CodeFault.AreaUnknown;
        }

        if (layout.BirthAt is not null && BirthDateIn(layout, clean) is null)
        {
            return CodeFault.BirthDate;
        }

        return layout.Check && CheckCharacters.Citizen(clean) != clean[17] ? CodeFault.CheckDigit : CodeFault.None;
    }

    /// <summary>The value as stored: half width, upper case, without spaces and hyphens, 15 digits widened to 18 characters.</summary>
    public static string Normalise(PersonIdentifierType type, string value)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(value);
        var clean = CodeText.Clean(value);
        if (LayoutOf(type, clean) is not { Widens: true })
        {
            return clean;
        }

        // The numbers of 1984–1999 have no century: all holders were born after 1900.
        var wide = string.Concat(clean.AsSpan(0, 6), "19", clean.AsSpan(6));
        return wide + CheckCharacters.Citizen(wide);
    }

    /// <summary>The birth date inside a value; null when the layout holds none or it does not exist.</summary>
    public static DateOnly? BirthDate(PersonIdentifierType type, string value)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(value);
        var clean = CodeText.Clean(value);
        return LayoutOf(type, clean) is { } layout ? BirthDateIn(layout, clean) : null;
    }

    /// <summary>True when 18 characters are laid out as a citizen number, whether or not the check character fits.</summary>
    internal static bool LooksLikeCitizenNumber(string text) =>
        text.Length == 18
        && CheckCharacters.AllDigits(text.AsSpan(0, 17))
        && (char.IsAsciiDigit(text[17]) || text[17] is 'X')
        && AreaCodes.EverExisted(text.AsSpan(0, 6))
        && BirthDateIn(ResidentIdentityCard.Layouts[0], text) is not null;

    private static IdentifierLayout? LayoutOf(PersonIdentifierType type, string clean) =>
        type.Layouts.FirstOrDefault(layout => layout.Fits(clean));

    private static DateOnly? BirthDateIn(IdentifierLayout layout, string clean)
    {
        if (layout.BirthAt is not { } start)
        {
            return null;
        }

        var digits = clean.Substring(start, layout.BirthDigits);
        var date = CheckCharacters.CompactDate(layout.BirthDigits == 6 ? "19" + digits : digits);
        return date is { Year: >= FirstBirthYear } ? date : null;
    }

    private static FrozenDictionary<string, PersonIdentifierType> Index()
    {
        var index = new Dictionary<string, PersonIdentifierType>(StringComparer.OrdinalIgnoreCase);
        foreach (var type in All)
        {
            foreach (var name in (string[])[type.Key, type.Title, .. type.Synonyms ?? []])
            {
                index.Add(name, type);
            }
        }

        return index.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    private sealed record TypeFile(IReadOnlyList<string> Sources, IReadOnlyList<PersonIdentifierType> Types);
}
