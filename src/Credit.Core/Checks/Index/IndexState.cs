using Credit.Domain.Policy;

namespace Credit.Core.Checks.Index;

/// <summary>What one load, and the steps since, put together. Written only while nobody reads.</summary>
internal sealed class IndexState
{
    private readonly Dictionary<Guid, HeldEntry> _entries = [];
    private long _factsBytes;
    private volatile IndexStamp _stamp;

    public IndexState(HitRules rules, PolicyPack pack, DateOnly loadedOn, FactsDraft draft, IndexStamp stamp)
    {
        (Rules, Pack, LoadedOn, _stamp) = (rules, pack, loadedOn, stamp);
        (Codes, Subjects) = (new(draft.Codes.Count), new(draft.Codes.Count));
        Put(draft, draft.Subjects);
    }

    /// <summary>What follows from entries, by the memoranda of the state.</summary>
    public HitRules Rules { get; private set; }

    /// <summary>Pack that said which penalties are minor.</summary>
    public PolicyPack Pack { get; }

    /// <summary>First day it can answer about.</summary>
    public DateOnly LoadedOn { get; }

    /// <summary>Who holds which code.</summary>
    public CodeTable Codes { get; }

    /// <summary>The subjects.</summary>
    public SubjectTable Subjects { get; }

    /// <summary>Which state it is.</summary>
    public IndexStamp Stamp
    {
        get => _stamp;
        set => _stamp = value;
    }

    /// <summary>Estimate of its memory.</summary>
    public long Bytes => Codes.Bytes + Subjects.Bytes + Volatile.Read(ref _factsBytes);

    /// <summary>An entry in force; null when there is none with this identity.</summary>
    public HeldEntry? EntryOf(Guid id) => _entries.GetValueOrDefault(id);

    /// <summary>Puts what was read anew in the place of what was known.</summary>
    public void Take(IReadOnlyList<(Guid[] Subjects, FactsDraft Draft)> read, HitRules rules, IndexStamp stamp)
    {
        foreach (var (subjects, draft) in read)
        {
            Put(draft, subjects);
        }

        (Rules, Stamp) = (rules, stamp);
    }

    private void Put(FactsDraft draft, IEnumerable<Guid> subjects)
    {
        foreach (var (code, holder) in draft.Codes)
        {
            Codes.Set(code, Subjects.FindOrAdd(holder));
        }

        foreach (var id in subjects)
        {
            var ordinal = Subjects.FindOrAdd(id);
            var before = Subjects.FactsOf(ordinal);
            foreach (var entry in before?.Entries ?? [])
            {
                _entries.Remove(entry.Facts.Id);
            }

            var facts = draft.FactsOf(id);
            foreach (var entry in facts?.Entries ?? [])
            {
                _entries[entry.Facts.Id] = entry;
            }

            Subjects.Set(ordinal, draft.MarkOf(id), facts);
            _factsBytes += (facts?.Bytes ?? 0) - (before?.Bytes ?? 0);
        }
    }
}
