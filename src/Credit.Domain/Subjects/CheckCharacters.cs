namespace Credit.Domain.Subjects;

/// <summary>The check-character systems that the codes share.</summary>
internal static class CheckCharacters
{
    private const string CitizenMap = "10X98765432";

    private static readonly int[] CitizenWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>ISO 7064 MOD 11-2 over 17 digits (GB 11643-1999).</summary>
    /// <param name="first17">Exactly 17 ASCII digits or more; only the first 17 count.</param>
    public static char Citizen(ReadOnlySpan<char> first17)
    {
        var sum = 0;
        for (var i = 0; i < 17; i++)
        {
            sum += (first17[i] - '0') * CitizenWeights[i];
        }

        return CitizenMap[sum % 11];
    }

    /// <summary>The whole text as a number with A=10 … Z=35, modulo 97 (ISO 7064 MOD 97-10); 1 when the check digits fit.</summary>
    /// <param name="text">ASCII digits and capital letters only.</param>
    public static int Mod97(ReadOnlySpan<char> text)
    {
        var rest = 0;
        foreach (var character in text)
        {
            rest = char.IsAsciiDigit(character)
                ? ((rest * 10) + (character - '0')) % 97
                : ((rest * 100) + (character - 'A' + 10)) % 97;
        }

        return rest;
    }

    /// <summary>True when every character is an ASCII digit.</summary>
    public static bool AllDigits(ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>The date written as eight digits; null when it does not exist.</summary>
    public static DateOnly? CompactDate(ReadOnlySpan<char> eightDigits) =>
        DateOnly.TryParseExact(eightDigits, "yyyyMMdd", out var date) ? date : null;
}
