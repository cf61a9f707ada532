using System.Text.Json;
using System.Text.Json.Serialization;

namespace Credit.Architecture.Tests.Policy;

/// <summary>A row of the requirements.</summary>
/// <param name="Id">For example <c>R-3.2.2.d</c>.</param>
/// <param name="Clause">Heading of the clause in the policy, in Chinese.</param>
/// <param name="Obligation">What must be done.</param>
/// <param name="Acceptance">How one sees that it is.</param>
internal sealed record Requirement(string Id, string Clause, string Obligation, string Acceptance);

/// <summary>An invariant or an abuse case.</summary>
/// <param name="Id">For example <c>I34</c> or <c>X18</c>.</param>
/// <param name="Text">What holds, or what somebody tries.</param>
internal sealed record Statement(string Id, string Text);

/// <summary>The papers the code is held to; <c>Data/README.md</c> says where they come from.</summary>
internal static class Papers
{
    // Above the rest: static members are set in the order of the text.
    private static readonly JsonSerializerOptions FileFormat = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>Every row of the requirements in order.</summary>
    public static IReadOnlyList<Requirement> Requirements { get; } = Read<Requirement>("requirements.json");

    /// <summary>Every invariant in order.</summary>
    public static IReadOnlyList<Statement> Invariants { get; } = Read<Statement>("invariants.json");

    /// <summary>Every abuse case in order.</summary>
    public static IReadOnlyList<Statement> AbuseCases { get; } = Read<Statement>("abuse-cases.json");

    /// <summary>Every id a test, a move or a rule may cite.</summary>
    public static IReadOnlySet<string> Ids { get; } =
        Requirements.Select(row => row.Id).Concat(Invariants.Select(row => row.Id)).Concat(AbuseCases.Select(row => row.Id)).ToHashSet(StringComparer.Ordinal);

    /// <summary>True for the id of a row, and for one that rows start with: a whole section.</summary>
    public static bool Knows(string id) => Ids.Contains(id) || Requirements.Any(row => row.Id.StartsWith(id + ".", StringComparison.Ordinal));

    /// <summary>A file of the folder <c>Data</c>.</summary>
    public static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "Data", file);

    private static IReadOnlyList<T> Read<T>(string file) => JsonSerializer.Deserialize<T[]>(File.ReadAllText(PathOf(file)), FileFormat)!;
}
