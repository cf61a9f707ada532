using Credit.Domain.Policy;

namespace Credit.Core.Intake.Cells;

/// <summary>Why a text that more than one department reads is refused: it holds the number of a person.</summary>
internal static class TextNamesPerson
{
    /// <summary>The reasons; none where no text holds a number.</summary>
    public static IEnumerable<Refusal> Against(Clause clause, params IEnumerable<(string? Text, string Field)> texts) =>
        texts.Where(each => PersonalText.IsIn(each.Text)).Select(each => new Refusal(
            "text-names-person", "文本中不得出现证件号码或电话。", "The text may not hold identity numbers or telephone numbers.", clause, each.Field));

    /// <summary>The reasons against document numbers: only what is laid out as an identity number is one.</summary>
    public static IEnumerable<Refusal> AgainstNumbers(Clause clause, params IEnumerable<(string? Number, string Field)> numbers) =>
        numbers.Where(each => PersonalText.IsInNumber(each.Number)).Select(each => new Refusal(
            "number-names-person", "文号中不得出现身份证件号码。", "A document number may not hold an identity number.", clause, each.Field));
}
