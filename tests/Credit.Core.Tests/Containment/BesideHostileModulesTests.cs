using System.Reflection;
using Credit.Core.Oversight;
using Credit.Core.Tests.DueProcess;
using Credit.Core.Tests.Enforcement;
using Credit.Core.Tests.Intake;
using Credit.Core.Tests.Listing;
using Credit.Core.Tests.Records;
using Credit.Core.Tests.Tour;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Sdk;

namespace Credit.Core.Tests.Containment;

/// <summary>
/// The core's own tests once more, as they stand, on a host with hostile modules: intake, proposal, recognition, report, tasks, objection
/// and exit. Every test of the classes named here is a case, those written tomorrow too.
/// </summary>
public sealed class BesideHostileModulesTests(HostileHost host) : IClassFixture<HostileHost>
{
    private static readonly Type[] Classes =
        [typeof(EveryFileOverHttpTests), typeof(RecordFileTests), typeof(ListEntryJourneyTests), typeof(MeasureTaskJourneyTests), typeof(ObjectionJourneyTests)];

    // Left to their own class: the same way once more, a host of its own, and a person whom another class here names otherwise.
    private static readonly string[] Once = ["variants/", "An_entry_is_gone_the_day_after_its_last_day", "A_natural_person_is_not_listed_black_without_prior_notice"];

    public static TheoryData<string> Cases => [.. Find().Select(test => test.Title)];

    [Theory]
    [MemberData(nameof(Cases))]
    [Trait("Invariant", "X32")]
    public async Task A_test_of_the_core_passes_beside_them(string title)
    {
        var (type, method, arguments, _) = Find().Single(test => test.Title == title);
        var tests = Activator.CreateInstance(type, host);
        await (Task)method.Invoke(tests, BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null)!;
    }

    [Fact]
    public void Tests_of_every_class_are_among_them_and_a_failing_one_fails()
    {
        Classes.ShouldAllBe(type => Find().Count(test => test.Class == type) > 2);
        var failing = typeof(Planted).GetMethod(nameof(Planted.FailsAsync))!;
        Should.Throw<ShouldAssertException>(() => failing.Invoke(new Planted(), BindingFlags.DoNotWrapExceptions, binder: null, [], culture: null));
    }

    private static IEnumerable<(Type Class, MethodInfo Method, object[] Arguments, string Title)> Find() =>
        from type in Classes
        from method in type.GetMethods()
        where method.GetCustomAttribute<FactAttribute>() is not null
        from arguments in method.GetCustomAttributes<DataAttribute>().SelectMany(data => data.GetData(method)).DefaultIfEmpty([])
        let title = $"{type.Name}.{method.Name}({string.Join(", ", arguments)})"
        where !Once.Any(title.Contains)
        select (type, method, arguments, title);

    private sealed class Planted
    {
        public Task FailsAsync() => throw new ShouldAssertException("It fails.");
    }
}

/// <summary>A host of the tour with hostile modules.</summary>
public sealed class HostileTourHost : HostileHost
{
    protected override IReadOnlyList<string> Settings => [.. base.Settings, .. TourHost.District];
}

/// <summary>The tour of the documentation, walked beside hostile modules.</summary>
public sealed class TourBesideHostileModulesTests(HostileTourHost host) : IClassFixture<HostileTourHost>
{
    [Fact]
    [Trait("Invariant", "X32")]
    public async Task Every_step_does_what_it_says()
    {
        await host.Services.GetRequiredService<ReportingPeriods>().RunOnceAsync(CancellationToken.None);
        foreach (var chapter in TourChapters.ReadAll())
        {
            await new TourWalk(host, chapter).RunAsync("beside hostile modules");
        }
    }
}
