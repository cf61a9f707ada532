using Credit.Benchmarks;

// Ratios in one run against a baseline written by hand; seconds of one machine say nothing about another.
return args switch
{
    ["intake", .. var rest] => await IntakeAgainstSaveChanges.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: Credit.Benchmarks intake [rows=100000] [rounds=5]");
    return 2;
}
