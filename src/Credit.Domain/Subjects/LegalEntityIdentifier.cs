namespace Credit.Domain.Subjects;

/// <summary>全球法人识别编码 (LEI), ISO 17442.</summary>
public static class LegalEntityIdentifier
{
    /// <summary>Half width, upper case, without spaces and hyphens.</summary>
    public static string Normalise(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return CodeText.Clean(text);
    }

    /// <summary>What is wrong with a normalised identifier.</summary>
    public static CodeFault Check(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        if (code.Length == 0)
        {
            return CodeFault.Empty;
        }

        if (code.Length != 20)
        {
            return CodeFault.Length;
        }

        if (!code.All(character => char.IsAsciiDigit(character) || char.IsAsciiLetterUpper(character))
            || !char.IsAsciiDigit(code[18]) || !char.IsAsciiDigit(code[19]))
        {
            return CodeFault.Alphabet;
        }

        // Check digits 00, 01 and 99 satisfy the congruence for some bodies but are never issued (02 to 98 are).
        return code[18..] is not ("00" or "01" or "99") && CheckCharacters.Mod97(code) == 1 ? CodeFault.None : CodeFault.CheckDigit;
    }
}
