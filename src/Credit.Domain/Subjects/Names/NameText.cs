using System.Globalization;
using System.Text;

namespace Credit.Domain.Subjects.Names;

/// <summary>One way to write a name: what differs only in width, case, spacing, brackets or between traditional and simplified characters is the same.</summary>
internal static class NameText
{
    private const string Opening = "([{【〔〖「『《〈";
    private const string Closing = ")]}】〕〗」』》〉";

    /// <summary>The name as it is compared. Brackets become <c>(</c> and <c>)</c>; whatever is no letter, digit or bracket goes.</summary>
    public static string Normalise(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return "";
        }

        var text = new StringBuilder(name.Length);
        foreach (var letter in Composed(name))
        {
            if (Opening.Contains(letter))
            {
                text.Append('(');
            }
            else if (Closing.Contains(letter))
            {
                text.Append(')');
            }
            else if (char.IsLetterOrDigit(letter) || char.IsSurrogate(letter))
            {
                text.Append(NameTables.Simplify(char.ToUpperInvariant(letter)));
            }
        }

        return text.ToString();
    }

    // A half of a pair of surrogates has no normal form, and what has none is left as it is.
    private static string Composed(string name)
    {
        try
        {
            return name.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            return string.Concat(name.Where(letter => char.GetUnicodeCategory(letter) != UnicodeCategory.Surrogate)).Normalize(NormalizationForm.FormKC);
        }
    }
}
