using System.Text;
using Credit.Domain.Policy;

namespace Credit.Domain.Tests.Model;

/// <summary>One district's worth of commands: generated from a seed, run, and taken apart when a statement does not hold.</summary>
internal static class ModelRun
{
    /// <summary>
    /// Commands after which a new district begins: long enough for whole lives, short enough to be looked at as a whole each
    /// time. About half of them find something they can be about; only these are counted.
    /// </summary>
    public const int Length = 450;

    private static readonly DateOnly First = new(2019, 8, 5);

    private static readonly PolicyPack Pack = PolicyPack.Shipped("rencheng-2019");

    /// <summary>Runs a sequence in a new district.</summary>
    public static (Breach? Breach, IReadOnlyList<string> Told) Run(ulong seed, IReadOnlyList<Command> commands, ISet<string>? rows = null, Tally? tally = null, bool tell = false)
    {
        var district = NewDistrict(seed);
        var watchman = new Watchman(district);
        List<string> told = [];
        Breach? breach = null;
        for (var number = 0; number < commands.Count && breach is null; number++)
        {
            if (Resolver.Resolve(commands[number], district) is not { } request)
            {
                continue;
            }

            (var answer, breach) = watchman.Do(request, number + 1);
            tally?.Count(request, answer);
            if (tell)
            {
                told.Add($"{district.Now.ToOffset(TimeSpan.FromHours(8)):yyyy-MM-dd HH:mm:ss} {request} -> {(answer.Accepted ? "done" : string.Join(", ", answer.Refusals))}");
            }
        }

        rows?.UnionWith(watchman.Rows);
        return (breach, told);
    }

    /// <summary>Every fourth district is a watchful one: warnings need three watch entries of one subject at once.</summary>
    public static bool IsWatchful(ulong seed) => seed % 4 == 0;

    /// <summary>A new district; where its clock starts depends on the seed.</summary>
    public static District NewDistrict(ulong seed)
    {
        var day = First.AddDays(new Numbers(seed ^ 0x5EED).Next(2000));
        return new District(Pack, Catalogue.OfModel(), CivilClock.StartOf(day).AddHours(10), withOfficeholders: true) { Watchful = IsWatchful(seed) };
    }

    /// <summary>The failing sequence with everything taken away that the failure does not need.</summary>
    public static IReadOnlyList<Command> Shrink(ulong seed, IReadOnlyList<Command> commands, Breach breach)
    {
        List<Command> kept = [.. commands.Take(breach.After)];
        for (var before = int.MaxValue; kept.Count < before;)
        {
            before = kept.Count;
            kept = Simplify(seed, Remove(seed, kept, breach.Id), breach.Id);
        }

        return kept;
    }

    // Takes larger, then smaller pieces away for as long as the same statement breaks.
    private static List<Command> Remove(ulong seed, List<Command> kept, string id)
    {
        for (var size = Math.Max(kept.Count / 2, 1); size > 0;)
        {
            var smaller = false;
            for (var at = kept.Count - size; at >= 0; at = Math.Min(at, kept.Count) - size)
            {
                if (Fails(seed, [.. kept.Take(at), .. kept.Skip(at + size)], id) is { } fewer)
                {
                    (kept, smaller) = (fewer, true);
                }
            }

            size = smaller && size < kept.Count ? size : size / 2;
        }

        return kept;
    }

    // A command about the latest thing it fits no longer depends on how many things there are: more can be taken away.
    private static List<Command> Simplify(ulong seed, List<Command> kept, string id)
    {
        for (var at = 0; at < kept.Count; at++)
        {
            if (kept[at] is { Pick: not 1, Kind: not (CommandKind.Submit or CommandKind.Commit) } command
                && Fails(seed, [.. kept.Take(at), command with { Pick = 1 }, .. kept.Skip(at + 1)], id) is { } simpler)
            {
                kept = simpler;
            }
        }

        return kept;
    }

    private static List<Command>? Fails(ulong seed, List<Command> commands, string id) =>
        Run(seed, commands).Breach is { } same && same.Id == id ? [.. commands.Take(same.After)] : null;

    /// <summary>What a reader needs to see a failure again and to understand it.</summary>
    public static string Report(ulong seed, IReadOnlyList<Command> commands, Breach breach)
    {
        var shrunk = Shrink(seed, commands, breach);
        var (again, told) = Run(seed, shrunk, tell: true);
        var text = new StringBuilder()
            .AppendLine($"{breach.Id} does not hold: {breach.Says}")
            .AppendLine($"Found after command {breach.After}: {breach.Found}")
            .AppendLine($"Run again with CREDIT_MODEL_SEED={seed}")
            .AppendLine($"Shrunk to {shrunk.Count} commands ({again?.Found}):");
        foreach (var line in told)
        {
            _ = text.Append("  ").AppendLine(line);
        }

        return text.ToString();
    }
}
