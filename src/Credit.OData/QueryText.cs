using System.Text;

namespace Credit.OData;

/// <summary>
/// Texts of options as the parser reads them: parameter aliases are put in, and what 4.01 spells its own way is spelt the
/// parser's. Literals in quotes stay as they are.
/// </summary>
internal static class QueryText
{
    private const int MostText = 8000;

    // Where none of these is, a text is as the parser wants it.
    private static readonly string[] SpeltOtherwise = ["divby", "true", "false", "null", "+", "("];

    // Signs that end or nest something, and those that stand for them in the phrases of inner searches: signs that no text holds.
    private const string Breaking = "'();";
    private const char Shelter = '\ufdd0';
    private const char LastShelter = '\ufdd3';

    private static readonly string[] Single = [.. Enumerable.Range(0, 128).Select(letter => ((char)letter).ToString())];

    private static readonly string[] Inner = ["filter", "search", "orderby", "select", "expand", "compute", "top", "skip", "count", "levels", "apply"];

    /// <summary>Puts the values of aliases in; an alias without a value is null.</summary>
    /// <exception cref="QueryRefusedException">Aliases name aliases without end.</exception>
    public static string WithAliases(string option, string text, IReadOnlyDictionary<string, string> aliases)
    {
        if (text.Contains('@', StringComparison.Ordinal) && SaysAnnotation(text))
        {
            throw new QueryRefusedException(501, "option-not-supported", option, "不支持注释值。", "Values of annotations are not supported.");
        }

        if (text.Contains('@', StringComparison.Ordinal) && Pieces(text).Any(piece => piece.Text == "@"))
        {
            throw QueryRefusedException.Invalid(option);
        }

        for (var round = 0; round < 4 && HasAlias(text); round++)
        {
            text = Words(text, (word, next) => word.StartsWith('@')
                ? next == '=' ? throw new QueryRefusedException(501, "option-not-supported", option, "不支持嵌套的参数别名。", "Parameter aliases inside of an option are not supported.") : aliases.TryGetValue(word, out var value) ? value is ['(' or '[', ..] || IsWord(value) ? value : $"({value})" : "null"
                : word);
            if (text.Length > MostText)
            {
                throw QueryRefusedException.TooMuch(option, $"{MostText}");
            }
        }

        return HasAlias(text) ? throw QueryRefusedException.Invalid(option) : text;
    }

