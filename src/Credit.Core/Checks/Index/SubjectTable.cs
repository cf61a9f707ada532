using System.Runtime.InteropServices;

namespace Credit.Core.Checks.Index;

/// <summary>
/// Subjects by ordinal: identity, day of the latest negative mark, and what else a check has to say, in arrays; most subjects have no object.
/// </summary>
internal sealed class SubjectTable
{
    private int[] _slots;
    private Guid[] _ids;
    private int[] _marks;
    private SubjectFacts?[] _facts;

    /// <param name="expected">Subjects to make room for.</param>
    public SubjectTable(int expected)
    {
        var room = Math.Max(64, expected);
        (_slots, _ids, _marks, _facts) = (new int[Slots.For(room)], new Guid[room], new int[room], new SubjectFacts?[room]);
    }

    /// <summary>Subjects known.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of the arrays.</summary>
    public long Bytes => ((long)_slots.Length * sizeof(int)) + ((long)_ids.Length * (16 + sizeof(int) + 8));

    /// <summary>Identity of a subject.</summary>
    public Guid IdOf(int ordinal) => _ids[ordinal];

    /// <summary>Day number of the latest negative mark up to the day the index was loaded; 0 for none.</summary>
    public int MarkOf(int ordinal) => _marks[ordinal];

    /// <summary>What else there is to say; null for nothing.</summary>
    public SubjectFacts? FactsOf(int ordinal) => _facts[ordinal];

    /// <summary>Ordinal of a subject; -1 when the index does not know it.</summary>
    public int Find(Guid id)
    {
        for (var slot = SlotOf(id); _slots[slot] != 0; slot = Slots.Next(slot, _slots.Length))
        {
            if (_ids[_slots[slot] - 1] == id)
            {
                return _slots[slot] - 1;
            }
        }

        return -1;
    }

    /// <summary>Ordinal of a subject, which is added when it is new.</summary>
    public int FindOrAdd(Guid id)
    {
        if (Find(id) is >= 0 and var known)
        {
            return known;
        }

        if (Count == _ids.Length)
        {
            var room = Count + (Count / 2);
            Array.Resize(ref _ids, room);
            Array.Resize(ref _marks, room);
            Array.Resize(ref _facts, room);
        }

        if (Count >= Slots.Room(_slots.Length))
        {
            _slots = new int[Slots.For(Count + (Count / 2))];
            for (var each = 0; each < Count; each++)
            {
                Place(each);
            }
        }

        _ids[Count] = id;
        Place(Count);
        return Count++;
    }

    /// <summary>Says what is known of a subject.</summary>
    public void Set(int ordinal, int mark, SubjectFacts? facts) => (_marks[ordinal], _facts[ordinal]) = (mark, facts);

    private void Place(int ordinal)
    {
        var slot = SlotOf(_ids[ordinal]);
        while (_slots[slot] != 0)
        {
            slot = Slots.Next(slot, _slots.Length);
        }

        _slots[slot] = ordinal + 1;
    }

    private int SlotOf(Guid id)
    {
        var halves = MemoryMarshal.Cast<Guid, ulong>(MemoryMarshal.CreateReadOnlySpan(ref id, 1));
        return Slots.Of(halves[0], halves[1], _slots.Length);
    }
}
