using Credit.Abstractions;
using Credit.Core.Store;
using Credit.OData.Changes;

namespace Credit.OData.Sets;

/// <summary>Recognition standards the lead office registered, every edition.</summary>
public sealed record PublicStandardRow
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
}

/// <summary>Recognition standards the lead office registered; those a module declares are in its documentation.</summary>
internal sealed class PublicStandards(PublicDbContext db) : IEntitySet<PublicStandardRow>
{
    public static string Name => "Standards";

    public static Surface Surface => Surface.Public;

    public static string Summary => "Recognition standards the lead office registered, every edition.";

    public static void Shape(ISetShape<PublicStandardRow> row) => row
        .Key(each => each.Id)
        .Filter(each => each.Title, each => each.Level, each => each.List, each => each.Domain, each => each.FirstDay, each => each.LastDay)
        .Sort(each => each.FirstDay, each => each.Edition)
        .Search(each => each.Title, each => each.DocumentNumber)
        .Follows("RecognitionStandard")
        .Page(size: 100, max: 1000);

    public IQueryable<PublicStandardRow> Rows() => db.Standards.Select(each => new PublicStandardRow
    {
        Id = each.Id,
        Title = each.Title,
        DocumentNumber = each.DocumentNumber,
        Level = each.Level,
        Approval = each.Approval,
        List = each.List,
        Domain = each.Domain,
        Edition = each.Edition,
        FirstDay = each.FirstDay,
        LastDay = each.LastDay,
        LongestTermInMonths = each.LongestTermInMonths,
    });
}
