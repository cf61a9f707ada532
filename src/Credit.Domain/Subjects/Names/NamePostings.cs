using System.Runtime.InteropServices;

namespace Credit.Domain.Subjects.Names;

/// <summary>Which names hold a key: numbers of names, ascending, for each key.</summary>
internal sealed class NamePostings
{
    private readonly Dictionary<uint, int> _places = [];
    private readonly List<int[]> _lists = [];
    private readonly List<int> _counts = [];

    /// <summary>Notes that a name holds a key; once, however often it does.</summary>
    public void Add(uint key, int number)
    {
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, key, out var known);
        if (!known)
        {
            place = _lists.Count;
            _lists.Add([number]);
            _counts.Add(1);
            return;
        }

        var (list, count) = (_lists[place], _counts[place]);
        if (list[count - 1] == number)
        {
            return;
        }

        if (count == list.Length)
        {
            Array.Resize(ref list, count + Math.Max(2, count / 2));
            _lists[place] = list;
        }

        list[count] = number;
        _counts[place] = count + 1;
    }

    /// <summary>Names that hold the key.</summary>
    public ReadOnlySpan<int> this[uint key] => _places.TryGetValue(key, out var place) ? _lists[place].AsSpan(0, _counts[place]) : [];

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _places.Clear();
        _lists.Clear();
        _counts.Clear();
    }

    /// <summary>Gives back what growing lists kept in hand.</summary>
    public void Trim()
    {
        for (var place = 0; place < _lists.Count; place++)
        {
            if (_lists[place].Length > _counts[place])
            {
                _lists[place] = _lists[place][.._counts[place]];
            }
        }
    }
}
