using Credit.Core.Intake.Cells;
using Credit.Core.Intake.Reading;
using Credit.Core.Store;

namespace Credit.Core.Intake.Records;

/// <summary>A normalised row of any layout: knows its content, so that rows compare by what they say and not by how they were typed.</summary>
internal abstract record IntakeRecord
{
    /// <summary>Whether and how the record may be shown.</summary>
    public Publication Publication { get; init; }

    /// <summary>When the record was due and whether it came in time.</summary>
    public Timing Timing { get; init; }

    /// <summary>Hash over the normalised content.</summary>
    public byte[] ContentHash { get; private set; } = [];

    /// <summary>The layout of the record.</summary>
    public abstract Layout Layout { get; }

    /// <summary>Shows every stored field to the visitor, in the order of the layout.</summary>
    public abstract void Visit<TVisitor>(ref TVisitor visitor)
        where TVisitor : IFieldVisitor;

    /// <summary>The normalised content as texts by ordinal.</summary>
    public string?[] Normalised()
    {
        var texts = new NormalisedTexts(Layout.Fields.Count);
        Visit(ref texts);
        return texts.Values;
    }

    /// <summary>Codes of the fields in which two records about the same thing differ.</summary>
    public IReadOnlyList<string> DifferencesTo(IntakeRecord other)
    {
        var (mine, theirs) = (Normalised(), other.Normalised());
        return [.. Enumerable.Range(0, mine.Length).Where(ordinal => mine[ordinal] != theirs[ordinal]).Select(ordinal => Layout.Fields[ordinal].Code)];
    }

    /// <summary>Computes <see cref="ContentHash"/>.</summary>
    /// <param name="vault">Keys the hash; plain when null.</param>
    public void Seal(PersonVault? vault)
    {
        var hasher = new ContentHasher();
        try
        {
            Visit(ref hasher);
            ContentHash = hasher.Finish(vault);
        }
        finally
        {
            hasher.Dispose();
        }
    }
}
