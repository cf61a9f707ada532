namespace Credit.Domain.Policy;

/// <summary>Longest texts, as the national layouts have them: what is longer is a mistake or an attack.</summary>
internal static class TextLength
{
    /// <summary>Names and titles, characters.</summary>
    public const int Name = 200;

    /// <summary>Facts, characters.</summary>
    public const int Facts = 5000;

    /// <summary>Bases, reasons and other free texts, characters.</summary>
    public const int Text = 2048;

    /// <summary>The reason against a text that is too long; null when it is not.</summary>
    public static Refusal? Against(string? text, int longest, string field) => text?.Length > longest
        ? new("text-too-long", $"文本超过{longest}个字符。", $"The text is longer than {longest} characters.", Clause.R("3.1.1.b"), field)
        : null;
}
