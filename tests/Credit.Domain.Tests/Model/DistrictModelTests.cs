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
    [Trait("Invariant", "I1")]
    [Trait("Invariant", "I2")]
    [Trait("Invariant", "I3")]
    [Trait("Invariant", "I4")]
    [Trait("Invariant", "I5")]
    [Trait("Invariant", "I6")]
    [Trait("Invariant", "I7")]
    [Trait("Invariant", "I8")]
    [Trait("Invariant", "I9")]
    [Trait("Invariant", "I10")]
    [Trait("Invariant", "I11")]
    [Trait("Invariant", "I15")]
    [Trait("Invariant", "I16")]
    [Trait("Invariant", "I22")]
    [Trait("Invariant", "I23")]
    [Trait("Invariant", "I24")]
    [Trait("Invariant", "I25")]
    [Trait("Invariant", "I33")]
    [Trait("Invariant", "I34")]
    [Trait("Invariant", "I35")]
    [Trait("Invariant", "I36")]
    [Trait("Invariant", "I37")]
    [Trait("Invariant", "I38")]
    [Trait("Invariant", "I39")]
    [Trait("Invariant", "I40")]
    [Trait("Invariant", "I41")]
    [Trait("Invariant", "I42")]
    [Trait("Invariant", "I43")]
    [Trait("Invariant", "I44")]
    [Trait("Invariant", "I45")]
    [Trait("Invariant", "I48")]
    [Trait("Invariant", "I49")]
    [Trait("Invariant", "I50")]
    [Trait("Invariant", "I51")]
    [Trait("Invariant", "I52")]
    [Trait("Invariant", "I53")]
    [Trait("Invariant", "I56")]
    [Trait("Invariant", "I57")]
    [Trait("Invariant", "I58")]
    [Trait("Invariant", "I59")]
    [Trait("Invariant", "I60")]
    [Trait("Invariant", "I61")]
    [Trait("Invariant", "I62")]
    [Trait("Invariant", "I63")]
    [Trait("Invariant", "I64")]
    [Trait("Invariant", "I65")]
    [Trait("Invariant", "I66")]
    [Trait("Invariant", "I67")]
    [Trait("Invariant", "I68")]
    [Trait("Invariant", "I70")]
    [Trait("Invariant", "I73")]
    [Trait("Invariant", "I74")]
    [Trait("Invariant", "I80")]
    [Trait("Invariant", "I83")]
    [Trait("Invariant", "I84")]
    [Trait("Invariant", "I92")]
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
    public void The_ids_of_the_model_test_are_those_of_its_checkers() => typeof(DistrictModelTests).GetMethods()
        .Single(method => method.Name.StartsWith("After_every_command", StringComparison.Ordinal))
        .GetCustomAttributesData().Where(attribute => attribute.AttributeType == typeof(TraitAttribute)).Select(attribute => (string)attribute.ConstructorArguments[1].Value!)
        .ShouldBe(Watchman.Invariants.Select(invariant => invariant.Id), ignoreOrder: true);

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
