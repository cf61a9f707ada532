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
        var kept = commands.Take(breach.After).ToList();
        for (var size = kept.Count / 2; size > 0;)
        {
            var smaller = false;
            for (var at = kept.Count - size; at >= 0; at -= size)
            {
                List<Command> fewer = [.. kept.Take(at), .. kept.Skip(at + size)];
                if (Run(seed, fewer).Breach is { } same && same.Id == breach.Id)
                {
                    (kept, smaller) = ([.. fewer.Take(same.After)], true);
                    at = Math.Min(at, kept.Count);
                }
            }

            size = smaller && size < kept.Count ? size : size / 2;
        }

        return kept;
    }

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
