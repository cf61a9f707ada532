using System.Text.RegularExpressions;
using Credit.Testing;

namespace Credit.Architecture.Tests.Compliance;

/// <summary>A test and one id it cites.</summary>
/// <param name="Test">Class and method.</param>
/// <param name="Kind"><c>Requirement</c> or <c>Invariant</c>.</param>
/// <param name="Id">The id, as written.</param>
internal sealed record Citation(string Test, string Kind, string Id);

/// <summary>
/// Reads tests and their traits from the sources, so that no test assembly needs to know another. It leans on the layout
/// that the formatter holds every file to: a class stands further left than its methods, attributes stand above what they are of.
/// </summary>
internal static partial class TestSources
{
    /// <summary>Every citation of every test of the repository, in order of tests and ids.</summary>
    public static IReadOnlyList<Citation> All() =>
    [
        .. Repository.Sources("tests").SelectMany(file => In(File.ReadAllText(file))).Distinct()
            .OrderBy(citation => citation.Test, StringComparer.Ordinal).ThenBy(citation => citation.Id, StringComparer.Ordinal),
    ];

    /// <summary>The citations of one source.</summary>
    public static IReadOnlyList<Citation> In(string source)
    {
        List<Citation> citations = [];
        Stack<(int Indent, string Name, IReadOnlyList<(string Kind, string Id)> Traits)> classes = [];
        List<(string Kind, string Id)> traits = [];
        var isTest = false;
        foreach (var line in OutsideOfRawTexts(source))
        {
            traits.AddRange(Trait().Matches(line).Select(match => (match.Groups["kind"].Value, match.Groups["id"].Value)));
            isTest |= Test().IsMatch(line);
            if (Class().Match(line) is { Success: true } type)
            {
                var indent = type.Groups["indent"].Length;
                LeaveDeeperThan(indent, classes);
                classes.Push((indent, type.Groups["name"].Value, [.. traits]));
            }
            else if (Method().Match(line) is { Success: true } method)
            {
                LeaveDeeperThan(method.Groups["indent"].Length, classes);
                if (isTest && classes.TryPeek(out var owner))
                {
                    citations.AddRange(owner.Traits.Concat(traits).Distinct().Select(trait => new Citation($"{owner.Name}.{method.Groups["name"].Value}", trait.Kind, trait.Id)));
                }
            }
            else
            {
                continue;
            }

            (traits, isTest) = ([], false);
        }

        return citations;
    }

    private static void LeaveDeeperThan(int indent, Stack<(int Indent, string Name, IReadOnlyList<(string Kind, string Id)> Traits)> classes)
    {
        while (classes.TryPeek(out var inner) && inner.Indent >= indent)
        {
            classes.Pop();
        }
    }

    // Planted sources of negative controls stand in raw texts and are no tests.
    private static IEnumerable<string> OutsideOfRawTexts(string source)
    {
        var inside = false;
        foreach (var line in source.Split('\n'))
        {
            if (!inside)
            {
                yield return WholeRawText().Replace(line, "\"\"");
            }

            if (WholeRawText().Replace(line, "").Contains("\"\"\"", StringComparison.Ordinal))
            {
                inside = !inside;
            }
        }
    }

    [GeneratedRegex(@"\[Trait\(""(?<kind>\w+)"", ""(?<id>[^""]+)""\)\]", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Trait();

    [GeneratedRegex(@"^\s*\[(Fact|Theory)(\((?!.*Skip).*\))?\]", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Test();

    [GeneratedRegex(@"^(?<indent> *)(?:(public|internal|private|protected|sealed|abstract|static|partial|file) )*(class|record|struct) (?<name>\w+)", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Class();

    [GeneratedRegex(@"^(?<indent> +)(?:(public|internal|private|protected|static|async|override|virtual|abstract) )+[\w<>\[\]?,. ()]*?\b(?<name>\w+)(<\w+>)?\(", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Method();

    [GeneratedRegex("\"\"\".*?\"\"\"", RegexOptions.None, 5000)]
    private static partial Regex WholeRawText();
}
