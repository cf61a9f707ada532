namespace Credit.Core.Intake;

/// <summary>A part of the bytes of a batch, encrypted: they hold identifiers of natural persons.</summary>
internal sealed class IntakeFile
{
    public Guid BatchId { get; init; }

    /// <summary>Position of the part, first = 0.</summary>
    public int Part { get; init; }

    /// <summary>Sealed bytes of at most <see cref="SealedFile.PartSize"/> plain ones.</summary>
    public required byte[] Content { get; init; }
}
