using System.Text;
using Credit.Architecture.Tests.Policy;

namespace Credit.Architecture.Tests.Compliance;

/// <summary>How far a requirement or an invariant is shown to hold.</summary>
internal enum Standing
{
    /// <summary>No test carries it.</summary>
    Open,

    /// <summary>Tests carry it, and nobody has reviewed them to cover all of it.</summary>
    Partial,

    /// <summary>Tests carry it, and a reviewer found all of its acceptance in them.</summary>
    Met,

    /// <summary>No software can meet it; the review says why.</summary>
    NotApplicable,
}

/// <summary>Prints <c>docs/compliance.md</c>.</summary>
internal sealed class ComplianceDocument(IReadOnlyDictionary<string, Reviewed> review, IReadOnlyCollection<Citation> citations)
{
    private readonly ILookup<string, string> _tests = citations.ToLookup(citation => citation.Id, citation => citation.Test, StringComparer.Ordinal);

    /// <summary>The standing of an id: a review alone makes nothing met, nor does a test alone.</summary>
    public Standing StandingOf(string id) => review.TryGetValue(id, out var verdict) && verdict.NotApplicable is not null ? Standing.NotApplicable
        : !_tests.Contains(id) ? Standing.Open
        : review.TryGetValue(id, out var reviewed) && reviewed.Met is not null ? Standing.Met
        : Standing.Partial;

    public string Print()
    {
        var text = new StringBuilder("""
            # Compliance

            Written by a test from the traits of all tests and from the review in `tests/Credit.Architecture.Tests/Data/compliance.json`.
            **met**: tests carry the id and a reviewer found all of its acceptance in them. **partial**: tests carry the id. **open**: no test does.
            **not applicable**: it asks for something no software is; the review says why.


            """);
        text.Append("| | met | partial | open | not applicable |\n|---|---|---|---|---|\n");
        Count(text, "requirements of 济任政发〔2019〕8号", Papers.Requirements.Select(row => row.Id));
        Count(text, "invariants", Papers.Invariants.Select(row => row.Id));
        text.Append("\n## Requirements\n");
        var section = "";
        foreach (var row in Papers.Requirements)
        {
            if (SectionOf(row.Id) is var next && next != section)
            {
                text.Append($"\n### {section = next} {row.Clause}\n");
            }

            text.Append($"\n**{row.Id}** · {Word(row.Id)} · {row.Obligation}{(row.Acceptance.Length > 0 ? $"  \nAccepted when: {row.Acceptance}" : "")}\n");
            Evidence(text, row.Id);
        }

        text.Append("\n## Invariants\n");
        foreach (var row in Papers.Invariants)
        {
            text.Append($"\n**{row.Id}** · {Word(row.Id)} · {row.Text}\n");
            Evidence(text, row.Id);
        }

        return text.ToString();
    }

    private void Count(StringBuilder text, string what, IEnumerable<string> ids)
    {
        var standings = ids.CountBy(StandingOf).ToDictionary();
        text.Append($"| {what} | {standings.GetValueOrDefault(Standing.Met)} | {standings.GetValueOrDefault(Standing.Partial)} | {standings.GetValueOrDefault(Standing.Open)} | {standings.GetValueOrDefault(Standing.NotApplicable)} |\n");
    }

    private void Evidence(StringBuilder text, string id)
    {
        foreach (var test in _tests[id])
        {
            text.Append($"- `{test}`\n");
        }

        if (review.TryGetValue(id, out var reviewed))
        {
            text.Append(StandingOf(id) switch
            {
                Standing.Met => $"- covers: {reviewed.Met}\n",
                Standing.NotApplicable => $"- because: {reviewed.NotApplicable}\n",
                _ => $"- missing: {reviewed.Missing}\n",
            });
        }
    }

    private string Word(string id) => StandingOf(id) is Standing.NotApplicable ? "not applicable" : StandingOf(id).ToString().ToLowerInvariant();

    // R-3.2.2.d stands in R-3.2.2, R-2.1 and R-3.4.1 in themselves.
    private static string SectionOf(string id) => char.IsAsciiLetter(id[^1]) ? id[..id.LastIndexOf('.')] : id;
}
