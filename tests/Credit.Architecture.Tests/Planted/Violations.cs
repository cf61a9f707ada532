using Credit.Abstractions;
using Credit.Core.Http;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Routing;

namespace Credit.Architecture.Tests.Planted;

/// <summary>Neither a row nor a definition.</summary>
public sealed class ExportedByMistake;

/// <summary>Exported because a set has it.</summary>
public sealed record PlantedRow(Guid Id);

internal sealed class PlantedSet : IEntitySet<PlantedRow>
{
    public static string Name => "Planted";

    public static Surface Surface => Surface.Public;

    public static string Summary => "A set for a test.";

    public static void Shape(ISetShape<PlantedRow> row) => row.Key(planted => planted.Id);

    public IQueryable<PlantedRow> Rows() => Enumerable.Empty<PlantedRow>().AsQueryable();
}

#pragma warning disable CA1852 // Planted: the analyzer sees it here, but not in an assembly that shows its internals to another.
internal class OpenForNobody;
#pragma warning restore CA1852

internal class OpenForHeir;

internal sealed class Heir : OpenForHeir;

/// <summary>A use case in a file of another name.</summary>
internal sealed class PlantedUseCase : IUseCase
{
    public static void Map(IEndpointRouteBuilder api)
    {
    }
}

internal sealed record PlantedReport(string Number);

internal sealed class PlantedFeedback : IFeedback<PlantedReport>
{
    public static string Kind => "planted/report";

    public static IReadOnlyList<string> Answers => [];

    public static string Summary => "A report for a test.";

    public IEnumerable<Refusal> Check(PlantedReport report, TaskFacts task) => [];

    public string Describe(PlantedReport report) => report.Number;
}

/// <summary>Remembers what it should not.</summary>
internal static class Remembers
{
    public const string Fixed = "fixed";

    public static readonly IReadOnlyList<string> Kept = ["kept"];

    public static readonly List<string> Names = [];

    private static int _count;

    public static string? Last { get; set; }

    public static string Wish { get; } = "wish";

    private static Dictionary<string, int> Seen { get; } = [];

    public static void See(string name) => Seen[name] = ++_count;
}

/// <summary>Looks at a clock on the wall instead of the one it was given.</summary>
internal static class LooksAtTheWall
{
#pragma warning disable RS0030 // Planted: the compiled code is what is looked at.
    public static DateTime Time() => DateTime.Now;
#pragma warning restore RS0030
}
