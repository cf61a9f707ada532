using System.Globalization;
using Credit.Domain.Listing;
using Credit.Domain.Tests.Enforcement;
using Xunit.Abstractions;

namespace Credit.Domain.Tests.Model;

/// <summary>
/// Random sequences of commands on a district in memory: after every command every invariant holds, and in the end every row
/// of every table of moves was taken (issue 3, assurance §4.7). <c>CREDIT_MODEL_COMMANDS</c> sets how many commands,
/// <c>CREDIT_MODEL_SEED</c> runs one sequence again. See docs/proof.md.
/// </summary>
public sealed class DistrictModelTests(ITestOutputHelper output)
{
    private const int Normal = 100_000;

    private const ulong First = 20190805;

    /// <summary>Districts run side by side before the commands are counted again.</summary>
    private const int Together = 64;

    [Fact]
    public void After_every_command_every_invariant_holds_and_every_move_of_every_table_was_made()
    {
        var one = Environment.GetEnvironmentVariable("CREDIT_MODEL_SEED");
        var runs = one is null ? RunAll() : [Run(ulong.Parse(one, CultureInfo.InvariantCulture))];

        var breaches = runs.Where(run => run.Breach is not null).DistinctBy(run => run.Breach!.Id)
            .Select(run => ModelRun.Report(run.Seed, Generator.Sequence(run.Seed, ModelRun.Length), run.Breach!)).ToArray();
        var tally = runs.Aggregate(new Tally(), (sum, run) => sum.Add(run.Tally));
        output.WriteLine($"{tally.Total} commands in {runs.Count} districts\n{tally}");
        breaches.ShouldBeEmpty(string.Join('\n', breaches));
        if (one is null)
        {
            Enum.GetValues<CommandKind>().Where(kind => kind != CommandKind.HostCrash && tally.Done(kind) == 0).ShouldBeEmpty("every command was done at least once");
            Watchman.AllRows().Except(runs.SelectMany(run => run.Rows)).ShouldBe(Watchman.LastDefence, ignoreOrder: true, "every row of every table was taken");
        }
    }

    [Fact]
    public void The_rows_that_no_sequence_reaches_are_moves_of_the_entry_itself()
    {
        foreach (var (on, row) in new[] { (EntryTrigger.Blacklist, "Red entry: Recognised -Blacklist-> Cancelled"), (EntryTrigger.Watchlist, "Red entry: Recognised -Watchlist-> Cancelled") })
        {
            var red = Sample.Proposed(ListKind.Red);
            _ = red.Recognise(Sample.Recognition()).Value;
            var recognised = Copy.Of(red);
            red.ForgetAnnouncements();

            red.Exit(on, Sample.Today).Accepted.ShouldBeTrue();

            var replayed = Replay.Of(new Change(recognised, red, [.. red.Announcements.Select(announced => announced.Announcement)]));
            replayed.Broken.ShouldBeNull();
            replayed.Rows.ShouldBe([row]);
        }
    }

    private static (ulong Seed, Breach? Breach, HashSet<string> Rows, Tally Tally) Run(ulong seed)
    {
        HashSet<string> rows = new(StringComparer.Ordinal);
        var tally = new Tally();
        return (seed, ModelRun.Run(seed, Generator.Sequence(seed, ModelRun.Length), rows, tally).Breach, rows, tally);
    }

    private static List<(ulong Seed, Breach? Breach, HashSet<string> Rows, Tally Tally)> RunAll()
    {
        var commands = Environment.GetEnvironmentVariable("CREDIT_MODEL_COMMANDS") is { } many ? int.Parse(many, CultureInfo.InvariantCulture) : Normal;
        List<(ulong Seed, Breach? Breach, HashSet<string> Rows, Tally Tally)> runs = [];
        for (var seed = First; runs.Sum(run => run.Tally.Total) < commands; seed += Together)
        {
            runs.AddRange(Enumerable.Range(0, Together).Select(number => seed + (ulong)number).AsParallel().AsOrdered().Select(Run));
        }

        return runs;
    }
}
