using System.Globalization;
using Credit.Core.Store;
using Credit.Core.Tests.Register;
using Credit.Domain.Tests.Model;
using Credit.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Credit.Core.Tests.Model;

/// <summary>
/// The same random commands on the district in memory and, through the real use cases, on PostgreSQL: after every command both
/// have answered the same and are the same. <c>CREDIT_MODEL_STORED</c> sets how many commands, <c>CREDIT_MODEL_SEED</c> runs one
/// sequence again. See docs/proof.md.
/// </summary>
public sealed class RegisterModelTests(HostFixture host, ITestOutputHelper output) : IClassFixture<HostFixture>
{
    private const int Normal = 1_200;

    private const ulong First = 3_000_000;

    // The host does not die inside a use case here, its memoranda are those of its modules, and it knows no officeholders.
    private static readonly CommandKind[] Left = [CommandKind.HostCrash, CommandKind.CatalogueUpdate, CommandKind.NameResponsible];

    [Fact]
    [Trait("Invariant", "I82")]
    public async Task The_platform_and_the_model_answer_the_same_and_become_the_same_after_every_command()
    {
        var one = Environment.GetEnvironmentVariable("CREDIT_MODEL_SEED");
        var commands = Environment.GetEnvironmentVariable("CREDIT_MODEL_STORED") is { } many ? int.Parse(many, CultureInfo.InvariantCulture) : Normal;
        var desk = new UseCaseDesk(host.Services);
        var tally = new Tally();
        HashSet<string> rows = new(StringComparer.Ordinal);
        var number = 0;
        do
        {
            var seed = one is null ? First + (ulong)number : ulong.Parse(one, CultureInfo.InvariantCulture);
            var twin = new Twin(host, desk, seed, number++);
            await RunAsync(twin, seed, tally);
            (await twin.CompareAsync()).ShouldBeNull($"seed {seed}, in the end");
            rows.UnionWith(twin.Watchman.Rows);
            await RegisterRules.HoldAsync(host);
        }
        while (one is null && tally.Total < commands);

        // What was logged of all that yields all that is stored, repairs and reparations too (I82).
        await using var scope = host.Services.CreateAsyncScope();
        var (differences, compared) = await Folding.CompareAsync(scope.ServiceProvider.GetRequiredService<CreditDbContext>());
        differences.ShouldBeEmpty();
        if (one is null)
        {
            compared["Repair"].ShouldBeGreaterThan(0);
            compared["Rectification"].ShouldBeGreaterThan(0);
        }

        output.WriteLine($"{tally.Total} commands in {number} districts, {rows.Count} of {Watchman.AllRows().Count()} rows of the tables taken\n{tally}");
    }

    private async Task RunAsync(Twin twin, ulong seed, Tally tally)
    {
        List<string> told = [];
        var number = 0;
        foreach (var command in Generator.Sequence(seed, ModelRun.Length, Left))
        {
            number++;
            if (Resolver.Resolve(command, twin.Model) is not { } request)
            {
                continue;
            }

            told.Add($"{twin.Model.Now.ToOffset(TimeSpan.FromHours(8)):yyyy-MM-dd HH:mm:ss} {request}");
            var difference = await twin.DoAsync(request, number);
            difference.ShouldBeNull($"seed {seed}, command {number}:\n{string.Join('\n', told.TakeLast(25))}");
            tally.Count(request, twin.Last);
        }
    }
}
