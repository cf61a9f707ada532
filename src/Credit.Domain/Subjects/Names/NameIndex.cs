using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace Credit.Domain.Subjects.Names;

/// <summary>
/// Names of organisations, found by what they sound like: pairs of syllables of brand and trade, each weighing by its part and its rarity,
/// choose the candidates; <see cref="NameComparison"/> orders them. Natural persons are not in it. Safe for many readers and one writer.
/// </summary>
internal sealed class NameIndex : IDisposable
{
    // Candidates that are compared with care. More find nothing better: they share too little.
    private const int Compared = 200;

    // Ways to part Latin letters into syllables that are tried.
    private const int Partings = 4;

    // Names that left before it is worth putting the others in anew.
    private const int LeastTidied = 1000;

    private const double FirstWeight = 0.3;
    private const double SkipWeight = 0.6;
    private const double BorderWeight = 0.5;

    private readonly ReaderWriterLockSlim _turn = new();
    private readonly NamePostings _sounds = new();
    private readonly NamePostings _initials = new();
    private readonly NameComparison _comparison;
    private readonly ConcurrentBag<Tally> _tallies = [];
    private readonly int[] _brandsWith = new int[char.MaxValue + 1];

    // Name n of the index: its characters in the pool, whose it is, whether it was its name once.
    private readonly List<char> _pool = [];
    private readonly List<int> _ends = [0];
    private readonly List<Guid> _owners = [];
    private readonly List<bool> _former = [];
    private readonly HashSet<int> _gone = [];
    private readonly Dictionary<Guid, int> _lastOf = [];
    private readonly List<int> _previousOfOwner = [];

    public NameIndex() => _comparison = new NameComparison(Rarity);

    /// <summary>Names in it, former ones included.</summary>
    public int Count => _owners.Count - _gone.Count;

    /// <summary>Names that take up memory: those in it, and those that left since it was last tidied.</summary>
    internal int Held => _owners.Count;

    /// <summary>Puts the names of a subject in place of those it had here.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="name">Its name now; null takes it out.</param>
    /// <param name="former">What it was called before.</param>
    public void Put(Guid subject, string? name, IReadOnlyList<string> former)
    {
        _turn.EnterWriteLock();
        try
        {
            for (var number = _lastOf.GetValueOrDefault(subject, -1); number >= 0; number = _previousOfOwner[number])
            {
                _gone.Add(number);
            }

            if (_gone.Count > LeastTidied && _gone.Count > Count)
            {
                Tidy();
            }

            if (string.IsNullOrWhiteSpace(name))
            {
                return;
            }

            var plain = NameText.Normalise(name);
            Add(subject, plain, former: false);
            foreach (var once in former.Select(NameText.Normalise).Where(once => once != plain).Distinct())
            {
                Add(subject, once, former: true);
            }
        }
        finally
        {
            _turn.ExitWriteLock();
        }
    }

    /// <summary>Gives back memory after many names were put in.</summary>
    public void Trim()
    {
        _turn.EnterWriteLock();
        try
        {
            _sounds.Trim();
            _initials.Trim();
            _pool.TrimExcess();
            _ends.TrimExcess();
            _owners.TrimExcess();
            _former.TrimExcess();
            _previousOfOwner.TrimExcess();
            _lastOf.TrimExcess();
        }
        finally
        {
            _turn.ExitWriteLock();
        }
    }

    /// <summary>Names that may be meant, the likeliest first; of a subject the likeliest only. They are for a person to judge.</summary>
    /// <param name="asked">A name as somebody wrote it, its pinyin, or the initials of its pinyin.</param>
    /// <param name="least">Least score, 0 to 1.</param>
    /// <param name="most">Names at most.</param>
    public IReadOnlyList<NameMatch> Search(string asked, double least, int most)
    {
        var name = CompanyName.Read(asked);
        if (name.Text.Length == 0)
        {
            return [];
        }

        _turn.EnterReadLock();
        try
        {
            return
            [
                .. (IsLatin(name.Text) ? ByCharacters(name).Concat(BySyllables(name.Text)).Concat(ByInitials(name.Text)) : ByCharacters(name))
                    .Where(match => match.Score >= least)
                    .GroupBy(match => match.SubjectId)
                    .Select(group => group.OrderByDescending(match => match.Score).ThenBy(match => match.Former).First())
                    .OrderByDescending(match => match.Score).ThenBy(match => match.Former).ThenBy(match => match.Text.Length).ThenBy(match => match.Text, StringComparer.Ordinal)
                    .ThenBy(match => match.SubjectId)
                    .Take(most),
            ];
        }
        finally
        {
            _turn.ExitReadLock();
        }
    }

    public void Dispose() => _turn.Dispose();

    private static bool IsLatin(string text) => text.All(char.IsAsciiLetter);

    private static uint Pair(ushort first, ushort second) => ((uint)first << 16) | second;

    // Skips and beginnings have keys of their own, away from those of pairs: no sound has these numbers.
    private static uint Skip(ushort first, ushort third) => Pair((ushort)(ushort.MaxValue - first), third);

    private static uint Beginning(ushort first) => Pair(ushort.MaxValue, first);

    private static uint Letters(string initials)
    {
        // FNV-1a: the same in every process, and two texts that share a key cost a comparison.
        var hash = 2166136261;
        foreach (var letter in initials)
        {
            hash = (hash ^ letter) * 16777619;
        }

        return hash;
    }

