using System.Collections.Frozen;

namespace Credit.Domain.Subjects;

/// <summary>Administrative areas of GB/T 2260, abolished ones included: codes and identity numbers outlive their area.</summary>
public static class AreaCodes
{
    private static readonly FrozenSet<int> Known = Load();

    /// <summary>True when the six digits named a province, city, county or special zone at some time.</summary>
    /// <param name="six">Six digits; anything else never existed.</param>
    public static bool EverExisted(string six)
    {
        ArgumentNullException.ThrowIfNull(six);
        return EverExisted(six.AsSpan());
    }

    internal static bool EverExisted(ReadOnlySpan<char> six) =>
        six.Length == 6 && CheckCharacters.AllDigits(six) && Known.Contains(int.Parse(six));

    private static FrozenSet<int> Load()
    {
        var file = EmbeddedFile.Read<AreaFile>("area-codes.json");
        return file.Provinces.SelectMany(province => province.Value.Split(' ').Select(rest => int.Parse(province.Key + rest))).ToFrozenSet();
    }

    /// <summary>The data file: the last four digits by the first two.</summary>
    private sealed record AreaFile(IReadOnlyList<string> Sources, IReadOnlyDictionary<string, string> Provinces);
}
