using Credit.Abstractions;
using Credit.Core.Http;
using Credit.Core.Store;

namespace Credit.OData.Sets;

/// <summary>Legal reviews of decisions the own department makes.</summary>
public sealed record LegalReviewRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>Recognition, ObjectionConclusion or RepairDecision.</summary>
    public string Decision { get; init; } = "";

    /// <summary>The entry, objection or repair to be decided.</summary>
    public Guid AboutId { get; init; }

    /// <summary>The entry that one belongs to.</summary>
    public Guid EntryId { get; init; }

    /// <summary>Department that decides.</summary>
    public string Department { get; init; } = "";

    /// <summary>Counts the reviews of one decision; the highest counts.</summary>
    public int Number { get; init; }

    /// <summary>Account that reviewed.</summary>
    public string Reviewer { get; init; } = "";

    /// <summary>Agrees, or objects.</summary>
    public bool Agrees { get; init; }

    /// <summary>The opinion.</summary>
    public string Text { get; init; } = "";

    /// <summary>Day of the review.</summary>
    public DateOnly ReviewedOn { get; init; }
}

/// <summary>Legal reviews of decisions the own department makes; the lead office and auditors see all.</summary>
internal sealed class LegalReviewSet(OfficialDbContext db, Caller caller) : IEntitySet<LegalReviewRow>
{
    public static string Name => "LegalReviews";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Legal reviews of decisions the own department makes.";

    public static void Shape(ISetShape<LegalReviewRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.AboutId, each => each.EntryId, each => each.Department, each => each.Agrees, each => each.ReviewedOn)
        .Sort(each => each.ReviewedOn, each => each.Number)
        .Navigate<OfficialEntryRow>("Entry", each => each.EntryId, target => target.Id)
        .Page(size: 100, max: 1000);

    public IQueryable<LegalReviewRow> Rows() =>
        db.LegalReviews
            .Where(each => caller.SeesAllDepartments || each.Department == caller.Department)
            .Select(each => new LegalReviewRow
            {
                Id = each.Id,
                Decision = each.Decision.ToString(),
                AboutId = each.AboutId,
                EntryId = each.EntryId,
                Department = each.Department,
                Number = each.Number,
                Reviewer = each.Reviewer,
                Agrees = each.Agrees,
                Text = each.Text,
                ReviewedOn = each.ReviewedOn,
            });
}
