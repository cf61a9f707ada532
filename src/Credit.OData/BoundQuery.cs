using System.Reflection;
using Microsoft.OData.UriParser;
using Microsoft.OData.UriParser.Aggregation;

namespace Credit.OData;

/// <summary>What is asked of a set, parsed and admitted: the same for whichever lane answers it.</summary>
/// <param name="Filter">The condition; null for all rows. Which columns it may name is checked where it is translated.</param>
/// <param name="Order">Sorting, the key last: a place between any two rows.</param>
/// <param name="Columns">Columns shown, as declared.</param>
/// <param name="Key">Value of the key of one row; null for the collection.</param>
/// <param name="Top">Rows wanted at most.</param>
/// <param name="Skip">Rows left out.</param>
/// <param name="Page">Rows of one page.</param>
/// <param name="SkipToken">Place to go on from.</param>
/// <param name="Count">The number of all rows is wanted, too.</param>
/// <param name="OnlyCount">Nothing but the number is wanted.</param>
/// <param name="Format">How the answer is written.</param>
internal sealed record BoundQuery(
    FilterClause? Filter, IReadOnlyList<OrderTerm> Order, PropertyInfo[] Columns, object? Key,
    int? Top, int Skip, int Page, string? SkipToken, bool Count, bool OnlyCount, AnswerFormat Format)
{
    /// <summary>Conditions of <c>/$filter(…)</c> segments; all must hold.</summary>
    public IReadOnlyList<FilterClause> Also { get; init; } = [];

    /// <summary>Terms to be found in the columns a set declares for it.</summary>
    public SearchClause? Search { get; init; }

    /// <summary>Ways followed, each with a query of its own.</summary>
    public IReadOnlyList<BoundExpand> Expand { get; init; } = [];

    /// <summary>Columns worked out for each row, in the order they are shown.</summary>
    public IReadOnlyList<Computed> Compute { get; init; } = [];

    /// <summary>Grouping and aggregation.</summary>
    public ApplyClause? Apply { get; init; }

    /// <summary>The rows are those that one row of another set leads to; null for all of the set.</summary>
    public Related? Of { get; init; }

    /// <summary>What is shown of the rows found.</summary>
    public Shows Shows { get; init; }

    /// <summary>The one column shown by <see cref="Shows.Property"/> and <see cref="Shows.Value"/>.</summary>
    public PropertyInfo? Property { get; init; }

    /// <summary>The sorting as it was written, where it is by more than columns; a place in one sorting is nowhere in another.</summary>
    public string? OrderText { get; init; }

    /// <summary>Of a way followed: its options as the address of its next page repeats them.</summary>
    public string Said { get; init; } = "";

    /// <summary>Fragment of the context address: what the answer holds.</summary>
    public string Context { get; init; } = "";

    /// <summary>Rows of the set itself, each by its columns and nothing else.</summary>
    public bool IsPlain =>
        Also.Count == 0 && Search is null && Expand.Count == 0 && Compute.Count == 0 && Apply is null && Of is null
        && Shows is Shows.Rows or Shows.Row && Order.All(term => term.Column is not null);

    /// <summary>A list whose tag is made of whole rows, whichever of their columns are shown.</summary>
    public bool IsTaggedByRows => Shows == Shows.Rows && !OnlyCount && (this with { Also = [] }).IsPlain;
}

/// <summary>What is shown of the rows found.</summary>
internal enum Shows
{
    /// <summary>A list.</summary>
    Rows,

    /// <summary>One row.</summary>
    Row,

    /// <summary>One column of one row.</summary>
    Property,

    /// <summary>One column of one row, bare.</summary>
    Value,

    /// <summary>The number of values of one column of one row, bare.</summary>
    ValueCount,

    /// <summary>Addresses of rows.</summary>
    References,

    /// <summary>Address of one row.</summary>
    Reference,
}

/// <summary>One term of a sorting. Nulls sort below every value.</summary>
/// <param name="Expression">What is sorted by.</param>
/// <param name="Column">The column, where it is one.</param>
/// <param name="Descending">Largest first.</param>
internal sealed record OrderTerm(SingleValueNode? Expression, PropertyInfo? Column, bool Descending)
{
    public void Deconstruct(out PropertyInfo? column, out bool descending) => (column, descending) = (Column, Descending);
}

/// <summary>A column worked out for each row.</summary>
/// <param name="Name">Its name, none of the set's own.</param>
/// <param name="Expression">What it is.</param>
/// <param name="Shown">It is part of the answer; else other options may still name it.</param>
internal sealed record Computed(string Name, SingleValueNode Expression, bool Shown);

/// <summary>Rows that one row of another set leads to.</summary>
/// <param name="Column">Column of the rows.</param>
/// <param name="Value">What it must equal; null leads nowhere.</param>
internal sealed record Related(PropertyInfo Column, object? Value);

/// <summary>A way followed from each row.</summary>
/// <param name="Way">The way.</param>
/// <param name="Target">The set it leads to.</param>
/// <param name="Query">What is asked of the rows it leads to.</param>
/// <param name="Shows">Rows, their number or their addresses.</param>
internal sealed record BoundExpand(Way Way, QueryableSet Target, BoundQuery Query, ExpandShows Shows)
{
    /// <summary>It is followed again from the rows it leads to, by the last way of its query.</summary>
    public bool Recurs { get; init; }

    /// <summary>It leads to one row at most.</summary>
    public bool Single => Way.To.Name == Target.Shape.KeyColumn!.Name;
}

/// <summary>What is shown of the rows a way leads to.</summary>
internal enum ExpandShows
{
    /// <summary>The rows.</summary>
    Rows,

    /// <summary>Their number.</summary>
    Count,

    /// <summary>Their addresses.</summary>
    References,
}
