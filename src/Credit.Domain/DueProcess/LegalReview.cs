using Credit.Domain.Listing;
using Credit.Domain.Policy;

namespace Credit.Domain.DueProcess;

/// <summary>What a legal review is about: a decision to come, and who has a part in it already.</summary>
/// <param name="Decision">The decision.</param>
/// <param name="Id">The entry, objection or repair decided.</param>
/// <param name="EntryId">The entry it belongs to.</param>
/// <param name="SubjectId">The subject of the entry.</param>
/// <param name="Department">Department that decides.</param>
/// <param name="BegunOn">Day it was proposed, filed or applied for: the steps of that day count.</param>
/// <param name="Parties">Accounts that proposed, submitted or took it up: they do not review.</param>
/// <param name="AgainstState">What the state has against the decision: only what can be decided is reviewed.</param>
internal sealed record ReviewedMatter(
    ReviewedDecision Decision, Guid Id, Guid EntryId, Guid SubjectId, string Department, DateOnly BegunOn, IReadOnlyList<string?> Parties, IReadOnlyList<Refusal> AgainstState)
{
    /// <summary>The recognition of an entry.</summary>
    public static ReviewedMatter Of(ListEntry entry) => new(
        ReviewedDecision.Recognition, entry.Id, entry.Id, entry.SubjectId, entry.Recogniser, entry.ProposedOn, [entry.ProposedBy],
        ListEntryLifecycle.Of(entry.List).Fire(entry.State, EntryTrigger.Recognise).Refusals);

    /// <summary>The conclusion of an objection. Who proposed or recognised the entry may neither conclude nor review (I59).</summary>
    public static ReviewedMatter Of(Objection objection, ListEntry entry) => new(
        ReviewedDecision.ObjectionConclusion, objection.Id, entry.Id, entry.SubjectId, objection.Handler, objection.FiledOn,
        [objection.FiledBy, entry.ProposedBy, entry.RecognisedBy], ObjectionLifecycle.Table.Fire(objection.State, ObjectionTrigger.Uphold).Refusals);

    /// <summary>The decision on a repair.</summary>
    public static ReviewedMatter Of(Repair repair, ListEntry entry) => new(
        ReviewedDecision.RepairDecision, repair.Id, entry.Id, entry.SubjectId, repair.Handler, repair.AppliedOn,
        [repair.AcceptedBy, entry.ProposedBy], RepairLifecycle.Table.Fire(repair.State, RepairTrigger.Approve).Refusals);
}

/// <summary>
/// 法制审核: a third person of the department, neither who submitted nor who decides, gives an opinion on a decision to come. Where the
/// department's workflow asks for it, there is no decision while the latest opinion does not agree. An opinion is never
/// changed; a newer one is given.
/// </summary>
public sealed class LegalReview : Aggregate
{
    private LegalReview()
    {
    }

    /// <summary>The decision it is about.</summary>
    public ReviewedDecision Decision { get; private init; }

    /// <summary>The entry, objection or repair to be decided.</summary>
    public Guid AboutId { get; private init; }

    /// <summary>The entry that one belongs to.</summary>
    public Guid EntryId { get; private init; }

    /// <summary>The subject of the entry.</summary>
    [GoneAfterRetention]
    public Guid SubjectId { get; private init; }

    /// <summary>Department that decides, whose person reviewed.</summary>
    public string Department { get; private init; } = "";

    /// <summary>Counts the reviews of one decision, from 1; the highest counts.</summary>
    public int Number { get; private init; }

    /// <summary>Account that reviewed.</summary>
    public string Reviewer { get; private init; } = "";

    /// <summary>Agrees, or objects.</summary>
    public bool Agrees { get; private init; }

    /// <summary>The opinion.</summary>
    [GoneAfterRetention]
    public string Text { get; private init; } = "";

    /// <summary>Day of the review.</summary>
    public DateOnly ReviewedOn { get; private init; }

    /// <summary>Records an opinion on a decision that is still to be made.</summary>
    /// <param name="matter">The decision.</param>
    /// <param name="earlier">Reviews of it so far.</param>
    /// <param name="agrees">Agrees, or objects.</param>
    /// <param name="text">The opinion.</param>
    /// <param name="by">Account that reviews.</param>
    /// <param name="today">Today in the district.</param>
    internal static Outcome<LegalReview> Record(ReviewedMatter matter, int earlier, bool agrees, string text, string by, DateOnly today)
    {
        List<Refusal> refusals = [.. matter.AgainstState];
        if (matter.Parties.Contains(by))
        {
            refusals.Add(new(
                "four-eyes", "提交、认定或受理人不得进行法制审核。", "Who submitted, recognised or took up the matter does not review it.", Clause.Standard("I84")));
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            refusals.Add(new("opinion-missing", "请写明法制审核意见。", "State the opinion of the legal review in writing.", Clause.R("3.6.2"), "text"));
        }
        else if (TextLength.Against(text, TextLength.Text, "text") is { } tooLong)
        {
            refusals.Add(tooLong);
        }

        if (refusals.Count > 0)
        {
            return Outcome<LegalReview>.Refused(refusals);
        }

        var review = new LegalReview
        {
            Decision = matter.Decision,
            AboutId = matter.Id,
            EntryId = matter.EntryId,
            SubjectId = matter.SubjectId,
            Department = matter.Department,
            Number = earlier + 1,
            Reviewer = by,
            Agrees = agrees,
            Text = text,
            ReviewedOn = today,
        };
        review.Announce(
            new LegalReviewRecorded(review.Id, review.Decision, review.AboutId, review.EntryId, review.SubjectId, review.Department, agrees), Clause.R("3.6.2"));
        return review;
    }

    /// <summary>What speaks against a decision that wants a review: none that agrees, or the reviewer decides.</summary>
    /// <param name="reviews">All reviews of the decision.</param>
    /// <param name="decider">Account that decides.</param>
    internal static IEnumerable<Refusal> AgainstDecision(IReadOnlyCollection<LegalReview> reviews, string decider)
    {
        if (reviews.MaxBy(review => review.Number) is not { Agrees: true })
        {
            yield return new(
                "legal-review-missing",
                reviews.Count == 0 ? "本部门规定须先经法制审核。" : "最近一次法制审核不同意，须有新的同意意见。",
                reviews.Count == 0
                    ? "The department's workflow asks for a legal review first."
                    : "The latest legal review objects: a newer one that agrees is needed.",
                Clause.R("3.6.2"));
        }

        if (reviews.Any(review => review.Reviewer == decider))
        {
            yield return new("four-eyes", "法制审核人不得作出决定。", "Who reviewed the decision does not make it.", Clause.Standard("I84"));
        }
    }
}

/// <summary>A legal review was recorded.</summary>
[WireName("legal-review.recorded.v1")]
public sealed record LegalReviewRecorded(
    Guid ReviewId, ReviewedDecision Decision, Guid AboutId, Guid EntryId, Guid SubjectId, string Department, bool Agrees);
