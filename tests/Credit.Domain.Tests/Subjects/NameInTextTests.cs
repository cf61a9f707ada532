using Credit.Domain.Subjects;

namespace Credit.Domain.Tests.Subjects;

/// <summary>A name is found in a text however its characters are set apart.</summary>
[Trait("Requirement", "R-3.1.4.i")]
public sealed class NameInTextTests
{
    [Theory]
    [InlineData("田博主动履行", "田博")]
    [InlineData("田 博主动履行", "田博")]
    [InlineData("田　博主动履行", "田博")]
    [InlineData("田·博、主动履行", "田博")]
    [InlineData("田\u200B博主动履行", "田博")]
    [InlineData("阿卜杜拉热合曼主动履行", "阿卜杜拉·热合曼")]
    [InlineData("Ｋｉｍ-minsoo主动履行", "KIM MINSOO")]
    [InlineData("孙 𠮷 祥主动履行", "孙𠮷祥")]
    [InlineData("住任城区 太白路 1 号", "任城区太白路1号")]
    public void A_name_is_found_without_regard_to_space_width_and_punctuation(string text, string name) => NameInText.IsIn(text, name).ShouldBeTrue();

    [Theory]
    [InlineData("该企业主动履行", "田博")]
    [InlineData("田某主动履行，博得好评", "田博")]
    [InlineData("主动履行", " · ")]
    [InlineData(null, "田博")]
    [InlineData("主动履行", null)]
    public void What_is_not_there_is_not_found(string? text, string? name) => NameInText.IsIn(text, name).ShouldBeFalse();
}
