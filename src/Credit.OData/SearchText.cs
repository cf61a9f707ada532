using System.Text;

namespace Credit.OData;

/// <summary>Searches as the parser reads them.</summary>
internal static class SearchText
{
    /// <summary>
    /// A search with every word in quotes, so that a code or a name of any script is one term. <c>AND</c>, <c>OR</c> and <c>NOT</c> are words, too, where
    /// they have nothing to join or to negate.
    /// </summary>
    /// <exception cref="QueryRefusedException">Nothing parts a phrase from what is beside it.</exception>
    public static string Quoted(string search)
    {
        var quoted = new StringBuilder();
        var joins = false;
        for (var i = 0; i < search.Length;)
        {
            var start = i;
            if (search[i] is '(' or ')' || char.IsWhiteSpace(search[i]))
            {
                joins = search[i] == ')' || (search[i] != '(' && joins);
                quoted.Append(char.IsWhiteSpace(search[i]) ? ' ' : search[i]);
                i++;
                continue;
            }

            i = EndOf(search, i);
            if (search[start] == '"')
            {
                quoted.Append(search, start, i - start);
                joins = true;
            }
            else if (search[start..i] is var word && word is "AND" or "OR" or "NOT" && (word == "NOT" || joins) && GoesOn(search, i))
            {
                quoted.Append(word);
                joins = false;
            }
            else
            {
                quoted.Append('"').Append(word.Replace("\\", "\\\\", StringComparison.Ordinal)).Append('"');
                joins = true;
            }

            if (i < search.Length && !char.IsWhiteSpace(search[i]) && search[i] is not (')' or '('))
            {
                throw QueryRefusedException.Invalid("$search");
            }
        }

        return quoted.ToString();
    }

    private static int EndOf(string search, int at)
    {
        if (search[at] == '"')
        {
            for (at++; at < search.Length && search[at] != '"'; at++)
            {
                at += search[at] == '\\' && at + 1 < search.Length ? 1 : 0;
            }

            return Math.Min(at + 1, search.Length);
        }

        while (at < search.Length && search[at] is not ('(' or ')' or '"') && !char.IsWhiteSpace(search[at]))
        {
            at++;
        }

        return at;
    }

    private static bool GoesOn(string search, int at)
    {
        var next = search.AsSpan(at).TrimStart();
        return next.Length > 0 && next[0] != ')';
    }
}
