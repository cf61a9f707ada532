using System.Globalization;
using System.Text;

namespace Credit.Domain.Subjects;

/// <summary>Whether a text names somebody, however the characters of the name are set apart (R-3.1.4.i).</summary>
internal static class NameInText
{
    /// <summary>True when the name is in the text; white space, punctuation and the width of characters do not count.</summary>
    public static bool IsIn(string? text, string? name)
    {
        var sought = Fold(name);
        return sought.Length > 0 && Fold(text).Contains(sought, StringComparison.OrdinalIgnoreCase);
    }

    private static string Fold(string? text) => text is null ? "" : string.Concat(text.Normalize(NormalizationForm.FormKC).EnumerateRunes().Where(Counts));

    // Half of what can stand between two characters cannot be seen: only letters, marks on them and digits count.
    private static bool Counts(Rune letter) => Rune.IsLetterOrDigit(letter) || Rune.GetUnicodeCategory(letter) is UnicodeCategory.SpacingCombiningMark or UnicodeCategory.LetterNumber;
}
