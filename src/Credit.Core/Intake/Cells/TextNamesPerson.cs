using Credit.Domain.Policy;

namespace Credit.Core.Intake.Cells;

/// <summary>Why a text that more than one department reads is refused: it holds the number of a person.</summary>
internal static class TextNamesPerson
{
    /// <summary>The reasons; none where no text holds a number.</summary>
    public static IEnumerable<Refusal> Against(Clause clause, params IEnumerable<(string? Text, string Field)> texts) =>
        texts.Where(each => PersonalText.IsIn(each.Text)).Select(each => new Refusal(
            "text-names-person", "文本中不得出现证件号码或电话。", "The text may not hold identity numbers or telephone numbers.", clause, each.Field));
}
