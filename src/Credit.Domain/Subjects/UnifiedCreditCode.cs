using System.Collections.Frozen;

namespace Credit.Domain.Subjects;

/// <summary>统一社会信用代码, GB 32100-2015 (R-3.1.3, I18).</summary>
public static class UnifiedCreditCode
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    private static readonly int[] Weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

    private static readonly FrozenSet<string> Heads = RegistrationDepartment.All
        .SelectMany(department => department.Categories.Select(category => $"{department.Code}{category.Code}"))
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Half width, upper case, without spaces, hyphens and invisible characters. Never guesses: O stays O.</summary>
    public static string Normalise(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return CodeText.Clean(text);
    }

    /// <summary>What is wrong with a normalised code. The check character is judged last, so that it speaks only of codes well formed otherwise.</summary>
    public static CodeFault Check(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        if (code.Length == 0)
        {
            return CodeFault.Empty;
        }

        if (code.Length != 18)
        {
            return CodeFault.Length;
        }

        if (!code.All(Alphabet.Contains))
        {
            return CodeFault.Alphabet;
        }

        // An identity number is never a code by chance: its head would need a department and an area inside the digits.
        if (!IsWellFormed(code) && PersonIdentifiers.LooksLikeCitizenNumber(code))
        {
            return CodeFault.IsIdNumber;
        }

        if (!Heads.Contains(code[..2]))
        {
            return CodeFault.CategoryUnknown;
        }

        if (!AreaCodes.EverExisted(code.AsSpan(2, 6)))
        {
            return CodeFault.AreaUnknown;
        }

        return ComputeCheck(code[..17]) == code[17] ? CodeFault.None : CodeFault.CheckDigit;
    }

    /// <summary>The check character for the first seventeen.</summary>
    /// <param name="first17">Seventeen characters of the alphabet of GB 32100.</param>
    /// <exception cref="ArgumentException">Not seventeen characters of the alphabet.</exception>
    public static char ComputeCheck(string first17)
    {
        ArgumentNullException.ThrowIfNull(first17);
        if (first17.Length != 17 || !first17.All(Alphabet.Contains))
        {
            throw new ArgumentException("Seventeen characters of the alphabet of GB 32100 are needed.", nameof(first17));
        }

        var sum = first17.Select((character, i) => Alphabet.IndexOf(character, StringComparison.Ordinal) * Weights[i]).Sum();
        return Alphabet[(31 - (sum % 31)) % 31];
    }

    /// <summary>Positions 9–17, the organisation code; null when the code has not 18 characters.</summary>
    public static string? OrganizationCodeOf(string code) => code is { Length: 18 } ? code[8..17] : null;

    /// <summary>
    /// True when a registrar of this name may assign codes with this head (R-3.1.3.a): 编办, 民政 and 市场监管 each have their own categories.
    /// A name that shows no department is not objected to, because only the platform's own registry can know it.
    /// </summary>
    /// <param name="registrarTitle">Full name of the registrar.</param>
    /// <param name="code">Normalised code; only its first two characters count.</param>
    public static bool RegistrarMayAssign(string registrarTitle, string code)
    {
        ArgumentNullException.ThrowIfNull(registrarTitle);
        ArgumentNullException.ThrowIfNull(code);
        if (code.Length < 2)
        {
            return false;
        }

        var departments = RegistrationDepartment.All
            .Where(department => department.RegistrarTitles.Any(word => registrarTitle.Contains(word, StringComparison.Ordinal)))
            .ToList();
        return departments.Count == 0 || departments.Exists(department => department.Code == code[0]);
    }

    private static bool IsWellFormed(string code) =>
        Heads.Contains(code[..2]) && AreaCodes.EverExisted(code.AsSpan(2, 6)) && ComputeCheck(code[..17]) == code[17];
}
