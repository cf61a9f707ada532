using Microsoft.OData.UriParser;

namespace Credit.OData;

/// <summary>What the options of one way of an <c>$expand</c> may be. The parser takes more than means anything, and forgets it.</summary>
internal static class ExpandOptions
{
    /// <summary>What follows the name of the way.</summary>
    public static string SuffixOf(ExpandedReferenceSelectItem item) => item switch
    {
        ExpandedCountSelectItem => "/$count",
        ExpandedNavigationSelectItem => "",
        _ => "/$ref",
    };

    /// <summary>Refuses options given twice, and those that mean nothing for what is shown of a way.</summary>
    public static void Check(ExpandedReferenceSelectItem item, string options, bool single)
    {
        var names = QueryText.NamesOf(options);
        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new QueryRefusedException(400, "option-twice", twice.Key, $"查询选项 {twice.Key} 重复。", $"{twice.Key} is given twice.");
        }

        string[] meant = item switch
        {
            ExpandedCountSelectItem when single => throw QueryRefusedException.Invalid("$expand"),
            ExpandedCountSelectItem => ["$filter", "$search"],
            ExpandedNavigationSelectItem when single => ["$filter", "$select", "$expand", "$compute", "$levels"],
            ExpandedNavigationSelectItem => names,
            _ when single => ["$filter"],
            _ => ["$filter", "$search", "$orderby", "$skip", "$top", "$count"],
        };
        if (names.Except(meant).FirstOrDefault() is { } misplaced)
        {
            throw QueryRefusedException.Invalid(misplaced);
        }
    }
}
