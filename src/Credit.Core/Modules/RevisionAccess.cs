using Credit.Abstractions;
using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Domain.Enforcement;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Modules;

/// <summary>How the lead office draws up, moves and shows revisions of the list of measures.</summary>
internal sealed class RevisionAccess(
    CreditDbContext db, MemorandumCatalogue catalogue, CanonicalMeasures canonical, DepartmentDirectory departments, Caller caller, TimeProvider clock)
{
    /// <summary>One after the other: two revisions are never drawn up or decided about the same list at once.</summary>
    public Task LockListAsync(CancellationToken cancel) => db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext('credit/catalogue'))", cancel);

    /// <summary>Draws up a memorandum or a version of one and answers with it.</summary>
    public async Task<IResult> DrawAsync(MemorandumText text, IReadOnlyList<MeasureLine> lines, string reason, bool isNew, CancellationToken cancel)
    {
        var past = await catalogue.PastAsync(db, text.Code, cancel);
        var drawn = MemorandumRevision.Draw(
            text, past, lines.Where(line => line.OutsideDistrict).Select(line => line.Ordinal).ToHashSet(StringComparer.Ordinal), reason, caller.User, clock.Today());
        List<Refusal> refusals = [.. drawn.Refusals, .. lines.SelectMany(line => line.UnknownTo(departments, canonical)), .. AgainstParties(text), .. AgainstPersonalText(text, reason)];
        if (isNew && past.Number > 0)
        {
            refusals.Add(new("memorandum-code-taken", "该备忘录代码已存在，请提交新版本。", "A memorandum has this code: propose a new version of it.", Clause.Standard("I93"), "code"));
        }

        return refusals.Count > 0 ? refusals.ToProblem() : await AddAsync(drawn.Value, cancel);
    }

    /// <summary>Keeps a revision that was drawn up.</summary>
    public async Task<IResult> AddAsync(MemorandumRevision revision, CancellationToken cancel)
    {
        db.Add(revision);
        await db.SaveChangesAsync(cancel);
        return TypedResults.Created($"/api/memoranda/revisions/{revision.Id}", await ViewAsync(revision, cancel)).WithVersion(revision.Version);
    }

    /// <summary>Moves a revision.</summary>
    public async Task<IResult> MoveAsync(Guid id, IfMatch seen, Func<MemorandumRevision, Task<IReadOnlyList<Refusal>>> move, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await LockListAsync(cancel);
        if (await db.MemorandumRevisions.SingleOrDefaultAsync(each => each.Id == id, cancel) is not { } revision)
        {
            return TypedResults.NotFound();
        }

        if (seen.Against(revision.Version) is { } stale)
        {
            return stale.ToProblem();
        }

        var view = await ViewAsync(revision, cancel);
        var refusals = await move(revision);
        if (refusals.Count > 0)
        {
            return refusals.ToProblem();
        }

        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Ok(view with { State = revision.State, Finding = revision.Finding, Version = revision.Version }).WithVersion(revision.Version);
    }

    /// <summary>The revision with what it changes for each department; once approved, what it changed.</summary>
    public async Task<RevisionView> ViewAsync(MemorandumRevision revision, CancellationToken cancel) => RevisionView.Of(revision, await ChangesAsync(revision, cancel));

    /// <summary>What the revision changes for each department against the version before it.</summary>
    public async Task<IReadOnlyList<DepartmentChange>> ChangesAsync(MemorandumRevision revision, CancellationToken cancel)
    {
        var before = (await catalogue.CurrentAsync(db, cancel)).Where(each => each.Code == revision.Code && each.Version < revision.Number).MaxBy(each => each.Version);
        return DepartmentChange.Between(before?.Measures ?? [], revision.Measures);
    }

    // Once approved, the public reads title and measures.
    private static IEnumerable<Refusal> AgainstPersonalText(MemorandumText text, string reason) =>
    [
        .. TextNamesPerson.Against(
            Clause.R("3.1.4.i"), [(text.Title, "title"), (text.Signers, "signers"), (text.Lead, "lead"), (text.Targets, "targets"), (text.FeedbackCadence, "feedbackCadence"), (reason, "reason"), .. text.Domains.Select(domain => ((string?)domain, "domains"))]),
        .. TextNamesPerson.Against(
            Clause.R("3.1.4.i"), text.Measures.SelectMany(measure => new[] { measure.Wording, measure.PrintedBodies }.Concat(measure.LegalBases.Select(basis => basis.Title)))
                .Select(each => ((string?)each, "measures"))).Take(1),
        .. TextNamesPerson.AgainstNumbers(Clause.R("3.1.4.i"), (text.DocumentNumber, "documentNumber"), (text.Code, "code")),
    ];

    private IEnumerable<Refusal> AgainstParties(MemorandumText text) => text.Parties.Where(party => departments.Find(party) is not { OutsideDistrict: false })
        .Select(party => new Refusal(
            "memorandum-party-unknown", $"没有部门{party}。", $"'{party}' is no department of the district.", Clause.R("3.5.2.a"), "parties"));
}
