using Credit.OData;

namespace Credit.Core.Tests.OData.Hidden;

/// <summary>Every place of an address where a name can stand. <c>{0}</c> is the name, <c>{1}</c> the key column, <c>{2}</c> a value of it, <c>{3}</c> a way.</summary>
internal static class Questions
{
    /// <summary>Options of a list.</summary>
    public static readonly string[] Options =
    [
        "?$filter={0} eq 'x'", "?$filter={0} eq null", "?$filter={0} gt 1", "?$filter='x' eq {0}", "?$filter=1 lt {0}", "?$filter={1} eq {0}", "?$filter={0}", "?$filter=not {0}",
        "?$filter=startswith({0},'x')", "?$filter=contains('x',{0})", "?$filter=length({0}) gt 1", "?$filter=year({0}) eq 2020", "?$filter=concat({0},'x') eq 'y'", "?$filter=now() gt {0}",
        "?$filter={0} in ('x')", "?$filter='x' in {0}", "?$filter={1} in ({0})", "?$filter=$it/{0} eq 1", "?$filter=$this/{0} eq 1", "?$filter=$root/{0} eq 1", "?$filter={0}/any()",
        "?$filter={0}/any(x:x eq 'x')", "?$filter={0}/all(x:x/{0} eq 'x')", "?$filter={0}/$count gt 0", "?$filter={0}/$count($filter={0} eq 1) gt 0", "?$filter={0}/Name eq 'x'", "?$filter=Credit.{0}/Name eq 'x'",
        "?$filter={0} add 1 gt 2", "?$filter=1 div {0} eq 2", "?$filter=-{0} eq 2", "?$filter={0} has 'x'", "?$filter=case({0} eq 1:true,true:false)", "?$filter=isof({0},Edm.String)", "?$filter=cast({0},Edm.String) eq 'x'",
        "?$filter=isof('Credit.{0}')", "?$filter=isof(Credit.{0})", "?$filter=cast(Credit.{0})/Id eq 1", "?$filter={0}() eq 1", "?$filter=matchesPattern({0},'x')", "?$filter=geo.length({0}) gt 1",
        "?$orderby={0}", "?$orderby={0} desc", "?$orderby=length({0})", "?$orderby={0}/$count", "?$orderby={1},{0}", "?$orderby={0}/Name",
        "?$select={0}", "?$select=*,{0}", "?$select={1},{0}", "?$select={0}/x", "?$select={0}($top=1)", "?$select=Credit.{0}/Name", "?$select=Credit.*,{0}",
        "?$expand={0}", "?$expand={0}($top=1)", "?$expand={0}/$ref", "?$expand={0}/$count", "?$expand={0}($levels=2)", "?$expand=*,{0}", "?$expand=Credit.{0}/Name",
        "?$compute={0} as X", "?$compute=length({0}) as X", "?$compute={0} as X&$filter=X eq 1", "?$compute=1 as {0}&$select={0}&$top=1", "?$compute=1 as {0}&$filter={0} eq 1&$top=1", "?$compute=1 as X&$orderby={0}",
        "?$apply=groupby(({0}))", "?$apply=groupby(({1},{0}),aggregate($count as N))", "?$apply=groupby(({0}/Name))", "?$apply=aggregate({0} with max as X)", "?$apply=aggregate({0} with countdistinct as X)",
        "?$apply=aggregate({0}/$count as X)", "?$apply=filter({0} eq 'x')", "?$apply=compute({0} as X)/groupby((X))", "?$apply=groupby(({1}))/filter({0} eq 1)", "?$apply=groupby(({1}))&$orderby={0}",
        "?$apply=aggregate($count as {0})", "?$apply=groupby((rollup($all,{0})))", "?$apply=topcount(1,{0})", "?$apply={0}", "?$apply=filter({0} eq 'x')/aggregate($count as N)", "?$apply=identity/filter({0} eq 1)",
        "?$search=\"{0}:x\"", "?$search={0}:x", "?$count={0}", "?$top={0}", "?$skip={0}", "?$skiptoken={0}", "?$deltatoken={0}", "?$format={0}", "?$id={0}", "?{0}=x", "?${0}=x", "?$filter={1} eq @{0}&@{0}=x",
        "?@p={0}&$filter=@p eq 1", "?@p='x'&$filter={0} eq @p", "?$skip=1&$filter={0} eq 'x'", "?$top=0&$filter={0} eq 'x'", "?$count=true&$filter={0} eq 'x'", "?$format=csv&$filter={0} eq 'x'", "?filter={0} eq 'x'", "?ORDERBY={0}",
    ];

