using System.Diagnostics;
using Credit.Core.Modules;

namespace Credit.Conformance;

/// <summary>Rules on what a module costs when the host starts. Allocations are counted, because they are the same on every machine.</summary>
internal static class StartRules
{
    public static IEnumerable<KeyValuePair<ModuleDiagnostic, Func<ModuleUnderTest, IEnumerable<string>>>> All =>
    [
        new(ModuleDiagnostic.StartMemory, Memory),
        new(ModuleDiagnostic.StartTime, Time),
    ];

    private static IEnumerable<string> Memory(ModuleUnderTest module)
    {
        // The first start also pays for the compiler; the one measured is the one of the module.
        Start(module);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Start(module);
        var taken = GC.GetAllocatedBytesForCurrentThread() - before;
        if (taken > module.Budget.Bytes)
        {
            yield return $"The start allocates {taken:N0} bytes; the budget is {module.Budget.Bytes:N0}. Load tables when they are first asked for, not in constructors or AddServices.";
        }
    }

    private static IEnumerable<string> Time(ModuleUnderTest module)
    {
        var best = TimeSpan.MaxValue;
        for (var run = 0; run < 3 && best > module.Budget.Time; run++)
        {
            var watch = Stopwatch.StartNew();
            Start(module);
            best = watch.Elapsed < best ? watch.Elapsed : best;
        }

        if (best > module.Budget.Time)
        {
            yield return $"The start takes {best.TotalSeconds:0.0} s at best; the budget is {module.Budget.Time.TotalSeconds:0.0} s. Call nothing and wait for nothing in constructors, AddServices and MapEndpoints.";
        }
    }

    private static void Start(ModuleUnderTest module) => _ = new ModuleUnderTest(module.Assembly);
}
