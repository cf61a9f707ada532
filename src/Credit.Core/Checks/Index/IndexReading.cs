using Credit.Domain.Accountability;
using Credit.Domain.Checks;
using Credit.Domain.Incentives;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;

namespace Credit.Core.Checks.Index;

/// <summary>One state of the index, which does not change until it is disposed of. Validity is decided as it is read.</summary>
internal sealed class IndexReading(IndexState state, PolicyPacks packs, ReadGate gate) : IHitSource, IDisposable
{
    // Most subjects stand alike.
    private readonly Dictionary<(CreditStanding Standing, SupervisionClass? Own, bool Committed, MatterKind Matter), StandingAnswer> _alike = [];

    /// <summary>Which state it is.</summary>
    public IndexStamp Stamp { get; } = state.Stamp;

    /// <inheritdoc/>
    public long Position => Stamp.Position;

    /// <inheritdoc/>
    public Task<IReadOnlyList<Guid?>> ResolveAsync(IReadOnlyList<SubjectIdentifier> named, CancellationToken cancel) => Task.FromResult<IReadOnlyList<Guid?>>(
        [.. named.Select(each => state.Codes.Find(CodeTable.CodeOf(each.Scheme, each.Lookup)) is >= 0 and var ordinal ? state.Subjects.IdOf(ordinal) : (Guid?)null)]);

    /// <inheritdoc/>
    public Task<ILookup<Guid, Hit>> FindAsync(IReadOnlyCollection<Guid> subjects, HitQuestion question, CancellationToken cancel) => Task.FromResult(
        subjects.SelectMany(subject => HitsOf(subject, question).Select(hit => (Subject: subject, Hit: hit))).ToLookup(each => each.Subject, each => each.Hit));

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<Guid, StandingAnswer>> StandAsync(IReadOnlyCollection<Guid> subjects, HitQuestion question, CancellationToken cancel)
    {
        var pack = packs.InForce(question.ValidAt);
        var window = CleanRecord.Window(question.ValidAt, pack.Incentives.CleanYears);
        return Task.FromResult<IReadOnlyDictionary<Guid, StandingAnswer>>(subjects.Distinct().ToDictionary(subject => subject, subject => StandOf(subject, question, pack, window)));
    }

    /// <inheritdoc/>
    public void Dispose() => gate.Leave();

    private IEnumerable<Hit> HitsOf(Guid subject, HitQuestion question)
    {
        if (state.Subjects.Find(subject) is not (>= 0 and var ordinal) || state.Subjects.FactsOf(ordinal) is not { } facts)
        {
            return [];
        }

        // Most have one entry and answer for nobody.
        if (facts.Answers.Length == 0 && facts.Entries is [var only])
        {
            return only.Facts.Holds(question) ? [state.Rules.HitOf(only.Facts, only.TasksOf(question.Department, null), null, question)] : [];
        }

        var own = facts.Entries.Select(entry => (Entry: entry, AnswersAs: (Responsibility?)null));
        var ofUnits = facts.Answers.Select(answer => (Entry: state.EntryOf(answer.EntryId)!, AnswersAs: (Responsibility?)answer.Responsibility)).Where(each => each.Entry is not null);
        return own.Concat(ofUnits)
            .Where(each => each.Entry.Facts.Holds(question))
            .OrderBy(each => each.Entry.Facts.ValidFrom).ThenBy(each => each.Entry.Facts.Id).ThenBy(each => each.AnswersAs)
            .Select(each => state.Rules.HitOf(
                each.Entry.Facts, each.Entry.TasksOf(question.Department, each.AnswersAs is null ? null : subject), each.AnswersAs, question));
    }

    private StandingAnswer StandOf(Guid subject, HitQuestion question, PolicyPack pack, Validity window)
    {
        var ordinal = state.Subjects.Find(subject);
        var facts = ordinal < 0 ? null : state.Subjects.FactsOf(ordinal);
        var held = facts is null ? [] : facts.Entries.Where(entry => entry.Facts.Holds(question)).Select(entry => (entry.Facts.List, entry.Facts.Suspended)).ToArray();
        var marked = (ordinal >= 0 && state.Subjects.MarkOf(ordinal) >= window.From.DayNumber)
            || (facts?.LaterMarks is { } later && Array.Exists(later, day => window.Covers(DateOnly.FromDayNumber(day))));
        var standing = CreditStanding.Of(held, facts?.Exemplar ?? false, !marked);
        var own = facts is null ? null : Array.Find(facts.Ratings, rating => rating.Department == question.Department) is { Department: not null } rated ? rated.Class : (SupervisionClass?)null;
        var alike = (Standing: standing, Own: own, Committed: facts?.Committed ?? false, Matter: question.Matter.Kind);
        return _alike.TryGetValue(alike, out var known)
            ? known
            : _alike[alike] = StandingAnswer.Of(standing, own, alike.Committed, pack, question.Matter.Kind);
    }
}
