using System.Text.Json;
using System.Text.RegularExpressions;
using Credit.Testing;

namespace Credit.Core.Tests.Tour;

/// <summary>The chapters of the tour, and which operations of the API they call.</summary>
internal static partial class TourChapters
{
    private const string Host = "{{host}}";

    /// <summary>All chapters by number.</summary>
    public static IReadOnlyList<HttpFile> ReadAll() =>
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "docs", "tour"), "*.http").Order(StringComparer.Ordinal).Select(HttpFile.Read)];

    /// <summary>
    /// Operations of all documents of the specification, for example <c>POST /api/entries/{id}/report</c>. The modules' kinds of
    /// feedback are one use case, each with a body of its own; every module's specification holds its kinds.
    /// </summary>
    public static IReadOnlyList<string> OperationsOf(JsonElement specification) =>
    [
        .. (from document in specification.EnumerateObject()
            from path in document.Value.GetProperty("paths").EnumerateObject()
            from operation in path.Value.EnumerateObject()
            select $"{operation.Name.ToUpperInvariant()} {Feedback().Replace(path.Name, "/api/modules/{module}/feedback/{kind}/")}").Distinct(),
    ];

    /// <summary>Operations that no step calls.</summary>
    public static IReadOnlyList<string> NotCalled(IReadOnlyList<string> operations, IEnumerable<HttpStep> steps)
    {
        var called = steps.Select(step => CalledBy(step, operations)).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return [.. operations.Where(operation => !called.Contains(operation))];
    }

    // Of /reports/{id} and /reports/follow-up the one with fewer parameters is meant.
    private static string? CalledBy(HttpStep step, IReadOnlyList<string> operations) => operations
        .Where(operation => Fits(step, operation))
        .MinBy(operation => operation.Count(letter => letter == '{'));

    private static bool Fits(HttpStep step, string operation)
    {
        if (!step.Address.StartsWith(Host, StringComparison.Ordinal) || !operation.StartsWith(step.Method.Method + " ", StringComparison.Ordinal))
        {
            return false;
        }

        var asked = step.Address[Host.Length..].Split('?')[0].Split('/');
        var offered = operation[(step.Method.Method.Length + 1)..].Split('/');
        return asked.Length == offered.Length && asked.Zip(offered).All(pair => pair.Second.StartsWith('{') ? pair.First.Length > 0 : pair.First == pair.Second);
    }

    [GeneratedRegex("^/api/modules/[^/]+/feedback/[^/]+/", RegexOptions.None, 1000)]
    private static partial Regex Feedback();
}
