using Credit.Abstractions;
using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Enforcement;

namespace Credit.OData.Sets;

/// <summary>Cases of the own department, and approved ones.</summary>
public sealed record OfficialCaseRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>Title.</summary>
    public string Title { get; init; } = "";

    /// <summary>Subject; natural persons anonymous.</summary>
    public string SubjectName { get; init; } = "";

    /// <summary>Memorandum.</summary>
    public string Memorandum { get; init; } = "";

    /// <summary>Effect.</summary>
    public string Effect { get; init; } = "";

    /// <summary>Department.</summary>
    public string Department { get; init; } = "";

    /// <summary>Typical case.</summary>
    public bool Typical { get; init; }

    /// <summary>Day collected.</summary>
    public DateOnly CollectedOn { get; init; }

    /// <summary>Collected, Approved or Refused.</summary>
    public string State { get; init; } = "";
}

/// <summary>Cases of the own department, and approved ones.</summary>
internal sealed class OfficialCases(OfficialDbContext db, Caller caller) : IEntitySet<OfficialCaseRow>
{
    public static string Name => "Cases";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Cases of the own department, and approved ones.";

    public static void Shape(ISetShape<OfficialCaseRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.Memorandum, each => each.Department, each => each.Typical, each => each.CollectedOn)
        .Sort(each => each.CollectedOn)
        .Search(each => each.Title, each => each.SubjectName)
        .Page(size: 100, max: 1000);

    public IQueryable<OfficialCaseRow> Rows() =>
        db.Cases
            .Where(each => caller.SeesAllDepartments || each.Department == caller.Department || each.State == CaseState.Approved)
            .Select(each => new OfficialCaseRow
            {
                Id = each.Id,
                Title = each.Title,
                SubjectName = each.SubjectName,
                Memorandum = each.Memorandum,
                Effect = each.Effect,
                Department = each.Department,
                Typical = each.Typical,
                CollectedOn = each.CollectedOn,
                State = each.State.ToString(),
            });
}