    /// <summary>Paths.</summary>
    public static readonly string[] Paths =
    [
        "/{0}", "/{0}/$count", "/{0}/$value", "/{0}/$ref", "/{0}(1)", "/{0}()", "/Credit.{0}", "/$filter({0} eq 'x')", "/$filter({0} eq 'x')/$count", "/$count?$filter={0} eq 'x'", "/$ref?$filter={0} eq 'x'", "/$ref?$orderby={0}",
        "/$each/{0}", "({0})", "({0}='x')", "({0}=1)", "({1}={2},{0}='x')", "({1}={0})", "(@p)?@p={0}", "({2})/{0}", "({2})/{0}/$value", "({2})/{0}/$count", "({2})/{0}/$ref", "({2})/{0}(1)", "({2})/{0}/Name", "({2})/Credit.{0}",
        "({2})/Credit.{0}/Name", "({2})?$select={0}", "({2})?$expand={0}", "({2})?$compute={0} as X", "({2})?$filter={0} eq 1", "({2})/{1}/{0}", "({2})/$value/{0}", "({2})/$ref/{0}",
    ];

    /// <summary>Places beyond a way; the name is not in the model of its end either.</summary>
    public static readonly string[] Ways =
    [
        "?$filter={3}/{0} eq 'x'", "?$filter={3}/any(e:e/{0} eq 'x')", "?$filter={3}/all(e:startswith(e/{0},'x'))", "?$filter={3}/$count($filter={0} eq 'x') gt 0", "?$filter={3}/any({0}:{0} eq 1)", "?$orderby={3}/{0}", "?$select={3}/{0}",
        "?$expand={3}($select={0})", "?$expand={3}($filter={0} eq 'x')", "?$expand={3}($orderby={0})", "?$expand={3}($expand={0})", "?$expand={3}($compute={0} as X)", "?$expand={3}($apply=groupby(({0})))", "?$expand={3}($search={0}:x)", "?$expand={3}({0}=1)",
        "?$expand={3}($count=true;$filter=length({0}) gt 1)", "?$expand={3}/{0}", "?$expand={3}/$count($filter={0} eq 'x')", "?$expand={3}/$ref($filter={0} eq 'x')", "?$expand={3}($top=1;$orderby=$it/{0})", "?$compute={3}/{0} as X", "?$apply=groupby(({3}/{0}))",
        "?$apply=filter({3}/{0} eq 'x')/aggregate($count as N)", "?$apply=aggregate({3}/{0} with max as X)", "?@p={3}/{0}&$filter=@p eq 1", "({2})/{3}/{0}", "({2})/{3}?$filter={0} eq 'x'", "({2})/{3}/$count?$filter={0} eq 'x'",
    ];

    /// <summary>The question about a name.</summary>
    public static string Of(string form, QueryableSet set, string name) => string.Format(null, form, name, set.Shape.KeyColumn!.Name, ValueOf(set), set.Shape.Ways.Count > 0 ? set.Shape.Ways[0].Name : "");

    /// <summary>As it goes over the wire: names and values of the query escaped, nothing else.</summary>
    public static string Escaped(string question)
    {
        var mark = question.IndexOf('?', StringComparison.Ordinal);
        var path = string.Join('/', (mark < 0 ? question : question[..mark]).Split('/').Select(segment => Uri.EscapeDataString(segment)
            .Replace("%24", "$", StringComparison.Ordinal).Replace("%28", "(", StringComparison.Ordinal).Replace("%29", ")", StringComparison.Ordinal).Replace("%3D", "=", StringComparison.Ordinal)
            .Replace("%40", "@", StringComparison.Ordinal).Replace("%2C", ",", StringComparison.Ordinal)));
        return mark < 0 ? path : $"{path}?{string.Join('&', question[(mark + 1)..].Split('&').Select(Pair))}";

        static string Pair(string pair)
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            return $"{pair[..equals]}={Uri.EscapeDataString(pair[(equals + 1)..])}";
        }
    }

    private static string ValueOf(QueryableSet set) => set.Shape.KeyColumn!.PropertyType switch
    {
        var type when type == typeof(Guid) => "00000000-0000-7000-8000-000000000000",
        var type when type == typeof(string) => "'x'",
        var type when type == typeof(DateOnly) => "2026-11-24",
        _ => "0",
    };
}
