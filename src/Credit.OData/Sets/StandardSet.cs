using Credit.Abstractions;
using Credit.Core.Store;

namespace Credit.OData.Sets;

/// <summary>Recognition standards the lead office registers, every edition.</summary>
public sealed record StandardRow
{
    /// <summary>Identity.</summary>
    public Guid Id { get; init; }

    /// <summary>Title as entries cite it.</summary>
    public string Title { get; init; } = "";

    /// <summary>Number of its document.</summary>
    public string DocumentNumber { get; init; } = "";

    /// <summary>National or Provincial.</summary>
    public string Level { get; init; } = "";

    /// <summary>Approval of a provincial one.</summary>
    public string? Approval { get; init; }

    /// <summary>List it admits to.</summary>
    public string List { get; init; } = "";

    /// <summary>Domain; null when it is for every domain.</summary>
    public string? Domain { get; init; }

    /// <summary>Edition, counted from 1.</summary>
    public int Edition { get; init; }

    /// <summary>First day in force.</summary>
    public DateOnly FirstDay { get; init; }

    /// <summary>Last day in force; null when none is set. A later edition ends it too.</summary>
    public DateOnly? LastDay { get; init; }

    /// <summary>Longest term of an entry, in months.</summary>
    public int? LongestTermInMonths { get; init; }

    /// <summary>Where it stands.</summary>
    public string State { get; init; } = "";

    /// <summary>Day of the proposal.</summary>
    public DateOnly ProposedOn { get; init; }

    /// <summary>Day of the decision.</summary>
    public DateOnly? DecidedOn { get; init; }
}

/// <summary>Recognition standards the lead office registers, proposed and refused ones too; every department reads them.</summary>
internal sealed class StandardSet(OfficialDbContext db) : IEntitySet<StandardRow>
{
    public static string Name => "Standards";

    public static Surface Surface => Surface.Official;

    public static string Summary => "Recognition standards the lead office registers, every edition.";

    public static void Shape(ISetShape<StandardRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.Title, each => each.Level, each => each.List, each => each.Domain, each => each.FirstDay, each => each.LastDay, each => each.State)
        .Sort(each => each.FirstDay, each => each.Edition)
        .Search(each => each.Title, each => each.DocumentNumber)
        .Page(size: 100, max: 1000);

    public IQueryable<StandardRow> Rows() => db.Standards.Select(each => new StandardRow
    {
        Id = each.Id,
        Title = each.Title,
        DocumentNumber = each.DocumentNumber,
        Level = each.Level.ToString(),
        Approval = each.Approval,
        List = each.List.ToString(),
        Domain = each.Domain,
        Edition = each.Edition,
        FirstDay = each.FirstDay,
        LastDay = each.LastDay,
        LongestTermInMonths = each.LongestTermInMonths,
        State = each.State.ToString(),
        ProposedOn = each.ProposedOn,
        DecidedOn = each.DecidedOn,
    });
}
