using Credit.Abstractions;
using Credit.Core.Store;
using Credit.Domain.Enforcement;
using Credit.Domain.Listing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Modules;

/// <summary>
/// The list of measures: the memoranda of the modules' files and the versions approved at run time, each with its days (R-3.5.3.c).
/// Every host asks the register whether it changed before it answers from memory, so an approval counts everywhere at once.
/// </summary>
internal sealed class MemorandumCatalogue(ModuleCatalog modules)
{
    private volatile Composed? _composed;

    /// <summary>All versions of all memoranda, as the register has them now.</summary>
    public async Task<IReadOnlyList<IMemorandum>> CurrentAsync(CreditDbContext db, CancellationToken cancel)
    {
        var stamps = await Approved(db).OrderBy(revision => revision.Id).Select(revision => new Stamp(revision.Id, revision.Version)).ToListAsync(cancel);
        if (_composed is not { } composed || !composed.Stamps.SequenceEqual(stamps))
        {
            composed = new(stamps, Compose([.. (await Approved(db).AsNoTracking().OrderBy(revision => revision.Id).ToListAsync(cancel)).Select(ApprovedRevision.Of)]));
            _composed = composed;
        }

        return composed.Memoranda;
    }

    /// <summary>All versions of all memoranda, had only these been approved at run time: the catalogue of a past state of the register.</summary>
    /// <param name="approved">Revisions in force or retired then, in the order of their identities.</param>
    public IReadOnlyList<IMemorandum> Of(IReadOnlyList<ApprovedRevision> approved) => Compose(approved);

    /// <summary>What is known of a memorandum before a revision.</summary>
    public async Task<MemorandumPast> PastAsync(CreditDbContext db, string code, CancellationToken cancel)
    {
        var approved = await Approved(db).Where(revision => revision.Code == code)
            .Select(revision => new { revision.Number, revision.EffectiveFrom, revision.Kind }).ToListAsync(cancel);
        var known = approved.Select(each => (each.Number, From: each.EffectiveFrom, Ended: each.Kind == RevisionKind.Retirement))
            .Concat((await CurrentAsync(db, cancel)).Where(each => each.Code == code).Select(each => (Number: each.Version, From: each.EffectiveFrom, Ended: false)))
            .OrderByDescending(each => each.Number).ToArray();
        return known.Length == 0 ? new MemorandumPast(0, null, Ended: false) : new MemorandumPast(known[0].Number, known[0].From, known[0].Ended);
    }

    /// <summary>The latest version of a memorandum; null when there is none or it was ended.</summary>
    public async Task<IMemorandum?> LatestAsync(CreditDbContext db, string code, CancellationToken cancel) =>
        (await PastAsync(db, code, cancel)).Ended ? null : (await CurrentAsync(db, cancel)).Where(each => each.Code == code).MaxBy(each => each.Version);

    private static IQueryable<MemorandumRevision> Approved(CreditDbContext db) =>
        db.MemorandumRevisions.Where(revision => revision.State == RevisionState.InForce || revision.State == RevisionState.Retired);

    private IMemorandum[] Compose(IReadOnlyList<ApprovedRevision> approved)
    {
        var versions = modules.Memoranda.Select(file => (Memorandum: (IMemorandum?)file, Span: new VersionSpan(file.Code, file.Version, file.EffectiveFrom, file.EffectiveTo, AtRunTime: false)))
            .Concat(approved.Select(revision => (
                Memorandum: revision.Kind == RevisionKind.Retirement ? null : (IMemorandum?)new ApprovedMemorandum(revision),
                Span: new VersionSpan(
                    revision.Code, revision.Number, revision.EffectiveFrom, revision.EffectiveTo, AtRunTime: true, Ends: revision.Kind == RevisionKind.Retirement))))
            .ToArray();
        var spans = versions.Select(version => version.Span).ToArray();
        return
        [
            .. versions.Where(version => version.Memorandum is not null && MemorandumTerms.Counts(version.Span, spans))
                .Select(version => new BoundedMemorandum(version.Memorandum!, MemorandumTerms.LastDay(version.Span, spans))),
        ];
    }

    private sealed record Stamp(Guid Id, int Version);

    private sealed record Composed(IReadOnlyList<Stamp> Stamps, IReadOnlyList<IMemorandum> Memoranda);
}

/// <summary>A version with the last day it really counts.</summary>
internal sealed class BoundedMemorandum(IMemorandum version, DateOnly? lastDay) : IMemorandum
{
    public string Code => version.Code;

    public string Title => version.Title;

    public string DocumentNumber => version.DocumentNumber;

    public DateOnly? IssuedOn => version.IssuedOn;

    public string Signers => version.Signers;

    public string Lead => version.Lead;

    public string Targets => version.Targets;

    public string? FeedbackCadence => version.FeedbackCadence;

    public int Version => version.Version;

    public DateOnly EffectiveFrom => version.EffectiveFrom;

    public DateOnly? EffectiveTo => lastDay;

    public MemorandumTrigger Trigger => version.Trigger;

    public IReadOnlyList<Measure> Measures => version.Measures;
}

/// <summary>What counts of a revision once it is approved.</summary>
internal sealed record ApprovedRevision(
    RevisionKind Kind, string Code, int Number, string Title, string DocumentNumber, DateOnly? SignedOn, string Signers, string Lead, string Targets,
    string? FeedbackCadence, ListKind List, IReadOnlyList<string> Domains, DateOnly EffectiveFrom, DateOnly? EffectiveTo, IReadOnlyList<Measure> Measures)
{
    public static ApprovedRevision Of(MemorandumRevision revision) => new(
        revision.Kind, revision.Code, revision.Number, revision.Title, revision.DocumentNumber, revision.SignedOn, revision.Signers, revision.Lead,
        revision.Targets, revision.FeedbackCadence, revision.List, revision.Domains, revision.EffectiveFrom, revision.EffectiveTo, revision.Measures);
}

/// <summary>A version approved at run time.</summary>
internal sealed class ApprovedMemorandum(ApprovedRevision revision) : IMemorandum
{
    public string Code => revision.Code;

    public string Title => revision.Title;

    public string DocumentNumber => revision.DocumentNumber;

    public DateOnly? IssuedOn => revision.SignedOn;

    public string Signers => revision.Signers;

    public string Lead => revision.Lead;

    public string Targets => revision.Targets;

    public string? FeedbackCadence => revision.FeedbackCadence;

    public int Version => revision.Number;

    public DateOnly EffectiveFrom => revision.EffectiveFrom;

    public DateOnly? EffectiveTo => revision.EffectiveTo;

    public MemorandumTrigger Trigger { get; } = new(revision.List, revision.Domains);

    public IReadOnlyList<Measure> Measures => revision.Measures;
}
