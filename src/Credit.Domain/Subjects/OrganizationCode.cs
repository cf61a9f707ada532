namespace Credit.Domain.Subjects;

/// <summary>组织机构代码, GB 11714-1997: eight characters and a check character; lives on as positions 9–17 of the unified code.</summary>
public static class OrganizationCode
{
    private static readonly int[] Weights = [3, 7, 9, 10, 5, 8, 4, 2];

    /// <summary>Half width, upper case, without spaces and the hyphen that is often written before the check character.</summary>
    public static string Normalise(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return CodeText.Clean(text);
    }

    /// <summary>What is wrong with a normalised code.</summary>
    public static CodeFault Check(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        if (code.Length == 0)
        {
            return CodeFault.Empty;
        }

        if (code.Length != 9)
        {
            return CodeFault.Length;
        }

        // X as the ninth character stands for ten; any other letter there is no check character at all.
        if (!code.All(Belongs) || !(char.IsAsciiDigit(code[8]) || code[8] == 'X'))
        {
            return CodeFault.Alphabet;
        }

        return ComputeCheck(code[..8]) == code[8] ? CodeFault.None : CodeFault.CheckDigit;
    }

    /// <summary>The check character for the first eight.</summary>
    /// <param name="first8">Eight digits or capital letters.</param>
    /// <exception cref="ArgumentException">Not eight digits or capital letters.</exception>
    public static char ComputeCheck(string first8)
    {
        ArgumentNullException.ThrowIfNull(first8);
        if (first8.Length != 8 || !first8.All(Belongs))
        {
            throw new ArgumentException("Eight digits or capital letters are needed.", nameof(first8));
        }

        // All 36 characters count here, A=10 … Z=35; the 31-character values of GB 32100 would be wrong.
        var sum = first8.Select((character, i) => (char.IsAsciiDigit(character) ? character - '0' : character - 'A' + 10) * Weights[i]).Sum();
        return (11 - (sum % 11)) switch
        {
            10 => 'X',
            11 => '0',
            var check => (char)('0' + check),
        };
    }

    private static bool Belongs(char character) => char.IsAsciiDigit(character) || char.IsAsciiLetterUpper(character);
}