    // A name's keys: pairs throughout, pairs with a gap within the brand, so that one wrong character leaves something, and its first sound.
    private static IEnumerable<(uint Key, double Weight)> Keys(ushort[] sounds, int brand)
    {
        for (var at = 0; at + 1 < sounds.Length; at++)
        {
            yield return (Pair(sounds[at], sounds[at + 1]), at + 1 < brand ? 1 : at < brand ? BorderWeight : NameComparison.TradeWeight);
            if (at + 2 < brand)
            {
                yield return (Skip(sounds[at], sounds[at + 2]), SkipWeight);
            }
        }

        if (sounds.Length > 0)
        {
            yield return (Beginning(sounds[0]), FirstWeight);
        }
    }

    // What left takes room, and counts among the brands that make a character common: with more gone than there, the rest is put in anew.
    private void Tidy()
    {
        (Guid Owner, string Text, bool Former)[] left = [.. Enumerable.Range(0, _owners.Count).Where(number => !_gone.Contains(number)).Select(number => (_owners[number], TextOf(number), _former[number]))];
        _sounds.Clear();
        _initials.Clear();
        _pool.Clear();
        _ends.Clear();
        _ends.Add(0);
        _owners.Clear();
        _former.Clear();
        _gone.Clear();
        _lastOf.Clear();
        _previousOfOwner.Clear();
        Array.Clear(_brandsWith);
        foreach (var (owner, text, former) in left)
        {
            Add(owner, text, former);
        }
    }

    private static ushort[] Sounds(string text) => [.. text.Select(NameSounds.Of)];

    private void Add(Guid subject, string text, bool former)
    {
        var number = _owners.Count;
        var name = CompanyName.ReadNormalised(text);
        _pool.AddRange(text);
        _ends.Add(_pool.Count);
        _owners.Add(subject);
        _former.Add(former);
        _previousOfOwner.Add(_lastOf.GetValueOrDefault(subject, -1));
        _lastOf[subject] = number;
        foreach (var (key, _) in Keys(Sounds(name.Core), name.Brand.Length))
        {
            _sounds.Add(key, number);
        }

        _initials.Add(Letters(NameComparison.Initials(name.Brand)), number);
        _initials.Add(Letters(NameComparison.Initials(name.Core)), number);
        foreach (var letter in name.Brand)
        {
            _brandsWith[letter]++;
        }
    }

    // From 1 for a character that stands in every brand to a little more than 2 for one that stands in none.
    private double Rarity(char letter)
    {
        var names = _owners.Count + 1;
        return 1 + (Math.Log((double)names / (1 + Math.Min(_brandsWith[letter], names - 1))) / Math.Log(names + 1));
    }

    private IEnumerable<NameMatch> ByCharacters(CompanyName asked) => Candidates(Keys(Sounds(asked.Core), asked.Brand.Length))
        .Select(number => Match(number, found => _comparison.Compare(asked, found)));

    private IEnumerable<NameMatch> BySyllables(string letters) => NameSounds.Part(letters, Partings).SelectMany(syllables =>
        Candidates(Keys(syllables, syllables.Length)).Select(number => Match(number, found => _comparison.Compare(syllables, letters, found))));

    private IEnumerable<NameMatch> ByInitials(string letters) => _initials[Letters(letters)].ToArray().Where(number => !_gone.Contains(number)).Take(Compared)
        .Select(number => Match(number, found => NameComparison.CompareInitials(letters, found)));

    private NameMatch Match(int number, Func<CompanyName, (double Score, IReadOnlyList<NameReason> Reasons)> compare)
    {
        var text = TextOf(number);
        var (score, reasons) = compare(CompanyName.ReadNormalised(text));
        return new(_owners[number], _former[number], text, Math.Round(Math.Clamp(score, 0, 1), 3), reasons);
    }

    private string TextOf(int number) => new(CollectionsMarshal.AsSpan(_pool)[_ends[number].._ends[number + 1]]);

    // The names that share most with what is asked: rare keys first, so that a common one adds to what is there and does not flood it.
    private int[] Candidates(IEnumerable<(uint Key, double Weight)> keys)
    {
        var tally = _tallies.TryTake(out var used) ? used : new Tally();
        try
        {
            tally.Ready(_owners.Count);
            foreach (var (key, weight) in keys.Distinct().OrderBy(each => _sounds[each.Key].Length))
            {
                var holders = _sounds[key];
                if (holders.Length > 0)
                {
                    tally.Add(holders, (float)(weight * Math.Log(1 + ((double)_owners.Count / holders.Length))));
                }
            }

            return tally.Highest(Compared, _gone);
        }
        finally
        {
            tally.Clear();
            _tallies.Add(tally);
        }
    }

    /// <summary>What every name has scored so far in one search.</summary>
    private sealed class Tally
    {
        private readonly List<int> _touched = [];
        private float[] _scores = [];

        public void Ready(int names)
        {
            if (_scores.Length < names)
            {
                _scores = new float[names + (names / 8)];
            }
        }

        public void Add(ReadOnlySpan<int> holders, float weight)
        {
            foreach (var number in holders)
            {
                ref var score = ref _scores[number];
                if (score == 0)
                {
                    _touched.Add(number);
                }

                score += weight;
            }
        }

        public int[] Highest(int most, HashSet<int> gone)
        {
            var best = new PriorityQueue<int, float>(most + 1);
            foreach (var number in _touched)
            {
                if ((best.Count < most || (best.TryPeek(out _, out var lowest) && _scores[number] > lowest)) && !gone.Contains(number))
                {
                    best.Enqueue(number, _scores[number]);
                    if (best.Count > most)
                    {
                        best.Dequeue();
                    }
                }
            }

            return [.. best.UnorderedItems.Select(item => item.Element)];
        }

        public void Clear()
        {
            foreach (var number in _touched)
            {
                _scores[number] = 0;
            }

            _touched.Clear();
        }
    }
}
