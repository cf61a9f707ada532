using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Credit.Domain.Subjects.Names;

/// <summary>The tables that names are read by; where they come from says <c>Data/README.md</c>.</summary>
internal static class NameTables
{
    private static readonly FrozenDictionary<char, char> SimplifiedOf = Lines("simplified.txt")
        .SelectMany(line => line.Skip(1).Select(variant => (variant, line[0]))).ToFrozenDictionary(each => each.variant, each => each.Item2);

    /// <summary>Codes of the areas that are called so. A name in daily use can be that of several: 吉林 is a province and a city.</summary>
    public static readonly NameWords<ImmutableArray<string>> Regions = new(Lines("regions.txt")
        .Select(line => line.Split('\t'))
        .SelectMany(row => row.Skip(1).Distinct().Select(name => (Name: name, Code: row[0])))
        .GroupBy(each => each.Name)
        .Select(group => (group.Key, group.Select(each => each.Code).ToImmutableArray())));

    /// <summary>Lines of business; words that mean the same have the same number.</summary>
    public static readonly NameWords<int> Trades = new(Lines("trades.txt").SelectMany((line, group) => line.Split(' ').Select(word => (word, group))));

    /// <summary>Classes of the forms of organisations.</summary>
    public static readonly NameWords<string> Forms = new(Lines("forms.txt").Select(line => line.Split('\t')).Select(row => (row[1], row[0])));

    /// <summary>The simplified character; the same where there is none.</summary>
    public static char Simplify(char letter) => SimplifiedOf.TryGetValue(letter, out var simple) ? simple : letter;

    internal static IEnumerable<string> Lines(string file)
    {
        using var stream = typeof(NameTables).Assembly.GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"The data file {file} is not in the assembly.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0)
            {
                yield return line;
            }
        }
    }
}

/// <summary>Words that parts of names consist of.</summary>
/// <typeparam name="T">What is known of a word.</typeparam>
internal sealed class NameWords<T>
{
    private readonly FrozenDictionary<string, T>.AlternateLookup<ReadOnlySpan<char>> _words;
    private readonly int _longest;

    public NameWords(IEnumerable<(string Word, T Known)> words)
    {
        var table = words.ToFrozenDictionary(each => NameText.Normalise(each.Word), each => each.Known);
        _words = table.GetAlternateLookup<ReadOnlySpan<char>>();
        _longest = table.Keys.Max(word => word.Length);
    }

    /// <summary>The longest word the text starts with; its length is 0 when it starts with none.</summary>
    public (int Length, T? Known) AtStart(ReadOnlySpan<char> text)
    {
        for (var length = Math.Min(_longest, text.Length); length > 0; length--)
        {
            if (_words.TryGetValue(text[..length], out var known))
            {
                return (length, known);
            }
        }

        return default;
    }

    /// <summary>The longest word the text ends in; its length is 0 when it ends in none.</summary>
    public (int Length, T? Known) AtEnd(ReadOnlySpan<char> text)
    {
        for (var length = Math.Min(_longest, text.Length); length > 0; length--)
        {
            if (_words.TryGetValue(text[^length..], out var known))
            {
                return (length, known);
            }
        }

        return default;
    }

    /// <summary>True when the text is one of the words.</summary>
    public bool Contains(ReadOnlySpan<char> text) => _words.ContainsKey(text);
}
