using System.Text.RegularExpressions;

namespace Credit.Domain.Subjects;

/// <summary>One layout of a certificate number; a type may have an old and a new one, both valid.</summary>
/// <param name="Name">Name of the standard or version.</param>
/// <param name="Pattern">Regular expression over the normalised value.</param>
/// <param name="Area">True when the first six digits are an area of GB/T 2260.</param>
/// <param name="BirthAt">Index at which the birth date starts; null when the number holds none.</param>
/// <param name="BirthDigits">Eight, or six for the years 1900–1999.</param>
/// <param name="Check">True when the last character is the check character of GB 11643.</param>
/// <param name="Widens">True for the 15-digit layout, which is stored in its 18-character form.</param>
public sealed record IdentifierLayout(
    string Name, string Pattern, bool Area = false, int? BirthAt = null, int BirthDigits = 0, bool Check = false, bool Widens = false)
{
    // Linear in the length of the value, so it needs no time limit, whose clock would cost more than the match.
    private readonly Regex _pattern = new(Pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    internal bool Fits(string value) => _pattern.IsMatch(value);
}

/// <summary>证件类型: a kind of certificate that identifies a natural person (R-3.1.3 and the code list of 双公示).</summary>
/// <param name="Key">Stable key in kebab case.</param>
/// <param name="Title">Official title, as files and pages show it.</param>
/// <param name="Layouts">Layouts that are valid, newest first.</param>
/// <param name="Synonyms">Other titles that files use.</param>
/// <param name="Lengths">The only lengths possible, where a wrong length is worth its own finding.</param>
public sealed record PersonIdentifierType(
    string Key, string Title, IReadOnlyList<IdentifierLayout> Layouts, IReadOnlyList<string>? Synonyms = null, IReadOnlyList<int>? Lengths = null);
