using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Credit.Core.Modules.DropIn;

/// <summary>A file somebody reviewed: one line of the allow-list.</summary>
/// <param name="File">Name of the file, without a folder.</param>
/// <param name="Sha256">SHA-256 of what was reviewed, 64 hexadecimal digits.</param>
/// <param name="Reviewer">Who reviewed it.</param>
/// <param name="ReviewedOn">Day of the review.</param>
/// <param name="Optional">True when the host may run without it.</param>
internal sealed record AllowedFile(
    string File,
    string Sha256,
    string Reviewer,
    DateOnly ReviewedOn,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Optional = false)
{
    private static readonly JsonSerializerOptions Line = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The line for a file as it is now.</summary>
    public static AllowedFile Of(string path, string reviewer, DateOnly reviewedOn, bool optional) =>
        new(Path.GetFileName(path), HashOf(System.IO.File.ReadAllBytes(path)), reviewer, reviewedOn, optional);

    /// <summary>SHA-256 in lower-case hexadecimal digits.</summary>
    public static string HashOf(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Everything wrong with the line itself.</summary>
    public IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(File) || Path.GetFileName(File) != File)
        {
            yield return $"'{File}' is not a file name without a folder.";
        }

        if (Sha256.Length != 64 || !Sha256.All(char.IsAsciiHexDigit))
        {
            yield return $"the SHA-256 of {File} is not 64 hexadecimal digits.";
        }

        if (string.IsNullOrWhiteSpace(Reviewer))
        {
            yield return $"{File} names no reviewer.";
        }

        if (ReviewedOn == default)
        {
            yield return $"{File} names no day of review.";
        }
    }

    /// <summary>The line as it stands in the file.</summary>
    public override string ToString() => JsonSerializer.Serialize(this, Line);
}
