using Credit.Core.Http;
using Credit.Core.Receipts;
using Credit.Core.Subjects;
using Credit.Domain.Checks;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;

namespace Credit.Core.Checks;

/// <summary>Makes answers and their receipts; whichever state of the register they were read from, they are made here.</summary>
internal sealed class CheckAnswers(Caller caller, TimeProvider clock, SubjectIdentities identities, ReceiptSeal seal)
{
    /// <summary>Reads what there is about the subjects.</summary>
    /// <param name="source">The state.</param>
    /// <param name="purpose">Purpose stated.</param>
    /// <param name="asked">What is asked.</param>
    /// <param name="named">Whom it is about.</param>
    /// <param name="cancel">Cancels.</param>
    public async Task<CheckVerdict> MakeAsync(IHitSource source, QueryPurpose purpose, HitQuestion asked, SubjectIdentifier[] named, CancellationToken cancel)
    {
        var found = await source.ResolveAsync(named, cancel);
        Guid[] known = [.. found.OfType<Guid>().Distinct()];
        var hits = await source.FindAsync(known, asked, cancel);
        var standing = await source.StandAsync(known, asked, cancel);
        var subjects = found.Select((id, index) => id is { } one
            ? new SubjectVerdict(index, id, hits[one].Any(hit => hit.Restricts), [.. hits[one]], standing[one])
            : new SubjectVerdict(index, null, Restricted: false, [], Standing: null)).ToArray();
        return new(
            CheckReceipt.NewNumber(clock.Today()), clock.GetUtcNow(), source.Position, asked.ValidAt, asked.Department, purpose, asked.Matter,
            Array.Exists(subjects, subject => subject.Restricted), subjects);
    }

    /// <summary>Writes the answer and what is kept of it.</summary>
    /// <param name="verdict">The answer.</param>
    /// <param name="named">Whom it is about.</param>
    /// <param name="exact">Nothing beyond its position was in the state it was read from.</param>
    /// <param name="knownAt">Position as known at which it was asked again; null for the register as it is.</param>
    /// <param name="cancel">Cancels.</param>
    public async Task<MadeAnswer> WriteAsync(CheckVerdict verdict, SubjectIdentifier[] named, bool exact, long? knownAt, CancellationToken cancel)
    {
        string[] lookups = [.. named.Select(identities.KeyedLookup)];
        var receipt = new CheckReceipt
        {
            Number = verdict.Number,
            KnownAt = knownAt,
            Code = CheckReceipt.NewCode(),
            Department = verdict.Department,
            Account = caller.User,
            Purpose = verdict.Purpose,
            Kind = verdict.Matter.Kind,
            Reference = verdict.Matter.Reference,
            Procedure = verdict.Matter.Procedure,
            AskedAt = verdict.AsOf,
            Position = verdict.Position,
            SubjectIds = verdict.KnownSubjects,
            Lookups = [.. lookups.Distinct()],
            Hits = verdict.Subjects.Sum(subject => subject.Hits.Count),
            Restricted = verdict.Restricted,
            MeasureKeys = [.. verdict.Subjects.SelectMany(subject => subject.Hits).SelectMany(hit => hit.Measures).Select(measure => measure.MeasureKey).Distinct()],
        };
        return new(receipt, await seal.WriteAsync(verdict, lookups, exact, receipt.Code, knownAt, cancel));
    }

    /// <summary>Signs an answer alone.</summary>
    public CheckReceipt Sign(MadeAnswer made)
    {
        made.Take(seal.Sign(made.Unsigned));
        return made.Receipt;
    }
}

/// <summary>An answer on its way: given once its receipt is signed and kept.</summary>
/// <param name="Receipt">What is kept.</param>
/// <param name="Unsigned">The answer without the proof in its receipt.</param>
internal sealed record MadeAnswer(CheckReceipt Receipt, UnsignedAnswer Unsigned)
{
    /// <summary>The answer as it is sent; empty until it is signed.</summary>
    public ReadOnlyMemory<byte> Text { get; private set; }

    /// <summary>Takes the text with its signature.</summary>
    public void Take(byte[] text)
    {
        Text = text;
        Receipt.Take(text);
    }
}
