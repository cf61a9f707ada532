using System.Linq.Expressions;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Credit.OData;

/// <summary>The functions of the profile. Each is null where one of its arguments is.</summary>
internal static class Functions
{
    private static readonly MethodInfo Floor = typeof(Math).GetMethod(nameof(Math.Floor), [typeof(decimal)])!;
    private static readonly MethodInfo Ceiling = typeof(Math).GetMethod(nameof(Math.Ceiling), [typeof(decimal)])!;
    private static readonly MethodInfo Round = typeof(Math).GetMethod(nameof(Math.Round), [typeof(decimal)])!;
    private static readonly MethodInfo Larger = typeof(Math).GetMethod(nameof(Math.Max), [typeof(int), typeof(int)])!;
    private static readonly MethodInfo DayOf = typeof(DateOnly).GetMethod(nameof(DateOnly.FromDateTime))!;
    private static readonly MethodInfo TimeOf = typeof(TimeOnly).GetMethod(nameof(TimeOnly.FromDateTime))!;
    private static readonly MethodInfo SpanOf = typeof(TimeOnly).GetMethod(nameof(TimeOnly.ToTimeSpan))!;
    private static readonly MethodInfo Matches = typeof(Regex).GetMethod(nameof(Regex.IsMatch), [typeof(string), typeof(string), typeof(RegexOptions)])!;

    /// <summary>Functions of the standard that are none of the profile, and that the parser knows nothing of, or for places only.</summary>
    private static readonly string[] KnownElsewhere = ["hassubset", "hassubsequence", "geo.distance", "geo.intersects", "geo.length", "isdefined"];

