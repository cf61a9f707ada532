using System.Text.RegularExpressions;

namespace Credit.Core.Http;

/// <summary>Makes text fit for a log: one line, no control or bidirectional characters, no number that could name a person (X34).</summary>
internal static partial class LogText
{
    /// <summary>Text without control characters, with every run that looks like an identifier, a phone or a token masked.</summary>
    public static string Scrub(string text) => Identifier().Replace(Unprintable().Replace(text, " "), "***");

    /// <summary>Type, message without quoted values, and stack of an exception and its causes. Values that callers sent do not survive.</summary>
    public static string Describe(Exception exception)
    {
        var parts = new List<string>();
        for (var current = exception; current is not null && parts.Count < 6; current = current.InnerException)
        {
            // A message of the database or a parser quotes what was sent; such exceptions are told by type and code alone.
            var message = current is Npgsql.PostgresException postgres
                ? $"SQLSTATE {postgres.SqlState} {postgres.ConstraintName}"
                : current is FormatException or System.Text.Json.JsonException or ArgumentException
                    ? ""
                    : Scrub(Quoted().Replace(current.Message, quoted => ClrName().IsMatch(quoted.Groups["value"].Value) ? quoted.Value : "'…'"));
            parts.Add($"{current.GetType().FullName}: {message}\n{current.StackTrace}");
        }

        return string.Join("\n--> ", parts);
    }

    [GeneratedRegex(@"[\u0000-\u001F\u007F-\u009F\u2028\u2029\u200E\u200F\u202A-\u202E\u2066-\u2069]", RegexOptions.None, 1000)]
    private static partial Regex Unprintable();

    // 15 or 18 places of a person, 18 of an organisation, 11 of a phone, a signed token. GUIDs and trace ids have hex letters in lower case and stay.
    [GeneratedRegex(@"eyJ[\w-]+\.[\w-]+\.[\w-]*|(?<![0-9a-f-])\d{17}[\dXx](?![0-9a-z-])|(?<![0-9a-zA-Z-])[0-9A-Z]{2}\d{6}[0-9A-Z]{10}(?![0-9a-zA-Z-])|(?<![0-9a-f.-])\d{9,16}(?![0-9a-zA-Z-])", RegexOptions.None, 1000)]
    private static partial Regex Identifier();

    [GeneratedRegex("['\"“‘](?<value>[^'\"”’]*)['\"”’]", RegexOptions.None, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"^[A-Za-z_][\w.`+<>\[\],]*[.`+][\w.`+<>\[\],]*$", RegexOptions.None, 1000)]
    private static partial Regex ClrName();
}
