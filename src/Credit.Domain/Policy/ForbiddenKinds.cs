namespace Credit.Domain.Policy;

/// <summary>
/// Personal data that nobody may collect: religion, genes, fingerprints, blood type, illness and medical history (I21; 征信业管理条例
/// 第十四条). The words are data. They are looked for where a text is about a natural person: of an organisation they may be its trade.
/// </summary>
public static class ForbiddenKinds
{
    /// <summary>The kinds with the words that betray them.</summary>
    public static IReadOnlyList<ForbiddenKind> All { get; } = EmbeddedFile.Read<KindFile>("forbidden-kinds.json").Kinds;

    /// <summary>True when a text about a natural person, or the name of a column, speaks of such data.</summary>
    public static bool IsIn(string? text) =>
        text is not null && All.Any(kind => kind.Words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)));

    internal static Refusal Refused(string field) => new(
        "forbidden-kind-of-data",
        "不得采集自然人的宗教信仰、基因、指纹、血型、疾病和病史信息。",
        "Religion, genes, fingerprints, blood type, illness and medical history of a person are not collected.",
        Clause.Standard("I21"),
        field);

    private sealed record KindFile(IReadOnlyList<string> Sources, IReadOnlyList<ForbiddenKind> Kinds);
}

/// <summary>A kind of personal data that nobody may collect.</summary>
/// <param name="Key">Key.</param>
/// <param name="Title">Chinese title.</param>
/// <param name="Words">Words that betray it.</param>
public sealed record ForbiddenKind(string Key, string Title, IReadOnlyList<string> Words);
