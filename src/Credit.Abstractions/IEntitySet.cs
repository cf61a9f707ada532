using System.Linq.Expressions;

namespace Credit.Abstractions;

/// <summary>Who may query a set.</summary>
public enum Surface
{
    /// <summary>Anyone, under <c>/odata/public</c>. Rows hold only what may be published.</summary>
    Public,

    /// <summary>Departments and partners, under <c>/odata/official</c>.</summary>
    Official,
}

/// <summary>A queryable list: name, surface, shape and rows in one file. Undeclared columns cannot be filtered or sorted.</summary>
/// <typeparam name="TRow">A record of simple members; it never holds identifiers of natural persons.</typeparam>
public interface IEntitySet<TRow>
    where TRow : class
{
    /// <summary>Name of the set in URLs and metadata, plural, unique on its surface.</summary>
    static abstract string Name { get; }

    /// <summary>Who may query it.</summary>
    static abstract Surface Surface { get; }

    /// <summary>What the set is, in one English sentence; it annotates the metadata.</summary>
    static abstract string Summary { get; }

    /// <summary>Declares key, columns that may be filtered and sorted, and page size.</summary>
    static abstract void Shape(ISetShape<TRow> row);

    /// <summary>The rows the caller may see.</summary>
    IQueryable<TRow> Rows();
}

/// <summary>Declares what may be asked of a set.</summary>
/// <typeparam name="TRow">The row.</typeparam>
public interface ISetShape<TRow>
    where TRow : class
{
    /// <summary>The key, one member, unique and never null.</summary>
    ISetShape<TRow> Key<TKey>(Expression<Func<TRow, TKey>> column);

    /// <summary>Columns that may stand in <c>$filter</c>.</summary>
    ISetShape<TRow> Filter(params Expression<Func<TRow, object?>>[] columns);

    /// <summary>Columns that may stand in <c>$orderby</c>; a null sorts below every value.</summary>
    ISetShape<TRow> Sort(params Expression<Func<TRow, object?>>[] columns);

    /// <summary>Columns that are returned and no more: neither filtered nor sorted. A module declares every column of its row.</summary>
    ISetShape<TRow> Plain(params Expression<Func<TRow, object?>>[] columns);

    /// <summary>Page size and the most a client may ask for.</summary>
    ISetShape<TRow> Page(int size, int max);

    /// <summary>Text columns that <c>$search</c> looks in: a term is found anywhere in them, letters of either case.</summary>
    ISetShape<TRow> Search(params Expression<Func<TRow, string?>>[] columns);

    /// <summary>
    /// A way to rows of another set of the same surface: those whose <paramref name="to"/> equals <paramref name="from"/>.
    /// It leads to one row where <paramref name="to"/> is the key of that set, else to any number.
    /// Whoever goes it sees what that set shows to the caller.
    /// </summary>
    /// <typeparam name="TTarget">Row of the other set.</typeparam>
    ISetShape<TRow> Navigate<TTarget>(string name, Expression<Func<TRow, object?>> from, Expression<Func<TTarget, object?>> to)
        where TTarget : class;
}

/// <summary>Reports of one feedback kind as typed, composable rows: a filter on a member arrives in the database as a WHERE.</summary>
public interface IFeedbackReports
{
    /// <summary>All reports of <typeparamref name="TReport"/>'s kind that the caller's department may see.</summary>
    /// <typeparam name="TReport">The report type of a feedback.</typeparam>
    IQueryable<FeedbackReport<TReport>> Of<TReport>()
        where TReport : class;
}

/// <summary>One report with what the core knows about it.</summary>
/// <typeparam name="TReport">The report type.</typeparam>
public sealed class FeedbackReport<TReport>
    where TReport : class
{
    /// <summary>Identity of the report.</summary>
    public Guid Id { get; init; }

    /// <summary>The task it answers.</summary>
    public Guid TaskId { get; init; }

    /// <summary>Key of the measure carried out.</summary>
    public required string MeasureKey { get; init; }

    /// <summary>Key of the reporting department.</summary>
    public required string Department { get; init; }

    /// <summary>Instant of the report, UTC.</summary>
    public DateTimeOffset ReportedAt { get; init; }

    /// <summary>The report in the department's own words.</summary>
    public required TReport Report { get; init; }
}
