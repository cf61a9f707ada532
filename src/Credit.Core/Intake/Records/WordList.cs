using System.Collections.Frozen;
using Credit.Core.Intake.Cells;

namespace Credit.Core.Intake.Records;

/// <summary>The words of a code list: what files write, and what is stored and shown for each value.</summary>
/// <typeparam name="T">The value.</typeparam>
internal sealed class WordList<T>
    where T : struct, Enum
{
    private readonly FrozenDictionary<string, T> _byWord;
    private readonly FrozenDictionary<T, string> _titles;

    /// <summary>Builds the list; the first word of a value is its official title.</summary>
    public WordList(params (T Value, string Title, string[] Synonyms)[] words)
    {
        _titles = words.ToFrozenDictionary(word => word.Value, word => word.Title);
        _byWord = words
            .SelectMany(word => word.Synonyms.Append(word.Title), (word, text) => (text, word.Value))
            .ToFrozenDictionary(pair => pair.text, pair => pair.Value, StringComparer.Ordinal);
    }

    /// <summary>The official title of a value.</summary>
    public string TitleOf(T value) => _titles[value];

    /// <summary>The value that a word means.</summary>
    public bool TryFind(string word, out T value) => _byWord.TryGetValue(word, out value);

    /// <summary>The value in the cell; null when empty or refused.</summary>
    /// <param name="row">The row.</param>
    /// <param name="ordinal">The field.</param>
    /// <param name="unknown">Finding for a word outside the list.</param>
    public T? Read(RowScan row, int ordinal, string unknown = CellCodes.UnknownCodeValue)
    {
        var text = row.Text(ordinal);
        if (text is null || row.IsSpoiled(ordinal))
        {
            return null;
        }

        if (TryFind(text, out var value))
        {
            return value;
        }

        row.Reject(unknown, ordinal);
        return null;
    }
}