    /// <summary>Spells an expression the parser's way.</summary>
    /// <exception cref="QueryRefusedException">It calls a function of the standard that the parser does not know.</exception>
    public static string Spelt(string option, string text) =>
        SpeltOtherwise.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)) ? Choice.Spelt(option, SpeltWords(option, text)) : text;

    /// <summary>Whether a text calls a function.</summary>
    public static bool Calls(string? text, string function) =>
        text is not null && Pieces(text).ToArray() is var pieces && pieces.Index().Any(piece => piece.Item.IsWord && Is(piece.Item.Text, function) && pieces.ElementAtOrDefault(piece.Index + 1).Text == "(");

    // The one function of durations: a text in it is one without its prefix.
    private static string WithDurations(string text)
    {
        var pieces = Pieces(text).Select(piece => piece.Text).ToArray();
        for (var i = 2; i < pieces.Length; i++)
        {
            if (pieces[i][0] == '\'' && pieces[i - 1] == "(" && Is(pieces[i - 2], "totalseconds"))
            {
                pieces[i] = "duration" + pieces[i];
            }
        }

        return string.Concat(pieces);
    }

    private static string SpeltWords(string option, string text) => Words(WithDurations(text), (word, next) => word switch
    {
        _ when next == '(' && Functions.IsKnownElsewhere(word) => throw Functions.NotSupported(option, word.ToLowerInvariant()),
        // Division in which integers do not round: the factor makes a decimal of what is divided.
        _ when Is(word, "divby") && next == ' ' => "mul 1.0m div",
        _ when Is(word, "true") && next != '(' => "true",
        _ when Is(word, "false") && next != '(' => "false",
        _ when Is(word, "null") && next != '(' => "null",
        _ => word,
    });

    /// <summary>Gives the options inside an expansion or a count the dollar that 4.01 lets clients leave out.</summary>
    public static string WithDollars(string text) => Words(text, (word, next) =>
        next == '=' && Inner.Contains(word.TrimStart('$').ToLowerInvariant()) ? "$" + word.TrimStart('$').ToLowerInvariant() : word);

    /// <summary>An expression, or options that hold some, as the parser reads it.</summary>
    /// <exception cref="QueryRefusedException">It says what the parser cannot be told.</exception>
    public static string Expression(string option, string text) => Lists.Spelt(option, OData.Inner.Spelt(option, WithDollars(Spelt(option, text))));

    /// <summary>Gives the parser no number of rows or levels that it cannot hold: beyond the largest it can, they all mean the same.</summary>
    public static string WithNumbersInReach(string text)
    {
        var pieces = Pieces(text).Select(piece => piece.Text).ToArray();
        for (var i = 2; i < pieces.Length; i++)
        {
            if (pieces[i - 1] == "=" && pieces[i - 2] is "$top" or "$skip" or "$levels" && pieces[i].All(char.IsAsciiDigit) && !long.TryParse(pieces[i], out _))
            {
                pieces[i] = long.MaxValue.ToString(System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        return string.Concat(pieces);
    }

    /// <summary>
    /// Quotes the words of searches inside of an expansion or a count as those of the request itself. Before anything else is made of the
    /// text: a search is not an expression, and its words are no aliases, literals or numbers.
    /// </summary>
    public static string WithQuotedSearches(string text)
    {
        var spelt = new StringBuilder();
        for (var rest = text; rest.Length > 0;)
        {
            var (start, end) = Search(rest);
            spelt.Append(rest, 0, start);
            spelt.Append(Sheltered(SearchText.Quoted(rest[start..end])));
            rest = rest[end..];
        }

        return spelt.ToString();
    }

    /// <summary>A text with what <see cref="WithQuotedSearches"/> sheltered as it was.</summary>
    public static string Unsheltered(string text) =>
        text.AsSpan().ContainsAnyInRange(Shelter, LastShelter) ? string.Concat(text.Select(letter => letter is >= Shelter and <= LastShelter ? Breaking[letter - Shelter] : letter)) : text;

    /// <summary>Where the first search inside of a text begins and ends; both the end of the text where there is none.</summary>
    private static (int Start, int End) Search(string text)
    {
        var start = 0;
        foreach (var (piece, isWord) in Pieces(text))
        {
            start += piece.Length;
            if (isWord && Is(piece.TrimStart('$'), "search") && start < text.Length && text[start] == '=')
            {
                start++;
                break;
            }
        }

        var (end, depth, inPhrase) = (start, 0, false);
        for (; end < text.Length && (inPhrase || depth > 0 || text[end] is not (';' or ')')); end++)
        {
            inPhrase ^= text[end] == '"';
            end += inPhrase && text[end] == '\\' ? 1 : 0;
            depth += inPhrase ? 0 : text[end] switch { '(' => 1, ')' => -1, _ => 0 };
        }

        return (start, Math.Min(end, text.Length));
    }

    // The parser cuts an expansion up before it reads the searches in it, and takes no notice of their quotes.
    private static string Sheltered(string search)
    {
        var (sheltered, inPhrase, escaped) = (search.ToCharArray(), false, false);
        for (var i = 0; i < sheltered.Length; i++)
        {
            inPhrase ^= sheltered[i] == '"' && !escaped;
            escaped = inPhrase && !escaped && sheltered[i] == '\\';
            sheltered[i] = inPhrase && Breaking.IndexOf(sheltered[i], StringComparison.Ordinal) is >= 0 and var breaking ? (char)(Shelter + breaking) : sheltered[i];
        }

        return new(sheltered);
    }

    /// <summary>Options that one way of an <c>$expand</c> is followed with, as they were written; empty where it has none.</summary>
    /// <param name="expand">The <c>$expand</c>.</param>
    /// <param name="way">Name of the way with what follows it, <c>/$count</c> for example.</param>
    public static string OptionsOf(string? expand, string way)
    {
        foreach (var item in Parts(expand ?? "", ','))
        {
            var open = item.IndexOf('(', StringComparison.Ordinal);
            if (Is((open < 0 ? item : item[..open]).Trim(), way))
            {
                return open < 0 ? "" : item[(open + 1)..item.LastIndexOf(')')];
            }
        }

        return "";
    }

    /// <summary>One option of those a way is followed with; null where it is not among them.</summary>
    public static string? OptionOf(string options, string name) =>
        Parts(options, ';').Select(part => part.Trim()).FirstOrDefault(part => part.TrimStart('$').StartsWith(name + "=", StringComparison.OrdinalIgnoreCase)) is { } found
            ? found[(found.IndexOf('=', StringComparison.Ordinal) + 1)..]
            : null;

    /// <summary>Names of the options a way is followed with, with the dollar; aliases apart.</summary>
    public static string[] NamesOf(string options) =>
        [.. Parts(options, ';').Select(part => part.Split('=')[0].Trim()).Where(name => name.Length > 0 && name[0] != '@').Select(name => "$" + name.TrimStart('$').ToLowerInvariant())];

    /// <summary>Stretches of a text between separators that stand in no parentheses.</summary>
    public static IEnumerable<string> Parts(string text, char separator)
    {
        var (depth, part) = (0, new StringBuilder());
        foreach (var (piece, _) in Pieces(text))
        {
            depth += piece switch { "(" or "[" => 1, ")" or "]" => -1, _ => 0 };
            if (depth == 0 && piece.Length == 1 && piece[0] == separator)
            {
                yield return part.ToString();
                part.Clear();
            }
            else
            {
                part.Append(piece);
            }
        }

        yield return part.ToString();
    }

    private static bool HasAlias(string text) => text.Contains('@', StringComparison.Ordinal) && Pieces(text).Any(piece => piece.IsWord && piece.Text.StartsWith('@'));

    // Names of aliases have no dots, and no way leads to one.
    private static bool SaysAnnotation(string text)
    {
        var before = "";
        foreach (var (piece, isWord) in Pieces(text))
        {
            if (isWord && piece[0] == '@' && (before == "/" || piece.Contains('.', StringComparison.Ordinal)))
            {
                return true;
            }

            before = piece;
        }

        return false;
    }

    private static bool Is(string word, string other) => word.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static bool IsWord(string text) =>
        text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or ':' or '_' or '+')
        || text is ['\'', .., '\''] && text.AsSpan(1, text.Length - 2).Count('\'') == 0;

    private static string Words(string text, Func<string, char, string> word)
    {
        var spelt = new StringBuilder();
        var pieces = Pieces(text).ToArray();
        for (var i = 0; i < pieces.Length; i++)
        {
            var next = i + 1 < pieces.Length ? pieces[i + 1].Text[0] : ' ';
            if (pieces[i].Text == "+" && char.IsAsciiDigit(next) && (i == 0 || pieces[i - 1].Text is " " or "(" or "[" or ","))
            {
                // A plus before a number says nothing, and the parser does not know it.
                continue;
            }

            spelt.Append(pieces[i].IsWord && !(spelt.Length > 0 && spelt[^1] == '/') ? word(pieces[i].Text, next) : pieces[i].Text);
        }

        return spelt.ToString();
    }

    /// <summary>Words, and what stands between them; a text in quotes is one piece.</summary>
    public static IEnumerable<(string Text, bool IsWord)> Pieces(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            var start = i;
            if (text[i] is '\'' or '"')
            {
                var quote = text[i];
                for (i++; i < text.Length && text[i] != quote; i++)
                {
                    i += quote == '"' && text[i] == '\\' && i + 1 < text.Length ? 1 : 0;
                }

                i = Math.Min(i + 1, text.Length);
                yield return (text[start..i], false);
            }
            else if (char.IsLetter(text[i]) || text[i] is '@' or '_' or '$')
            {
                for (i++; i < text.Length && (char.IsLetterOrDigit(text[i]) || text[i] is '_' or '.'); i++)
                {
                }

                yield return (text[start..i], true);
            }
            else if (char.IsAsciiDigit(text[i]))
            {
                // Digits with what belongs to them: identities, dates and exponents hold letters, too.
                for (i++; i < text.Length && (char.IsAsciiLetterOrDigit(text[i]) || text[i] is '.' or '-' or ':'); i++)
                {
                }

                yield return (text[start..i], false);
            }
            else
            {
                yield return (text[i] < Single.Length ? Single[text[i]] : text[i].ToString(), false);
                i++;
            }
        }
    }
}
