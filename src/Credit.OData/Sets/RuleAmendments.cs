using Credit.Abstractions;
using Credit.Core.Http;
using Credit.Core.Store;

namespace Credit.OData.Sets;

/// <summary>Proposed amendments of rules.</summary>
public sealed record RuleAmendmentRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>Policy pack.</summary>
    public string Pack { get; init; } = "";

    /// <summary>Value it is about.</summary>
    public string Rule { get; init; } = "";

    /// <summary>Title.</summary>
    public string Title { get; init; } = "";

    /// <summary>Document number.</summary>
    public string DocumentNumber { get; init; } = "";

    /// <summary>Department that proposes.</summary>
    public string Department { get; init; } = "";

    /// <summary>Day of the proposal.</summary>
    public DateOnly ProposedOn { get; init; }

    /// <summary>Where it stands.</summary>
    public string State { get; init; } = "";

    /// <summary>Day of the decision.</summary>
    public DateOnly? DecidedOn { get; init; }
}

/// <summary>Amendments of rules the own department proposed; the lead office and auditors see all.</summary>
internal sealed class RuleAmendments(OfficialDbContext db, Caller caller) : IEntitySet<RuleAmendmentRow>
{
    public static string Name => "RuleAmendments";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Amendments of rules the own department proposed.";

    public static void Shape(ISetShape<RuleAmendmentRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.Pack, each => each.Rule, each => each.Department, each => each.ProposedOn, each => each.DecidedOn)
        .Sort(each => each.ProposedOn)
        .Page(size: 100, max: 1000);

    public IQueryable<RuleAmendmentRow> Rows() =>
        db.Amendments
            .Where(each => caller.SeesAllDepartments || each.Department == caller.Department)
            .Select(each => new RuleAmendmentRow
            {
                Id = each.Id,
                Pack = each.Pack,
                Rule = each.Rule,
                Title = each.Title,
                DocumentNumber = each.DocumentNumber,
                Department = each.Department,
                ProposedOn = each.ProposedOn,
                State = each.State.ToString(),
                DecidedOn = each.DecidedOn,
            });
}