    /// <summary>Names of all of them, as the model lists them.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        Choice.Name, "cast", "ceiling", "concat", "contains", "date", "day", "endswith", "floor", "fractionalseconds", "hour", "indexof", "isof", "length", "matchesPattern",
        "maxdatetime", "mindatetime", "minute", "month", "now", "round", "second", "startswith", "substring", "time", "tolower", "totaloffsetminutes", "totalseconds", "toupper",
        "trim", "year",
    ];

    /// <summary>A function of the standard that is none of the profile.</summary>
    public static bool IsKnownElsewhere(string name) => KnownElsewhere.Contains(name, StringComparer.OrdinalIgnoreCase);

    public static QueryRefusedException NotSupported(string option, string name) =>
        new(501, "function-not-supported", option, $"不支持函数 {name}。", $"The function {name} is not supported.");

    /// <summary>Whether a text matches a pattern, which is known before any row is.</summary>
    public static Term Match(Term text, string pattern) =>
        // Of the options only this one leaves the pattern to the database as it is.
        Term.Strict(Expression.Call(Matches, text.Bare, Translator.Parameter(pattern, typeof(string)), Expression.Constant(RegexOptions.Singleline)), text);

    /// <summary>What a function gives; null when it is none of the profile, or not of these arguments.</summary>
    /// <exception cref="QueryRefusedException">An argument is out of range.</exception>
    public static Term? Call(string option, string name, Term[] arguments, DateTimeOffset now) => (name, arguments) switch
    {
        ("now", []) => new(Translator.Parameter(now, typeof(DateTimeOffset)), []),
        ("mindatetime", []) => new(Translator.Parameter(DateTimeOffset.MinValue, typeof(DateTimeOffset)), []),
        ("maxdatetime", []) => new(Translator.Parameter(DateTimeOffset.MaxValue, typeof(DateTimeOffset)), []),
        (_, [var value]) => OfOne(name, value),
        ("concat", [var left, var right]) when AreTexts(left, right) => Term.Strict(Expression.Add(left.Bare, right.Bare, typeof(string).GetMethod(nameof(string.Concat), [typeof(string), typeof(string)])), left, right),
        ("contains" or "startswith" or "endswith", [var text, var part]) when AreTexts(text, part) => Term.Strict(Text(name switch
        {
            "contains" => nameof(string.Contains),
            "startswith" => nameof(string.StartsWith),
            _ => nameof(string.EndsWith),
        }, text, part), text, part),
        ("indexof", [var text, var part]) when AreTexts(text, part) => Term.Strict(Text(nameof(string.IndexOf), text, part), text, part),
        ("substring", [var text, var start]) when AreTexts(text) && start.Type == typeof(int) => Substring(option, text, start, null),
        ("substring", [var text, var start, var length]) when AreTexts(text) && start.Type == typeof(int) && length.Type == typeof(int) => Substring(option, text, start, length),
        _ => null,
    };

    /// <summary>Name of a type in the model.</summary>
    public static string EdmName(Type type) => "Edm." + type.Name switch
    {
        nameof(DateOnly) => "Date",
        nameof(TimeOnly) => "TimeOfDay",
        nameof(TimeSpan) => "Duration",
        var name => name,
    };

    private static Term? OfOne(string name, Term value) => (name, value.Type.Name) switch
    {
        ("length", nameof(String)) => Term.Strict(Expression.Property(value.Bare, nameof(string.Length)), value),
        ("tolower", nameof(String)) => Term.Strict(Expression.Call(value.Bare, typeof(string).GetMethod(nameof(string.ToLower), [])!), value),
        ("toupper", nameof(String)) => Term.Strict(Expression.Call(value.Bare, typeof(string).GetMethod(nameof(string.ToUpper), [])!), value),
        ("trim", nameof(String)) => Term.Strict(Expression.Call(value.Bare, typeof(string).GetMethod(nameof(string.Trim), [])!), value),
        ("year" or "month" or "day", nameof(DateOnly) or nameof(DateTimeOffset)) or ("hour" or "minute" or "second", nameof(DateTimeOffset) or nameof(TimeOnly)) =>
            Term.Strict(Expression.Property(value.Bare, char.ToUpperInvariant(name[0]) + name[1..]), value),
        // Instants are kept and shown in UTC.
        ("date", nameof(DateTimeOffset)) => Term.Strict(Expression.Call(DayOf, Expression.Property(value.Bare, nameof(DateTimeOffset.UtcDateTime))), value),
        ("time", nameof(DateTimeOffset)) => Term.Strict(Expression.Call(TimeOf, Expression.Property(value.Bare, nameof(DateTimeOffset.UtcDateTime))), value),
        ("totaloffsetminutes", nameof(DateTimeOffset)) => Term.Strict(Expression.Constant(0), value),
        ("fractionalseconds", nameof(DateTimeOffset)) => Fraction(Expression.Call(TimeOf, Expression.Property(value.Bare, nameof(DateTimeOffset.UtcDateTime))), value),
        ("fractionalseconds", nameof(TimeOnly)) => Fraction(value.Bare, value),
        ("totalseconds", nameof(TimeSpan)) => Term.Strict(Seconds(value.Bare), value),
        // The database rounds half away from zero, as OData does.
        ("round", nameof(Decimal)) => Term.Strict(Expression.Call(Round, value.Bare), value),
        ("floor", nameof(Decimal)) => Term.Strict(Expression.Call(Floor, value.Bare), value),
        ("ceiling", nameof(Decimal)) => Term.Strict(Expression.Call(Ceiling, value.Bare), value),
        ("round" or "floor" or "ceiling", nameof(Int32) or nameof(Int64)) => value,
        _ => null,
    };

    /// <summary>What is left of the seconds of a time of day without the whole ones.</summary>
    private static Term Fraction(Expression time, Term of)
    {
        var seconds = Seconds(Expression.Call(time, SpanOf));
        return Term.Strict(Expression.Subtract(seconds, Expression.Call(Floor, seconds)), of);
    }

    private static UnaryExpression Seconds(Expression span) => Expression.Convert(Expression.Property(span, nameof(TimeSpan.TotalSeconds)), typeof(decimal));

    private static bool AreTexts(params Term[] terms) => terms.All(term => term.Type == typeof(string));

    private static MethodCallExpression Text(string method, Term text, Term part) =>
        Expression.Call(text.Bare, typeof(string).GetMethod(method, [typeof(string)])!, part.Bare);

    // A negative start counts from the end; what lies beyond either end is empty.
    private static Term Substring(string option, Term text, Term start, Term? length)
    {
        var size = Expression.Property(text.Bare, nameof(string.Length));
        var fromEnd = Expression.Call(Larger, Expression.Add(size, start.Bare), Expression.Constant(0));
        var at = Expression.Condition(Expression.LessThan(start.Bare, Expression.Constant(0)), fromEnd, start.Bare);
        return length is null
            ? Term.Strict(Expression.Call(text.Bare, typeof(string).GetMethod(nameof(string.Substring), [typeof(int)])!, at), text, start)
            : Term.Strict(
                Expression.Call(text.Bare, typeof(string).GetMethod(nameof(string.Substring), [typeof(int), typeof(int)])!, at, Expression.Call(Larger, length.Bare, Expression.Constant(0))),
                text, start, length);
    }
}
