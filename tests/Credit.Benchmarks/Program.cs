using Credit.Benchmarks;
using Credit.Benchmarks.Checks;
using Credit.Benchmarks.Feeds;
using Credit.Benchmarks.Inference;

// Ratios in one run against a baseline written by hand; seconds of one machine say nothing about another.
return args switch
{
    ["intake", .. var rest] => await IntakeAgainstSaveChanges.RunAsync(rest),
    ["modules", .. var rest] => await StartWithModules.RunAsync(rest),
    ["feeds", .. var rest] => await FeedsAgainstByHand.RunAsync(rest),
    ["checks", .. var rest] => await ChecksAgainstEcho.RunAsync(rest),
    ["fan-out", .. var rest] => await FanOut.RunAsync(rest),
    ["inference", .. var rest] => await InferenceByTime.RunAsync(rest),
    ["names", .. var rest] => await NameSearch.RunAsync(rest),
    ["radar", .. var rest] => await GapRadarAgainstSql.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: Credit.Benchmarks intake [rows=100000] [rounds=5] | modules [modules=100] [rounds=5] | fan-out [rounds=30] | feeds [subjects=1000000] [entries=500000] [penalties=2000000] [rounds=5] [seconds=5] | checks [subjects=1000000] [rounds=5] [seconds=5] | inference [pairs=500] [entries=20000] | names [names=1000000, 0 for the quality alone] [seed=2026] | radar [decisions=2000000] [receipts=1000000] [subjects=1000000] [entries=150000] [rounds=3]");
    return 2;
}
