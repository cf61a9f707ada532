using System.Text.RegularExpressions;

namespace Credit.Architecture.Tests.Privacy;

/// <summary>Words whose presence in the name of a field says that the field would identify a natural person.</summary>
internal static class PersonalWords
{
    public static readonly string[] All =
    [
        "IdNumber", "IdentityNumber", "IdentityCard", "CertificateNumber", "CertificateType", "Passport", "Phone", "Mobile", "Telephone", "Email", "Address(?!ee)", "Residence",
        "BankAccount", "AccountNumber", "Birth", "Gender", "Informant", "Reporter", "Whistle", "Hash", "Lookup", "Cipher", "Sealed", "Secret", "PersonIdentifier",
    ];

    /// <summary>True when one of the words, which are patterns, is in the name.</summary>
    public static bool AreIn(string name, string[] words) =>
        Array.Exists(words, word => Regex.IsMatch(name, word, RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)));
}
