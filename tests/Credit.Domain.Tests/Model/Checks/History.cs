using Credit.Domain.DueProcess;
using Credit.Domain.Listing;

namespace Credit.Domain.Tests.Model;

/// <summary>What the announcements said about one entry, and nothing else.</summary>
internal sealed class EntryLife(Guid id, Guid subject, ListKind list, string domain, string recogniser)
{
    public Guid Id => id;

    public Guid Subject => subject;

    public ListKind List => list;

    public string Domain => domain;

    public string Recogniser => recogniser;

    public EntryRecognised? Recognised { get; set; }

    /// <summary>The civil day on which it was recognised, whatever day the decision is of.</summary>
    public DateOnly? RecognisedAt { get; set; }

    public EntryPublished? Published { get; set; }

    public EntryExited? Exited { get; set; }

    public bool Cancelled { get; set; }

    /// <summary>The last choice of the department; null when it made none.</summary>
    public bool? Chosen { get; set; }

    public int Exits { get; set; }

    public int ExitAnnouncements { get; set; }

    /// <summary>The reaction that gives out measures saw its publication.</summary>
    public bool Seen { get; set; }

    /// <summary>In force on a day: published, not exited, within its days (Act of the notation).</summary>
    public bool Act(DateOnly validTo, DateOnly day) => Published is { } published && Exited is null && published.ValidFrom <= day && day <= validTo;

    /// <summary>First day after the interval it was, is or will be in force; null when it never came into force.</summary>
    public DateOnly? EndOf(DateOnly validTo) => Published is null ? null
        : Exited is { } exited && exited.ExitedOn <= validTo ? exited.ExitedOn : validTo.AddDays(1);
}

/// <summary>What was announced so far, by entry and by objection.</summary>
internal sealed class History
{
    private readonly Dictionary<Guid, EntryLife> _lives = [];

    /// <summary>Conclusions per objection.</summary>
    public Dictionary<Guid, int> Conclusions { get; } = [];

    /// <summary>Objections that were taken up and not concluded, by entry: those before recognition left out.</summary>
    public Dictionary<Guid, HashSet<Guid>> Verifying { get; } = [];

    /// <summary>The clock stepped back to an earlier day.</summary>
    public bool SteppedBack { get; set; }

    public IEnumerable<EntryLife> Lives => _lives.Values;

    public EntryLife Of(Guid entry) => _lives[entry];

    /// <summary>True while an objection, complaint or own doubt about the entry is open (Ver of the notation).</summary>
    public bool Ver(Guid entry) => Verifying.TryGetValue(entry, out var open) && open.Count > 0;

    public void Observe(IReadOnlyList<Change> changes, DateOnly day)
    {
        foreach (var change in changes)
        {
            if (change.New is ListEntry row && !_lives.ContainsKey(row.Id))
            {
                _lives.Add(row.Id, new EntryLife(row.Id, row.SubjectId, row.List, row.Domain, row.Recogniser));
            }

            foreach (var announced in change.Announcements)
            {
                Note(announced, change, day);
            }
        }
    }

    private void Note(object announced, Change change, DateOnly day)
    {
        switch (announced)
        {
            case EntryRecognised recognised:
                Of(recognised.EntryId).Recognised = recognised;
                Of(recognised.EntryId).RecognisedAt = day;
                break;
            case EntryPublished published:
                Of(published.EntryId).Published = published;
                break;
            case EntryExited exited:
                Of(exited.EntryId).Exited ??= exited;
                Of(exited.EntryId).Exits++;
                break;
            case EntryCancelled cancelled:
                Of(cancelled.EntryId).Cancelled = true;
                break;
            case PublicationChosen chosen:
                Of(chosen.EntryId).Chosen = chosen.Public;
                break;
            case ExitAnnounced exit:
                Of(exit.EntryId).ExitAnnouncements++;
                break;
            case ObjectionMoved moved when change.New is Objection { BeforeRecognition: var early }:
                Note(moved, early);
                break;
            default:
                break;
        }
    }

    private void Note(ObjectionMoved moved, bool early)
    {
        var open = Verifying.TryGetValue(moved.EntryId, out var known) ? known : Verifying[moved.EntryId] = [];
        if (moved.To == ObjectionState.Accepted && !early)
        {
            _ = open.Add(moved.ObjectionId);
        }
        else if (moved.To is ObjectionState.Upheld or ObjectionState.Corrected or ObjectionState.Revoked)
        {
            _ = open.Remove(moved.ObjectionId);
            Conclusions[moved.ObjectionId] = Conclusions.GetValueOrDefault(moved.ObjectionId) + 1;
        }
    }
}
