using System.Security.Claims;
using Credit.Abstractions;
using Credit.Core.Deadlines;
using Credit.Core.Http;
using Credit.Core.Reference;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;
using Credit.Testing;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Credit.Core.Tests.Register;

/// <summary>Register and clockwork alone, over the host's database: what another host of the same database would be. Reactions and answers are the test's own.</summary>
internal sealed class RegisterBench : IAsyncDisposable
{
    private readonly ServiceProvider _provider;

    public RegisterBench(HostFixture host, TimeProvider? clock = null, Action<IServiceCollection>? add = null, string options = "", params Type[] handlers)
    {
        var services = new ServiceCollection();
        services.AddSingleton(clock ?? host.Clock);
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.AddSingleton(PolicyPack.Shipped("rencheng-2019"));
        services.AddSingleton(DepartmentDirectory.Load());
        services.AddSingleton(host.Services.GetRequiredService<Core.Modules.ModuleCatalog>());
        services.AddStore();
        services.AddScoped(_ => new Caller(new ClaimsPrincipal(new ClaimsIdentity(Claims))));
        services.AddScoped<Actor>();
        services.AddScoped<ISaveChangesInterceptor, RegisterInterceptor>();
        services.AddScoped<RegisterPen>();
        services.AddScoped<RecountDeadlines>();
        services.AddSingleton<RegisterSignal>();
        services.AddSingleton<Sequencer>();
        services.AddSingleton<StuckDeadlines>();
        services.AddSingleton<StuckNotices>();
        services.AddSingleton<DeadlineSweeper>();
        services.AddSingleton<DistrictCalendar>();
        foreach (var handler in handlers)
        {
            services.AddScoped(handler);
        }

        services.AddSingleton<IReadOnlyList<Reaction>>(
        [
            .. handlers.SelectMany(handler => handler.GetInterfaces()
                .Where(role => role.IsGenericType && role.GetGenericTypeDefinition() == typeof(IHandle<>))
                .Select(role => new Reaction(handler, role.GetGenericArguments()[0]))),
        ]);
        services.AddSingleton<Reactions>();
        add?.Invoke(services);
        _provider = services.BuildServiceProvider();
        _provider.GetRequiredService<StoreAddress>().ConnectionString = host.ConnectionString + options;
    }

    /// <summary>Claims of who acts; none means the clockwork.</summary>
    public IReadOnlyList<Claim> Claims { get; set; } = [];

    public Sequencer Sequencer => _provider.GetRequiredService<Sequencer>();

    public Reactions Reactions => _provider.GetRequiredService<Reactions>();

    public DeadlineSweeper Sweeper => _provider.GetRequiredService<DeadlineSweeper>();

    public StuckDeadlines Stuck => _provider.GetRequiredService<StuckDeadlines>();

    public DistrictCalendar Calendar => _provider.GetRequiredService<DistrictCalendar>();

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    /// <summary>Does something in a scope with the register.</summary>
    public async Task<T> InAsync<T>(Func<CreditDbContext, Task<T>> work)
    {
        await using var scope = _provider.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<CreditDbContext>());
    }

    /// <summary>Does something in a scope with the register, and saves.</summary>
    public Task SaveAsync(Action<CreditDbContext> work) => InAsync(async db =>
    {
        work(db);
        return await db.SaveChangesAsync();
    });

    /// <summary>A subject that nothing else knows.</summary>
    public static Subject NewSubject(string name = "任城某某商贸有限公司") => Subject.Register(
        SubjectKind.LegalPerson,
        name,
        new SubjectParticulars { LegalRepresentative = "张某", EstablishedOn = new DateOnly(2019, 8, 5) },
        Clause.R("3.1.3.d"),
        SubjectIdentifier.Plain(SubjectIdentifier.Uscc, Guid.CreateVersion7().ToString("N")[14..], new DateOnly(2019, 8, 5)));

    /// <summary>Registers a subject and gives it back.</summary>
    public async Task<Subject> RegisterAsync(string name = "任城某某商贸有限公司")
    {
        var subject = NewSubject(name);
        await SaveAsync(db => db.Add(subject));
        return subject;
    }
}
