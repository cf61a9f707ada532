using Credit.Conformance;
using Credit.Modules.YouthLeague;
using Credit.Modules.YouthLeague.Feedback;

namespace Credit.Modules.Tests;

public sealed class Youth_league_keeps_the_contract : ModuleSpecification<YouthLeagueModule>
{
    protected override IEnumerable<object> ValidReports =>
    [
        new VolunteerReward { Field = "教育", Reward = "优先参加职业培训", GivenOn = Task.Today },
        new YouthHonourRefused { Honour = "青年文明号", Action = "取消评选资格", DecidedOn = Task.Today },
    ];

    protected override IEnumerable<object> InvalidReports =>
    [
        new VolunteerReward { Field = "旅游", Reward = "", GivenOn = Task.Today },
        new YouthHonourRefused { Honour = "青年文明号", Action = "批评", DecidedOn = Task.IssuedOn.AddDays(-1) },
    ];
}
