using Credit.Core.Feeds;
using Credit.OData.Writing;

namespace Credit.OData.FastLane;

/// <summary>
/// Rows of a set as the ledger wrote them down, each whole and in the form lists show it in: what a list costs, scrubbing, reading cells and writing them,
/// was done when the row changed. They are the rows of now while nothing was written since the ledger's last look; whether that is so, the version of the
/// data on the answer's own snapshot tells.
/// </summary>
/// <param name="Set">The set's name in the ledger.</param>
/// <param name="At">The ledger's last look.</param>
internal sealed record WrittenRows(string Set, FeedPass At)
{
    /// <summary>True when the rows of this version of the data, on this day, are those written down.</summary>
    public bool Are(FeedMoment version) => version.Marks == At.Marks && version.Day == At.Day;

    /// <summary>True when an answer shows rows just as they are written down.</summary>
    public static bool Serve(FastQuery query, Frame frame, RowLayout all) =>
        query is { Key: null, OnlyCount: false } && query.Shown.Count == all.Columns.Length && EntityTags.IsMadeOf(frame.Format, all, all);

    /// <summary>Joins the text of each row to rows that are called <c>o</c>; null where the ledger has none.</summary>
    public void JoinTo(Statement statement, RowLayout all) => statement
        .Add(" LEFT JOIN pub.feed_row_version AS v ON v.set_name = '").Add(Set).Add("' AND v.key = ").AddColumn(all.Columns[all.Key].Name, "o")
        .Add(" AND v.ended IS NULL AND v.ordinal <= ").AddValue(At.Ordinal);
}
