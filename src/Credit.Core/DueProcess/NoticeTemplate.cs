using System.Collections.Frozen;
using System.Text.RegularExpressions;
using Credit.Core.Intake.Cells;
using Credit.Core.Reference;
using Credit.Domain.DueProcess;

namespace Credit.Core.DueProcess;

/// <summary>The wording of a kind of notice, with places to fill in braces.</summary>
/// <param name="Title">Title.</param>
/// <param name="Text">Text.</param>
internal sealed partial record NoticeTemplate(string Title, string Text)
{
    private static readonly FrozenDictionary<NoticeKind, NoticeTemplate> Shipped =
        ReferenceFile.Read<Dictionary<NoticeKind, NoticeTemplate>>("notices.json").ToFrozenDictionary();

    /// <summary>The template of a kind.</summary>
    public static NoticeTemplate Of(NoticeKind kind) => Shipped[kind];

    /// <summary>Title and text with every place filled; personal numbers in what departments wrote are masked.</summary>
    /// <exception cref="KeyNotFoundException">A place has no value: a notice with a gap is never sent.</exception>
    public (string Title, string Text) Fill(IReadOnlyDictionary<string, string> values) => (Fill(Title, values), Fill(Text, values));

    private static string Fill(string template, IReadOnlyDictionary<string, string> values) =>
        PersonalText.Mask(Place().Replace(template, place => values[place.Groups[1].Value]))!;

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Place();
}
