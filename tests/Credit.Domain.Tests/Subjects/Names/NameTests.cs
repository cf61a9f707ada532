using Credit.Domain.Subjects.Names;

namespace Credit.Domain.Tests.Subjects.Names;

public sealed class NameTests
{
    [Theory]
    [InlineData("濟寧鑫源商貿有限公司", "济宁鑫源商贸有限公司")]
    [InlineData("ＡＢＣ科技（济宁）有限公司", "ABC科技(济宁)有限公司")]
    [InlineData("济宁 鑫源·商贸【有限】公司", "济宁鑫源商贸(有限)公司")]
    [InlineData("abc", "ABC")]
    [InlineData("\uD840济宁", "济宁")]
    [InlineData(null, "")]
    [InlineData("　", "")]
    public void Spellings_of_one_name_become_one(string? name, string plain) => NameText.Normalise(name).ShouldBe(plain);

    [Theory]
    [InlineData("济宁市任城区鑫源商贸有限公司", "济宁市任城区", "鑫源", "商贸", "limited", "")]
    [InlineData("鑫源商贸（济宁）有限公司", "济宁", "鑫源", "商贸", "limited", "")]
    [InlineData("山东鑫源建筑工程集团有限公司", "山东", "鑫源", "建筑工程", "group", "")]
    [InlineData("鑫源信息技术股份有限公司兖州分公司", "", "鑫源", "信息技术", "stock", "兖州分公司")]
    [InlineData("任城区鑫源五金店", "任城区", "鑫源", "五金", "shop", "")]
    [InlineData("济宁市任城区古槐街道鑫源餐饮管理中心(有限合伙)", "济宁市任城区古槐街道", "鑫源餐饮管理中心", "", "partnership", "")]
    [InlineData("泰安有限公司", "泰安", "泰安", "", "limited", "")]
    [InlineData("任城区商贸鑫源有限公司", "任城区", "鑫源", "商贸", "limited", "")]
    [InlineData("鑫源任城区商贸有限公司", "任城区", "鑫源", "商贸", "limited", "")]
    [InlineData("商行", "", "商行", "", null, "")]
    public void A_name_is_read_in_its_parts(string name, string region, string brand, string trade, string? form, string branch)
    {
        var read = CompanyName.Read(name);

        (read.Region, read.Brand, read.Trade, read.FormClass, read.Branch).ShouldBe((region, brand, trade, form, branch));
    }

    [Fact]
    public void Letters_are_parted_into_syllables_in_every_way_there_is_and_what_is_no_pinyin_in_none()
    {
        NameSounds.Part("XIAN", most: 4).Select(way => way.Length).Order().ShouldBe([1, 2]);
        NameSounds.Part("XQZ", most: 4).ShouldBeEmpty();
        NameSounds.Part(new string('A', 200), most: 4).ShouldHaveSingleItem().Length.ShouldBe(200);
    }

    [Theory]
    [InlineData('源', '园', true)]
    [InlineData('源', '泉', false)]
    [InlineData('乐', '月', true)]
    public void Characters_sound_alike_by_any_of_their_readings(char one, char other, bool alike)
    {
        NameSounds.Alike(one, other).ShouldBe(alike);
        NameSounds.Alike(other, one).ShouldBe(alike);
    }

    [Fact]
    public void Who_keeps_no_tongues_apart_comes_near() => NameSounds.Near('森', '升').ShouldBeTrue();
}
