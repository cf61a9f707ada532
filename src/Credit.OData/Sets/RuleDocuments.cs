using Credit.Abstractions;
using Credit.Core.Store;
using Credit.OData.Changes;

namespace Credit.OData.Sets;

/// <summary>Documents attached to rules.</summary>
public sealed record RuleDocumentRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>Policy pack.</summary>
    public string Pack { get; init; } = "";

    /// <summary>Value it is about.</summary>
    public string Rule { get; init; } = "";

    /// <summary>Title.</summary>
    public string Title { get; init; } = "";

    /// <summary>Text.</summary>
    public string Text { get; init; } = "";

    /// <summary>Document number.</summary>
    public string DocumentNumber { get; init; } = "";

    /// <summary>What it rests on.</summary>
    public string Basis { get; init; } = "";

    /// <summary>Department that proposed it.</summary>
    public string Department { get; init; } = "";

    /// <summary>Day the lead office adopted it.</summary>
    public DateOnly AdoptedOn { get; init; }
}

/// <summary>Documents attached to rules of the policy packs.</summary>
internal sealed class RuleDocuments(PublicDbContext db) : IEntitySet<RuleDocumentRow>
{
    public static string Name => "RuleDocuments";

    public static Surface Surface => Surface.Public;

    public static string Summary => "Documents attached to rules of the policy packs.";

    public static void Shape(ISetShape<RuleDocumentRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.Pack, each => each.Rule, each => each.Department, each => each.AdoptedOn)
        .Sort(each => each.Pack, each => each.AdoptedOn)
        .Search(each => each.Title, each => each.DocumentNumber)
        .Navigate<PublicDepartmentRow>("ResponsibleDepartment", each => each.Department, target => target.Key)
        .Follows("RuleAmendment")
        .Page(size: 100, max: 1000);

    public IQueryable<RuleDocumentRow> Rows() =>
        db.RuleDocuments.Select(each => new RuleDocumentRow
        {
            Id = each.Id,
            Pack = each.Pack,
            Rule = each.Rule,
            Title = each.Title,
            Text = each.Text,
            DocumentNumber = each.DocumentNumber,
            Basis = each.Basis,
            Department = each.Department,
            AdoptedOn = each.AdoptedOn,
        });
}
