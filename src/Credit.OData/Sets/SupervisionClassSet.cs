using Credit.Abstractions;
using Credit.Core.Http;
using Credit.Core.Store;

namespace Credit.OData.Sets;

/// <summary>Classes that the own department supervises subjects by.</summary>
public sealed record SupervisionClassRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>The subject.</summary>
    public Guid SubjectId { get; init; }

    /// <summary>The department.</summary>
    public string Department { get; init; } = "";

    /// <summary>A to D.</summary>
    public string Class { get; init; } = "";

    /// <summary>What it rests on.</summary>
    public string Basis { get; init; } = "";

    /// <summary>Day it was set.</summary>
    public DateOnly SetOn { get; init; }
}

/// <summary>Classes that the own department supervises subjects by.</summary>
internal sealed class SupervisionClassSet(OfficialDbContext db, Caller caller) : IEntitySet<SupervisionClassRow>
{
    public static string Name => "SupervisionClasses";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Classes that the own department supervises subjects by.";

    public static void Shape(ISetShape<SupervisionClassRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.SubjectId, each => each.Department, each => each.SetOn)
        .Sort(each => each.SetOn)
        .Page(size: 100, max: 1000);

    public IQueryable<SupervisionClassRow> Rows() =>
        db.SupervisionRatings
            .Where(each => caller.SeesAllDepartments || each.Department == caller.Department)
            .Select(each => new SupervisionClassRow
            {
                Id = each.Id,
                SubjectId = each.SubjectId,
                Department = each.Department,
                Class = each.Class.ToString(),
                Basis = each.Basis,
                SetOn = each.SetOn,
            });
}
