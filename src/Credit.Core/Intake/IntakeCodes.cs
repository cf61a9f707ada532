using System.Collections.Frozen;
using System.Text.Json;

namespace Credit.Core.Intake;

/// <summary>What an intake code means and what to do about it, for people.</summary>
/// <param name="Code">Stable upper-case code.</param>
/// <param name="Chinese">What was found.</param>
/// <param name="English">The same in English.</param>
/// <param name="HintChinese">What the department should do.</param>
/// <param name="HintEnglish">The same in English.</param>
internal sealed record IntakeCode(string Code, string Chinese, string English, string HintChinese, string HintEnglish);

/// <summary>All intake codes of files, rows and cells, from <c>Reference/intake-codes.json</c>.</summary>
internal static class IntakeCodes
{
    private static readonly FrozenDictionary<string, IntakeCode> ByCode = Load();

    /// <summary>All codes.</summary>
    public static IEnumerable<IntakeCode> All => ByCode.Values.OrderBy(code => code.Code, StringComparer.Ordinal);

    /// <summary>The explanation of a code.</summary>
    /// <exception cref="KeyNotFoundException">A finding uses a code that the table does not explain: a bug.</exception>
    public static IntakeCode Explain(string code) => ByCode[code];

    private static FrozenDictionary<string, IntakeCode> Load()
    {
        using var stream = typeof(IntakeCodes).Assembly.GetManifestResourceStream("intake-codes.json")
            ?? throw new InvalidOperationException("The table of intake codes is not embedded.");
        var codes = JsonSerializer.Deserialize<IntakeCode[]>(stream, JsonSerializerOptions.Web)!;
        return codes.ToFrozenDictionary(code => code.Code, StringComparer.Ordinal);
    }
}
