using System.Security.Claims;
using System.Text.Json;
using Credit.Core.Modules;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Demo.Stories;

/// <summary>What a step has at hand: the use cases, a look into the register, and the day.</summary>
internal sealed class Stage(IServiceProvider services, DemoDesk desk, DemoTables tables, CancellationToken cancel)
{
    private static readonly bool?[] Approvals = [true, null, false];

    private int _cases;
    private readonly TimeProvider _clock = services.GetRequiredService<TimeProvider>();

    /// <summary>Today in the history.</summary>
    public DateOnly Today => _clock.Today();

    /// <summary>Modules, for the feedback they take.</summary>
    public ModuleCatalog Modules { get; } = services.GetRequiredService<ModuleCatalog>();

    /// <summary>Tables of the demo.</summary>
    public DemoTables Tables => tables;

    /// <summary>What the lead office thinks of the next case: yes, no, or nothing yet.</summary>
    public bool? NextApproval() => Approvals[(Interlocked.Increment(ref _cases) - 1) % Approvals.Length];

    /// <summary>Takes a step at the desk.</summary>
    public Task<JsonElement> AskAsync(ClaimsPrincipal caller, string useCase, object? body, Guid? id = null, int? version = null) =>
        desk.AskAsync(caller, useCase, body, id, version, cancel);

    /// <summary>Looks into the register.</summary>
    public async Task<T> ReadAsync<T>(Func<CreditDbContext, CancellationToken, Task<T>> read)
    {
        await using var scope = services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<CreditDbContext>(), cancel);
    }
}
