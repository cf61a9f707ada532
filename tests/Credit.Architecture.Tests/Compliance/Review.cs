using System.Text.Json;
using System.Text.Json.Serialization;
using Credit.Architecture.Tests.Policy;

namespace Credit.Architecture.Tests.Compliance;

/// <summary>What a reviewer says of a requirement or an invariant after reading its tests.</summary>
/// <param name="Met">Which acceptance the tests cover; null while it is not all covered.</param>
/// <param name="Missing">What no test shows yet; null where it is met.</param>
/// <param name="NotApplicable">Why no software can meet it; null where one can.</param>
internal sealed record Reviewed(string? Met = null, string? Missing = null, string? NotApplicable = null);

/// <summary>The reviewed file <c>Data/compliance.json</c> and what may be wrong with it.</summary>
internal static class Review
{
    private static readonly JsonSerializerOptions FileFormat = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    public static IReadOnlyDictionary<string, Reviewed> Read() => Parse(File.ReadAllText(Papers.PathOf("compliance.json")));

    public static IReadOnlyDictionary<string, Reviewed> Parse(string json) => JsonSerializer.Deserialize<Dictionary<string, Reviewed>>(json, FileFormat)!;

    /// <summary>Every way in which the review, or a test, says what is not so.</summary>
    public static IEnumerable<string> Faults(IReadOnlyDictionary<string, Reviewed> review, IReadOnlyCollection<Citation> citations)
    {
        var tested = citations.Select(citation => citation.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var (id, reviewed) in review)
        {
            if (!Papers.Ids.Contains(id))
            {
                yield return $"{id} is reviewed and does not exist";
            }

            if (new[] { reviewed.Met, reviewed.Missing, reviewed.NotApplicable }.Count(said => !string.IsNullOrWhiteSpace(said)) != 1)
            {
                yield return $"{id} is either met or something is missing";
            }

            if (reviewed.NotApplicable is not null && tested.Contains(id))
            {
                yield return $"{id} is said not to apply and a test carries it";
            }

            if (reviewed.Met is not null && !tested.Contains(id))
            {
                yield return $"{id} is said to be met and no test carries it";
            }
        }

        foreach (var citation in citations.Where(citation => !Papers.Ids.Contains(citation.Id) || (citation.Kind == "Requirement") != (citation.Id[0] == 'R')))
        {
            yield return $"{citation.Test} carries {citation.Kind} {citation.Id}, which does not exist";
        }
    }
}
