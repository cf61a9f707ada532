using System.Globalization;
using Credit.Domain.Subjects;

namespace Credit.Core.Demo;

/// <summary>
/// Identifiers that are valid in form and belong to nobody. Organisation codes start with <c>TY</c>, a range that is not
/// given out. Identity numbers are of people born from 1880 to 1889 with the sequence number 000: numbering starts with 001,
/// and nobody born then was alive when numbers of 18 digits came (1999).
/// </summary>
internal static class MadeUpIdentifiers
{
    private const string Range = "TY";
    private const string CodeAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private const int FirstBirthYear = 1880;
    private const int BirthDays = 3650;

    private static readonly string[] Areas = ["370811", "370802", "370826", "370827", "370828", "370829", "370830", "370831", "370832", "370881", "370883"];

    /// <summary>How many identity numbers there are.</summary>
    public static int MostPersons => Areas.Length * BirthDays;

    /// <summary>The unified code with this head for the n-th organisation; two organisations never share one.</summary>
    /// <param name="head">Registration department and category, for example <c>91</c>.</param>
    /// <param name="number">From 0.</param>
    public static string UnifiedCode(string head, int number)
    {
        // A multiplier without a common factor scatters the numbers over the six places: codes do not look counted.
        const long Places = 31L * 31 * 31 * 31 * 31 * 31;
        var scattered = ((number + 1) * 611_953_021L) % Places;
        var body = new char[6];
        for (var place = body.Length - 1; place >= 0; place--, scattered /= CodeAlphabet.Length)
        {
            body[place] = CodeAlphabet[(int)(scattered % CodeAlphabet.Length)];
        }

        var organisation = Range + new string(body);
        var first = $"{head}370811{organisation}{OrganizationCode.ComputeCheck(organisation)}";
        return first + UnifiedCreditCode.ComputeCheck(first);
    }

    /// <summary>The identity number of the n-th person.</summary>
    /// <param name="number">From 0, below <see cref="MostPersons"/>.</param>
    public static string IdentityNumber(int number)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, MostPersons);
        var birth = new DateOnly(FirstBirthYear, 1, 1).AddDays(number / Areas.Length * 1327 % BirthDays);
        var first = Areas[number % Areas.Length] + birth.ToString("yyyyMMdd", CultureInfo.InvariantCulture) + "000";
        return first + CheckCharacters.Citizen(first);
    }
}
