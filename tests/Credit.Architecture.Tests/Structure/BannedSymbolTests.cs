using System.Reflection;
using Credit.Architecture.Tests.Planted;
using Credit.Architecture.Tests.Reading;
using Credit.Testing;

namespace Credit.Architecture.Tests.Structure;

/// <summary>The clock is injected. The analyzer says so while one types; this says so of what was compiled, whatever warning was switched off.</summary>
public sealed class BannedSymbolTests
{
    private static readonly string[] Clocks =
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today", "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow",
        "System.TimeZoneInfo.get_Local", "System.TimeProvider.GetLocalNow",
    ];

    [Fact]
    [Trait("Invariant", "I36")]
    public void Every_clock_but_the_injected_one_is_banned() => Clocks.ShouldBeSubsetOf(Banned());

    [Fact]
    public void Every_project_is_held_to_the_banned_symbols()
    {
        var house = File.ReadAllText(Path.Combine(Repository.Root, "Directory.Build.props"));
        house.ShouldContain("<AdditionalFiles Include=\"$(MSBuildThisFileDirectory)BannedSymbols.txt\"");
        house.ShouldContain("<PackageReference Include=\"Microsoft.CodeAnalysis.BannedApiAnalyzers\"");
        house.ShouldContain("<TreatWarningsAsErrors>true</TreatWarningsAsErrors>");
    }

    [Fact]
    [Trait("Invariant", "I36")]
    public void Nothing_banned_is_called() => Calls(House.All.SelectMany(assembly => assembly.GetTypes())).ShouldBeEmpty();

    [Fact]
    public void A_banned_call_is_found_though_its_warning_is_switched_off() =>
        Calls([typeof(LooksAtTheWall)]).ShouldBe(["LooksAtTheWall.Time calls System.DateTime.get_Now"]);

    private static IReadOnlyCollection<string> Banned() =>
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "BannedSymbols.txt"))
            .Where(line => line.Length > 0)
            .Select(line => line[..line.IndexOf(';', StringComparison.Ordinal)])
            .Select(symbol => symbol[0] == 'P' ? symbol[2..].Insert(symbol.LastIndexOf('.') - 1, "get_") : symbol[2..]),
    ];

    private static IEnumerable<string> Calls(IEnumerable<Type> types)
    {
        var banned = Banned().ToHashSet(StringComparer.Ordinal);
        return
            from method in Instructions.MethodsOf(types)
            from called in Instructions.Of(method).Select(instruction => instruction.Called).OfType<MethodBase>()
            where banned.Contains(NameOf(called))
            select $"{Instructions.PlaceOf(method)} calls {NameOf(called)}";
    }

    private static string NameOf(MethodBase method) => $"{method.DeclaringType?.FullName}.{method.Name}";
}
