using System.Buffers;
using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Credit.Domain.Subjects.Names;

/// <summary>How characters sound, without tones. A character without a sound of its own, a Latin letter or a digit, stands for itself.</summary>
internal static class NameSounds
{
    private const int First = 0x4E00;
    private const int OwnSound = 1024;

    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouv");

    private static readonly ImmutableArray<string> Syllables = [.. NameTables.Lines("pinyin.txt").Select(line => line.Split('\t')[0])];

    private static readonly FrozenDictionary<string, ushort> Numbers =
        Syllables.Select((syllable, number) => (syllable, number)).ToFrozenDictionary(each => each.syllable, each => (ushort)each.number);

    private static readonly FrozenDictionary<string, ushort>.AlternateLookup<ReadOnlySpan<char>> NumberOf = Numbers.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly ImmutableArray<ushort> MainOf = LoadMain();

    private static readonly FrozenDictionary<char, ImmutableArray<ushort>> OthersOf = NameTables.Lines("pinyin.txt")
        .SelectMany((line, number) => line.Split('\t') is [_, _, var also] ? also.Select(letter => (letter, Sound: (ushort)number)) : [])
        .GroupBy(each => each.letter).ToFrozenDictionary(group => group.Key, group => group.Select(each => each.Sound).ToImmutableArray());

    private static readonly ImmutableArray<ushort> BroadOf =
        [.. Syllables.Select(syllable => (ushort)Syllables.Select(Broad).ToList().IndexOf(Broad(syllable)))];

    private static readonly int LongestSyllable = Syllables.Max(syllable => syllable.Length);

    /// <summary>The sound by which a character is found.</summary>
    public static ushort Of(char letter)
    {
        var place = letter - First;
        return place >= 0 && place < MainOf.Length && MainOf[place] != ushort.MaxValue ? MainOf[place] : (ushort)(OwnSound + (letter % (ushort.MaxValue - OwnSound)));
    }

    /// <summary>The sound of a syllable written in Latin letters; null when it is none. What has no vowel is an exclamation and in no name.</summary>
    public static ushort? OfSyllable(ReadOnlySpan<char> syllable) =>
        syllable.ContainsAny(Vowels) && NumberOf.TryGetValue(syllable, out var number) ? number : null;

    /// <summary>First letter of the sound, upper-case; the character itself when it has none.</summary>
    public static char Initial(char letter) => Of(letter) is < OwnSound and var sound ? char.ToUpperInvariant(Syllables[sound][0]) : letter;

    /// <summary>True when a character can be read so.</summary>
    public static bool Reads(char letter, ushort sound) => Of(letter) == sound || (OthersOf.TryGetValue(letter, out var others) && others.Contains(sound));

    /// <summary>True when two characters can be read alike.</summary>
    public static bool Alike(char one, char other) =>
        Reads(one, Of(other)) || (OthersOf.TryGetValue(other, out var others) && others.Any(sound => Reads(one, sound)));

    /// <summary>True when the two sound alike to somebody who keeps <c>zh ch sh ng n</c> and <c>z c s n l</c> not apart.</summary>
    public static bool Near(char one, char other) => Of(one) is < OwnSound and var first && Of(other) is < OwnSound and var second && BroadOf[first] == BroadOf[second];

    /// <summary>The ways to part Latin letters into syllables, the one of fewest syllables first; none when there is no way.</summary>
    /// <param name="letters">Letters, upper-case, without spaces.</param>
    /// <param name="most">Ways wanted at most.</param>
    public static IReadOnlyList<ushort[]> Part(string letters, int most)
    {
        var lower = letters.ToLowerInvariant();
        var ways = new List<ushort[]>[lower.Length + 1];
        ways[0] = [[]];
        for (var end = 1; end <= lower.Length; end++)
        {
            List<ushort[]> here = [];
            for (var start = Math.Max(0, end - LongestSyllable); start < end; start++)
            {
                if (OfSyllable(lower.AsSpan(start, end - start)) is { } sound)
                {
                    here.AddRange(ways[start].Select(way => (ushort[])[.. way, sound]));
                }
            }

            ways[end] = [.. here.OrderBy(way => way.Length).Take(most)];
        }

        return ways[^1];
    }

    private static ImmutableArray<ushort> LoadMain()
    {
        var sounds = new ushort[0xA000 - First];
        Array.Fill(sounds, ushort.MaxValue);
        foreach (var (line, number) in NameTables.Lines("pinyin.txt").Select((line, number) => (line, number)))
        {
            foreach (var letter in line.Split('\t')[1])
            {
                sounds[letter - First] = (ushort)number;
            }
        }

        return [.. sounds];
    }

    private static string Broad(string syllable)
    {
        var plain = syllable.Length > 1 && syllable[1] == 'h' ? syllable[0] + syllable[2..] : syllable;
        plain = plain.Length > 1 && plain[0] == 'n' ? 'l' + plain[1..] : plain;
        return plain.EndsWith("ing", StringComparison.Ordinal) || plain.EndsWith("eng", StringComparison.Ordinal) ? plain[..^1] : plain;
    }
}
