using Credit.Domain.Policy;
using Credit.Domain.Records;

namespace Credit.Domain.Listing;

public sealed partial class ListEntry
{
    /// <summary>Its retention is over: subject, names and facts go; list, domain, department and days stay, so that counts do (I91, I92).</summary>
    /// <param name="nobody">The subject that stands for everybody whose retention is over.</param>
    /// <param name="retentionMonths">Months of retention after the exit.</param>
    /// <param name="today">Today in the district.</param>
    internal Outcome<ListEntry> Anonymise(Guid nobody, int retentionMonths, DateOnly today)
    {
        if (AnonymisedOn is not null || ExitedOn is not { } exited || today <= exited.AddMonths(retentionMonths))
        {
            return Retention.NotOver;
        }

        (SubjectId, SubjectName, SubjectCode, SubjectMask, LegalRepresentative, Facts) = (nobody, "", null, null, null, "");
        Retention.Empty(this, nobody);
        AnonymisedOn = today;
        Announce(new EntryAnonymised(Id, List, Domain, Recogniser), Clause.Standard("I91"));
        return this;
    }
}

/// <summary>The retention of an entry is over: it only counts from now on (I91).</summary>
[WireName("list-entry.anonymised.v1")]
public sealed record EntryAnonymised(Guid EntryId, ListKind List, string Domain, string Recogniser);
