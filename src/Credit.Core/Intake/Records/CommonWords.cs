namespace Credit.Core.Intake.Records;

/// <summary>Yes or no, as the layouts write it.</summary>
internal enum Answer
{
    /// <summary>否.</summary>
    No,

    /// <summary>是.</summary>
    Yes,
}

/// <summary>Code lists that several layouts share.</summary>
internal static class CommonWords
{
    /// <summary>是 and 否.</summary>
    public static readonly WordList<Answer> Answers = new((Answer.Yes, "是", ["1", "Y", "y"]), (Answer.No, "否", ["0", "N", "n"]));

    /// <summary>主体类别.</summary>
    public static readonly WordList<CounterpartKind> Kinds = new(
        (CounterpartKind.Organisation, "法人及非法人组织", ["法人", "非法人组织"]),
        (CounterpartKind.NaturalPerson, "自然人", []),
        (CounterpartKind.IndividualBusiness, "个体工商户", []));

    /// <summary>The word for an answer; null when there is none.</summary>
    public static string? Title(this Answer? answer) => answer is { } given ? Answers.TitleOf(given) : null;
}
