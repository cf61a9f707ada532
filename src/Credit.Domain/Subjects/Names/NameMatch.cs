namespace Credit.Domain.Subjects.Names;

/// <summary>Part of a name.</summary>
public enum NamePart
{
    /// <summary>行政区划.</summary>
    Region,

    /// <summary>字号.</summary>
    Brand,

    /// <summary>行业.</summary>
    Trade,

    /// <summary>组织形式.</summary>
    Form,

    /// <summary>分支机构.</summary>
    Branch,
}

/// <summary>How a part of the name asked for stands to that of the name found.</summary>
public enum PartMatch
{
    /// <summary>Written alike, or two words of one meaning.</summary>
    Same,

    /// <summary>Written otherwise, but sounds alike.</summary>
    SameSound,

    /// <summary>The Latin letters asked for spell it.</summary>
    Pinyin,

    /// <summary>The Latin letters asked for are the first of its syllables.</summary>
    Initials,

    /// <summary>One area lies in the other.</summary>
    Within,

    /// <summary>Some of it is the same.</summary>
    Similar,

    /// <summary>Asked without it.</summary>
    NotAsked,

    /// <summary>The name found has none.</summary>
    NotFound,

    /// <summary>Nothing of it is the same.</summary>
    Different,
}

/// <summary>Why a name was found: one part of it.</summary>
/// <param name="Part">The part.</param>
/// <param name="Match">How it matched.</param>
/// <param name="Asked">As asked for, normalised.</param>
/// <param name="Found">As found, normalised.</param>
/// <param name="Likeness">0 for nothing in common, 1 for the same.</param>
public sealed record NameReason(NamePart Part, PartMatch Match, string Asked, string Found, double Likeness);

/// <summary>A name that may be meant.</summary>
/// <param name="SubjectId">The subject.</param>
/// <param name="Former">True when the subject was called so once.</param>
/// <param name="Text">The name found, normalised.</param>
/// <param name="Score">0 to 1. It orders candidates; it proves nothing.</param>
/// <param name="Reasons">Part by part, the weightiest first.</param>
public sealed record NameMatch(Guid SubjectId, bool Former, string Text, double Score, IReadOnlyList<NameReason> Reasons);
