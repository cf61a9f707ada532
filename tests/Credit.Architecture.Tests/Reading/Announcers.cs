using System.Reflection;
using System.Text.RegularExpressions;
using Credit.Domain.Policy;

namespace Credit.Architecture.Tests.Reading;

/// <summary>A place that announces something, and the clause it gives as the reason.</summary>
/// <param name="Announcement">What is announced.</param>
/// <param name="By">Type and method.</param>
/// <param name="Clause">The clause, or where it comes from.</param>
internal sealed record Announcer(Type Announcement, string By, string Clause);

/// <summary>Finds who announces what, in the compiled code: an announcement is made where it is announced.</summary>
internal static partial class Announcers
{
    /// <summary>The clause is that of the row of the table of moves.</summary>
    public const string OfTheMove = "of the move";

    /// <summary>The clause is handed in.</summary>
    public const string OfTheCaller = "of the caller";

    public static IReadOnlyList<Announcer> In(IEnumerable<Type> types) =>
    [
        .. Instructions.MethodsOf(types).SelectMany(In).Distinct()
            .OrderBy(announcer => announcer.By, StringComparer.Ordinal).ThenBy(announcer => announcer.Clause, StringComparer.Ordinal),
    ];

    private static IEnumerable<Announcer> In(MethodBase method)
    {
        var code = Instructions.Of(method);
        for (var at = 0; at < code.Count; at++)
        {
            if (code[at].Called is ConstructorInfo { DeclaringType: { } made } && made.GetCustomAttribute<WireNameAttribute>() is not null
                && method.DeclaringType != made)
            {
                yield return new Announcer(made, Instructions.PlaceOf(method), ClauseAfter(code, at + 1));
            }
        }
    }

    private static string ClauseAfter(IReadOnlyList<Instruction> code, int from)
    {
        for (var at = from; at < code.Count; at++)
        {
            switch (code[at].Called)
            {
                case { Name: nameof(Clause.R), DeclaringType: { } owner } when owner == typeof(Clause) && code[at - 1].Text is { } number:
                    return "R-" + number;
                case { Name: nameof(Clause.Standard), DeclaringType: { } owner } when owner == typeof(Clause) && code[at - 1].Text is { } name:
                    return name;
                case ConstructorInfo { DeclaringType: { } made } when made == typeof(Clause):
                    return OfTheMove;
                case { } called when Array.Exists(called.GetParameters(), parameter => parameter.Name == "announcement"):
                    return code[at - 1].Text is { } last && Number().IsMatch(last) ? "R-" + last : OfTheCaller;
            }
        }

        return OfTheCaller;
    }

    [GeneratedRegex(@"^\d+(\.\d+)+(\.[a-z])?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Number();
}
