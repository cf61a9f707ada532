using Credit.Abstractions;
using Credit.Core.Http;
using Credit.Core.Store;

namespace Credit.OData.Sets;

/// <summary>Reports of misconduct the own department handles.</summary>
public sealed record MisconductReportRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>Department that handles it.</summary>
    public string Handler { get; init; } = "";

    /// <summary>Name of whom it is about.</summary>
    public string SubjectName { get; init; } = "";

    /// <summary>Unified code of whom it is about.</summary>
    public string? SubjectCode { get; init; }

    /// <summary>The conduct in one line.</summary>
    public string Conduct { get; init; } = "";

    /// <summary>Day received.</summary>
    public DateOnly ReceivedOn { get; init; }

    /// <summary>Where it stands.</summary>
    public string State { get; init; } = "";
}

/// <summary>Reports of misconduct the own department handles; nobody else sees them (requirements §13).</summary>
internal sealed class MisconductReports(OfficialDbContext db, Caller caller) : IEntitySet<MisconductReportRow>
{
    public static string Name => "MisconductReports";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Reports of misconduct the own department handles.";

    public static void Shape(ISetShape<MisconductReportRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.State, each => each.SubjectCode, each => each.ReceivedOn)
        .Sort(each => each.ReceivedOn)
        .Page(size: 100, max: 1000);

    public IQueryable<MisconductReportRow> Rows() =>
        db.MisconductReports
            .Where(each => each.Handler == caller.Department)
            .Select(each => new MisconductReportRow
            {
                Id = each.Id,
                Handler = each.Handler,
                SubjectName = each.SubjectName,
                SubjectCode = each.SubjectCode,
                Conduct = each.Conduct,
                ReceivedOn = each.ReceivedOn,
                State = each.State.ToString(),
            });
}
