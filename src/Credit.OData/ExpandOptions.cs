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

    /// <summary>Refuses what is written twice: the parser makes one way of it and forgets an option.</summary>
    /// <param name="written">An <c>$expand</c> as it was written.</param>
    public static void RefuseTwice(string written)
    {
        var paths = QueryText.Parts(written, ',').Select(item => new string([.. item.Split('(')[0].Where(letter => !char.IsWhiteSpace(letter))]).ToLowerInvariant()).ToList();
        RefuseTwice(paths.Select(path => path.StartsWith('*') ? "*" : path));
    }

    /// <summary>Refuses ways that would fill one place of a row twice.</summary>
    public static void RefuseTwice(IReadOnlyList<BoundExpand> ways)
    {
        const string Count = "@count";
        RefuseTwice(ways.Where(way => way.Shows != ExpandShows.Count).Select(way => way.Way.Name)
            .Concat(ways.Where(way => way.Shows == ExpandShows.Count || way.Query.Count).Select(way => way.Way.Name + Count)));
    }

    private static void RefuseTwice(IEnumerable<string> places)
    {
        if (places.GroupBy(place => place, StringComparer.Ordinal).Any(same => same.Count() > 1))
        {
            throw new QueryRefusedException(400, "expand-twice", "$expand", "同一导航属性展开了两次。", "A navigation property is expanded twice.");
        }
    }

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
