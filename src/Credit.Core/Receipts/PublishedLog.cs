using System.Text.Json.Nodes;

namespace Credit.Core.Receipts;

/// <summary>A complete subtree of the tree over the log. Written once.</summary>
internal sealed class LogNode
{
    /// <summary>0 for a leaf, which is a position of the log.</summary>
    public short Level { get; init; }

    /// <summary>Place on its level, from 0.</summary>
    public long Place { get; init; }

    /// <summary>Its hash.</summary>
    public byte[] Hash { get; init; } = [];
}

/// <summary>That with this position of the log a content of an entry was put before the public. Written once; it says nothing of the content itself.</summary>
internal sealed class PublishedContent
{
    /// <summary>Position in the log.</summary>
    public long Position { get; init; }

    /// <summary>The entry.</summary>
    public Guid EntryId { get; init; }

    /// <summary>Salted hash of what the public is shown (<see cref="PublicEntryContent"/>).</summary>
    public byte[] Hash { get; init; } = [];
}

/// <summary>A signed head: the log up to a size, as the platform vouches for it.</summary>
internal sealed class LogHead
{
    /// <summary>Positions in the tree.</summary>
    public long Size { get; init; }

    /// <summary>Instant of signing, UTC.</summary>
    public DateTimeOffset SignedAt { get; init; }

    /// <summary>The head as signed: <see cref="PublishedHead"/> as JSON.</summary>
    public string Head { get; init; } = "";
}

/// <summary>What the public is shown of an entry and the recogniser vouched for: the row of <c>PublishedEntries</c> but for whether it is under verification.</summary>
internal sealed record PublicEntryContent(
    Guid EntryId, string List, string Domain, string? Category, string SubjectName, string SubjectKind, string? SubjectCode, string? IdentifierMask,
    string? LegalRepresentative, string Facts, string Standard, string Recogniser, DateOnly? RecognisedOn, DateOnly? ValidFrom, DateOnly ValidTo);

/// <summary>The leaves of the tree over the log: one for each position.</summary>
internal static class LogLeaf
{
    /// <summary>What the leaf of a position says, in canonical JSON.</summary>
    /// <param name="position">The position.</param>
    /// <param name="chainHash">Hash of the chain up to it: nothing before it changes without it.</param>
    /// <param name="announcement">Wire name, where it put a content before the public.</param>
    /// <param name="contentHash">Salted hash of that content.</param>
    public static JsonObject Of(long position, byte[] chainHash, string? announcement, byte[]? contentHash)
    {
        var leaf = new JsonObject { ["position"] = position, ["chainHash"] = Convert.ToHexStringLower(chainHash) };
        if (contentHash is not null)
        {
            leaf["announcement"] = announcement;
            leaf["contentHash"] = Convert.ToHexStringLower(contentHash);
        }

        return leaf;
    }
}
