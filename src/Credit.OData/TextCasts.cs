using System.Collections.Frozen;
using System.Globalization;
using System.Linq.Expressions;
using System.Text.RegularExpressions;

namespace Credit.OData;

/// <summary>Casts of texts to primitive types. A text that is no value of the type is null.</summary>
internal static class TextCasts
{
    private static readonly FrozenDictionary<string, (decimal Least, decimal Most)> Integers = new Dictionary<string, (decimal Least, decimal Most)>
    {
        ["Edm.Byte"] = (byte.MinValue, byte.MaxValue),
        ["Edm.SByte"] = (sbyte.MinValue, sbyte.MaxValue),
        ["Edm.Int16"] = (short.MinValue, short.MaxValue),
        ["Edm.Int32"] = (int.MinValue, int.MaxValue),
        ["Edm.Int64"] = (long.MinValue, long.MaxValue),
    }.ToFrozenDictionary();

    /// <summary>The value a literal text spells; <see cref="Term.Null"/> where it spells none, null where there is no such cast.</summary>
    public static Term? Of(string text, string type)
    {
        var spelt = type switch
        {
            "Edm.Boolean" => text.ToLowerInvariant() switch { "true" => true, "false" => false, _ => (object?)null },
            "Edm.Decimal" or "Edm.Double" or "Edm.Single" => Number(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent),
            "Edm.Date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null,
            "Edm.TimeOfDay" => TimeOnly.TryParseExact(text, ["HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFFF"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null,
            "Edm.DateTimeOffset" => DateTimeOffset.TryParseExact(
                text, ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
                && (text[^1] is 'Z' or 'z' || text[^6] is '+' or '-') ? instant.ToUniversalTime() : null,
            "Edm.Duration" => Resolver.DurationOf(text),
            "Edm.Guid" => Guid.TryParseExact(text, "D", out var identity) ? identity : null,
            _ when Integers.TryGetValue(type, out var range) => Integer(text, type, range),
            _ => Unknown,
        };
        return ReferenceEquals(spelt, Unknown) ? null : spelt is null ? Term.Null : new(Translator.Parameter(spelt, spelt.GetType()), []);
    }

    /// <summary>The values that texts of rows spell; null where there is no such cast.</summary>
    public static Term? Of(Term text, string type)
    {
        var is_ = (string pattern) => (Expression)Expression.Call(Matches, text.Bare, Translator.Parameter(pattern, typeof(string)), Expression.Constant(RegexOptions.Singleline));
        switch (type)
        {
            case "Edm.Boolean":
                var lower = Expression.Call(text.Bare, typeof(string).GetMethod(nameof(string.ToLower), [])!);
                return new(Expression.Equal(lower, Expression.Constant("true")), [.. text.Nulls, Term.Not(is_("^([Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])$"))]);
            case "Edm.Decimal" or "Edm.Double" or "Edm.Single":
                var number = is_(@"^[+-]?[0-9]{1,28}(\.[0-9]{1,28})?$");
                return new(Guarded(number, text, "0"), [.. text.Nulls, Term.Not(number)]);
            case var _ when Integers.TryGetValue(type, out var range):
                var digits = is_("^[+-]?[0-9]{1,28}$");
                var whole = Guarded(digits, text, "0");
                var inside = Expression.AndAlso(
                    Expression.GreaterThanOrEqual(whole, Expression.Constant(range.Least)), Expression.LessThanOrEqual(whole, Expression.Constant(range.Most)));
                var kind = type == "Edm.Int64" ? typeof(long) : typeof(int);
                return new(Expression.Convert(Expression.Condition(inside, whole, Expression.Constant(0m)), kind), [.. text.Nulls, Term.Not(digits), Term.Not(inside)]);
            default:
                return null;
        }
    }

    // The database converts only what it can: the rest is converted as if it were zero, and is null.
    private static MethodCallExpression Guarded(Expression spells, Term text, string otherwise) =>
        Expression.Call(ToDecimal, Expression.Condition(spells, text.Bare, Expression.Constant(otherwise)));

    private static object? Integer(string text, string type, (decimal Least, decimal Most) range) =>
        Number(text, NumberStyles.AllowLeadingSign) is decimal number && number >= range.Least && number <= range.Most
            ? type == "Edm.Int64" ? (long)number : (object)(int)number
            : null;

    private static object? Number(string text, NumberStyles style) => decimal.TryParse(text, style, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static readonly object Unknown = new();
    private static readonly System.Reflection.MethodInfo ToDecimal = typeof(Convert).GetMethod(nameof(Convert.ToDecimal), [typeof(string)])!;
    private static readonly System.Reflection.MethodInfo Matches = typeof(Regex).GetMethod(nameof(Regex.IsMatch), [typeof(string), typeof(string), typeof(RegexOptions)])!;
}
