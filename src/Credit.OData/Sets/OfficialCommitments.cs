using Credit.Abstractions;
using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Incentives;

namespace Credit.OData.Sets;

/// <summary>Credit commitments made in public, and every kind made before the own department.</summary>
public sealed record OfficialCommitmentRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>The subject.</summary>
    public Guid SubjectId { get; init; }

    /// <summary>Its name.</summary>
    public string SubjectName { get; init; } = "";

    /// <summary>Unified social credit code; null for natural persons.</summary>
    public string? SubjectCode { get; init; }

    /// <summary>What it is about.</summary>
    public string Kind { get; init; } = "";

    /// <summary>What is committed to.</summary>
    public string Text { get; init; } = "";

    /// <summary>Key of the department it is made before.</summary>
    public string Department { get; init; } = "";

    /// <summary>Made by the subject itself.</summary>
    public bool BySubject { get; init; }

    /// <summary>Day it was made.</summary>
    public DateOnly MadeOn { get; init; }

    /// <summary>Where it stands.</summary>
    public string State { get; init; } = "";

    /// <summary>What the department found.</summary>
    public string? Finding { get; init; }

    /// <summary>Day of the finding.</summary>
    public DateOnly? FoundOn { get; init; }
}

/// <summary>Credit commitments made in public, and every kind made before the own department.</summary>
internal sealed class OfficialCommitments(OfficialDbContext db, Caller caller) : IEntitySet<OfficialCommitmentRow>
{
    public static string Name => "Commitments";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Credit commitments made in public, and every kind made before the own department.";

    public static void Shape(ISetShape<OfficialCommitmentRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.SubjectId, each => each.SubjectCode, each => each.Department, each => each.BySubject, each => each.MadeOn, each => each.FoundOn)
        .Sort(each => each.MadeOn)
        .Search(each => each.SubjectName, each => each.SubjectCode)
        .Navigate<SubjectRow>("Subject", each => each.SubjectId, target => target.Id)
        .Page(size: 100, max: 1000);

    public IQueryable<OfficialCommitmentRow> Rows() =>
        db.Commitments
            .Where(each => caller.SeesAllDepartments || each.Department == caller.Department
                || each.Kind == CommitmentKind.Comprehensive || each.Kind == CommitmentKind.ProductQuality || each.Kind == CommitmentKind.StandardDeclaration)
            .Select(each => new OfficialCommitmentRow
            {
                Id = each.Id,
                SubjectId = each.SubjectId,
                SubjectName = each.SubjectName,
                SubjectCode = each.SubjectCode,
                Kind = each.Kind.ToString(),
                Text = each.Text,
                Department = each.Department,
                BySubject = each.BySubject,
                MadeOn = each.MadeOn,
                State = each.State.ToString(),
                Finding = each.Finding,
                FoundOn = each.FoundOn,
            });
}
