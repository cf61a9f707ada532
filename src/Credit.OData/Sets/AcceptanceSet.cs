using Credit.Abstractions;
using Credit.Core.Http;
using Credit.Core.Store;

namespace Credit.OData.Sets;

/// <summary>Acceptances with missing papers of the own department.</summary>
public sealed record AcceptanceRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>The subject.</summary>
    public Guid SubjectId { get; init; }

    /// <summary>Accepting department.</summary>
    public string Department { get; init; } = "";

    /// <summary>What was applied for.</summary>
    public string Matter { get; init; } = "";

    /// <summary>The written commitment.</summary>
    public Guid CommitmentId { get; init; }

    /// <summary>Exemplar or clean record.</summary>
    public string Basis { get; init; } = "";

    /// <summary>Where it stands.</summary>
    public string State { get; init; } = "";

    /// <summary>Day of acceptance.</summary>
    public DateOnly AcceptedOn { get; init; }

    /// <summary>Last day to supply what is missing.</summary>
    public DateOnly Due { get; init; }

    /// <summary>Day it was completed or revoked.</summary>
    public DateOnly? EndedOn { get; init; }
}

/// <summary>Acceptances with missing papers of the own department.</summary>
internal sealed class AcceptanceSet(OfficialDbContext db, Caller caller) : IEntitySet<AcceptanceRow>
{
    public static string Name => "TolerantAcceptances";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Acceptances with missing papers of the own department.";

    public static void Shape(ISetShape<AcceptanceRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.SubjectId, each => each.Department, each => each.CommitmentId, each => each.AcceptedOn, each => each.Due, each => each.EndedOn)
        .Sort(each => each.AcceptedOn, each => each.Due)
        .Page(size: 100, max: 1000);

    public IQueryable<AcceptanceRow> Rows() =>
        db.Acceptances
            .Where(each => caller.SeesAllDepartments || each.Department == caller.Department)
            .Select(each => new AcceptanceRow
            {
                Id = each.Id,
                SubjectId = each.SubjectId,
                Department = each.Department,
                Matter = each.Matter,
                CommitmentId = each.CommitmentId,
                Basis = each.Basis.ToString(),
                State = each.State.ToString(),
                AcceptedOn = each.AcceptedOn,
                Due = each.Due,
                EndedOn = each.EndedOn,
            });
}
