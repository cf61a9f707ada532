namespace Credit.Modules.Court.Criteria;

/// <summary>
/// The six situations of 法释〔2017〕7号第一条, found in the facts by the words every decision to list uses. The first is also
/// what "able to perform but refuses" says.
/// </summary>
internal static class ListingSituations
{
    private static readonly (int Number, string[] Words)[] Six =
    [
        (1, ["有履行能力而拒不履行"]),
        (2, ["抗拒执行", "妨碍执行", "妨害执行"]),
        (3, ["规避执行"]),
        (4, ["财产报告"]),
        (5, ["限制消费令", "限制高消费"]),
        (6, ["和解协议"]),
    ];

    /// <summary>Numbers of the situations that the facts state; empty when they state none.</summary>
    /// <param name="facts">The facts found.</param>
    /// <param name="ableButRefuses">The proposal says that the debtor can perform and will not.</param>
    public static IReadOnlyList<int> In(string facts, bool ableButRefuses) =>
        [.. Six.Where(each => (each.Number == 1 && ableButRefuses) || each.Words.Any(word => facts.Contains(word, StringComparison.Ordinal))).Select(each => each.Number)];
}
