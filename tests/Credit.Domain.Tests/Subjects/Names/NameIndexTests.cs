using Credit.Domain.Subjects.Names;

namespace Credit.Domain.Tests.Subjects.Names;

public sealed class NameIndexTests : IDisposable
{
    private readonly NameIndex _index = new();
    private readonly Dictionary<string, Guid> _subjects = [];

    public NameIndexTests()
    {
        foreach (var name in new[]
        {
            "济宁市任城区鑫源商贸有限公司", "济宁市任城区鑫泉商贸有限公司", "济宁市兖州区鑫源商贸有限公司", "济宁市任城区鑫源建筑工程有限公司", "任城区鑫源五金店",
            "山东大禹水务集团有限公司", "山东大禹水务集团有限公司任城分公司", "任城区凤麟小吃店", "济宁市任城区德润科技有限公司",
        })
        {
            _subjects[name] = Guid.CreateVersion7();
            _index.Put(_subjects[name], name, []);
        }
    }

    public void Dispose() => _index.Dispose();

    [Theory]
    [InlineData("济宁市任城区鑫源商贸有限公司", "济宁市任城区鑫源商贸有限公司")]
    [InlineData("任城鑫源贸易公司", "济宁市任城区鑫源商贸有限公司")]
    [InlineData("濟寧市任城區鑫源商貿有限公司", "济宁市任城区鑫源商贸有限公司")]
    [InlineData("新园商贸", "济宁市任城区鑫源商贸有限公司")]
    [InlineData("凤鳞小吃", "任城区凤麟小吃店")]
    [InlineData("大禹水务", "山东大禹水务集团有限公司")]
    [InlineData("山东大禹水务集团有限公司汶上分公司", "山东大禹水务集团有限公司")]
    [InlineData("derunkeji", "济宁市任城区德润科技有限公司")]
    [InlineData("DRKJ", "济宁市任城区德润科技有限公司")]
    public void What_people_write_finds_who_is_meant_first(string asked, string meant)
    {
        var found = _index.Search(asked, least: 0.5, most: 5);

        found.ShouldNotBeEmpty();
        found[0].SubjectId.ShouldBe(_subjects[meant]);
        found.Select(match => match.Score).ShouldBeInOrder(SortDirection.Descending);
        found.ShouldAllBe(match => match.Score >= 0.5 && match.Score <= 1 && match.Reasons.Count > 0);
    }

    [Fact]
    public void Whoever_leaves_is_found_no_more_and_what_is_renamed_ten_thousand_times_takes_no_more_room_than_once()
    {
        var meant = _subjects["济宁市任城区鑫源商贸有限公司"];
        var before = _index.Search("任城鑫源商贸", least: 0.5, most: 5);
        var restless = Guid.CreateVersion7();
        for (var time = 0; time < 10_000; time++)
        {
            _index.Put(restless, $"任城区翯{(char)('一' + time)}五金店", []);
        }

        _index.Count.ShouldBe(_subjects.Count + 1);
        _index.Held.ShouldBeLessThan(_index.Count + 1100);
        _index.Search("任城区翯一五金店", least: 0.95, most: 5).ShouldBeEmpty("that was its name at first");
        _index.Search($"任城区翯{(char)('一' + 9_999)}五金店", least: 0.95, most: 5).Select(match => match.SubjectId).ShouldBe([restless]);

        _index.Put(restless, null, []);
        _index.Search($"任城区翯{(char)('一' + 9_999)}五金店", least: 0.95, most: 5).ShouldBeEmpty();
        _index.Search("任城鑫源商贸", least: 0.5, most: 5).Select(match => match.SubjectId).ShouldBe(before.Select(match => match.SubjectId));
        _index.Search("任城鑫源商贸", least: 0.5, most: 5)[0].SubjectId.ShouldBe(meant);
    }

    [Fact]
    public void Reasons_say_part_by_part_what_matched_how()
    {
        var found = _index.Search("兖州心源商贸", least: 0.5, most: 9);
        var reasons = found.Single(match => match.SubjectId == _subjects["济宁市任城区鑫源商贸有限公司"]).Reasons.ToDictionary(reason => reason.Part);

        (reasons[NamePart.Brand].Match, reasons[NamePart.Brand].Asked, reasons[NamePart.Brand].Found).ShouldBe((PartMatch.SameSound, "心源", "鑫源"));
        reasons[NamePart.Trade].Match.ShouldBe(PartMatch.Same);
        reasons[NamePart.Region].Match.ShouldBe(PartMatch.Different);
        reasons[NamePart.Form].Match.ShouldBe(PartMatch.NotAsked);
        found[0].SubjectId.ShouldBe(_subjects["济宁市兖州区鑫源商贸有限公司"]);
    }

    [Fact]
    public void The_region_of_another_district_the_branch_of_a_parent_and_another_trade_rank_below()
    {
        Ranks("济宁市任城区鑫源商贸有限公司", above: "济宁市任城区鑫源商贸有限公司", below: "济宁市兖州区鑫源商贸有限公司");
        Ranks("山东大禹水务集团有限公司", above: "山东大禹水务集团有限公司", below: "山东大禹水务集团有限公司任城分公司");
        Ranks("鑫源建筑", above: "济宁市任城区鑫源建筑工程有限公司", below: "济宁市任城区鑫源商贸有限公司");
    }

    [Fact]
    public void A_name_that_was_changed_is_found_by_the_new_one_and_as_a_former_one()
    {
        var subject = _subjects["任城区凤麟小吃店"];
        _index.Put(subject, "任城区德顺饭庄", ["任城区凤麟小吃店"]);

        (_index.Search("德顺饭庄", 0.5, 5)[0].SubjectId, _index.Search("德顺饭庄", 0.5, 5)[0].Former).ShouldBe((subject, false));
        (_index.Search("凤麟小吃店", 0.5, 5)[0].SubjectId, _index.Search("凤麟小吃店", 0.5, 5)[0].Former).ShouldBe((subject, true));

        _index.Put(subject, null, []);
        _index.Search("凤麟小吃店", 0.5, 5).ShouldBeEmpty();
        _index.Count.ShouldBe(8);
    }

    [Theory]
    [InlineData("")]
    [InlineData("（）")]
    [InlineData("🀄🀄🀄")]
    [InlineData("有限公司")]
    [InlineData("济宁市任城区")]
    [InlineData("q")]
    public void What_names_nobody_finds_nobody_or_little_and_never_fails(string asked) => _index.Search(asked, least: 0.65, most: 5).Count.ShouldBeLessThanOrEqualTo(5);

    [Fact]
    public async Task Readers_and_a_writer_do_not_disturb_one_another()
    {
        var wrong = 0;
        await Task.WhenAll(
            Task.Run(() =>
            {
                for (var number = 0; number < 2000; number++)
                {
                    _index.Put(Guid.CreateVersion7(), $"任城区宏图{(char)(0x4E00 + number)}商贸有限公司", []);
                }
            }),
            Task.Run(() =>
            {
                for (var number = 0; number < 500; number++)
                {
                    wrong += _index.Search("德润科技", 0.5, 1)[0].SubjectId == _subjects["济宁市任城区德润科技有限公司"] ? 0 : 1;
                }
            }));
        wrong.ShouldBe(0);
    }

    private void Ranks(string asked, string above, string below)
    {
        var found = _index.Search(asked, least: 0, most: 20).Select(match => match.SubjectId).ToList();
        found[0].ShouldBe(_subjects[above], asked);
        found.IndexOf(_subjects[below]).ShouldBeGreaterThan(0, asked);
    }
}
