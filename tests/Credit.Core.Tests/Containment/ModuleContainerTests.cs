using System.Reflection;
using Credit.Abstractions;
using Credit.Core.Containment;
using Credit.Core.Enforcement;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Credit.Core.Tests.Containment;

/// <summary>What a module gets, and that none of it writes the core's state (I94).</summary>
public sealed class ModuleContainerTests(HostileHost host) : IClassFixture<HostileHost>
{
    // Of the host's own services. Whatever else the host has, a module has not.
    private static readonly Type[] Lent =
        [typeof(TimeProvider), typeof(IConfiguration), typeof(IWorkingCalendar), typeof(IProblemDetailsService), typeof(IFeedbackReports), typeof(ILoggerFactory)];

    private ModuleContainers Containers => host.Services.GetRequiredService<ModuleContainers>();

    [Fact]
    [Trait("Invariant", "I94")]
    [Trait("Invariant", "X33")]
    public void Of_all_services_of_the_host_a_module_has_the_lent_ones_only()
    {
        using var hostScope = host.Services.CreateScope();
        using var scope = Containers.Open("healthy", hostScope.ServiceProvider);
        var had = host.Registered.Where(type => !type.ContainsGenericParameters && Has(scope.ServiceProvider, type)).ToArray();

        host.Registered.ShouldContain(typeof(CreditDbContext));
        host.Registered.ShouldContain(typeof(NpgsqlDataSource));
        had.Where(type => !Lent.Contains(type) && !IsOptions(type) && type != typeof(IHostedService)).ShouldBeEmpty();
        scope.ServiceProvider.GetServices<IHostedService>().ShouldAllBe(service => service.GetType().Assembly.GetName().Name == "Credit.Modules.Planted.healthy");
        had.ShouldContain(typeof(IFeedbackReports));
    }

    [Fact]
    [Trait("Invariant", "I94")]
    public void A_scope_a_module_opens_is_of_its_own_container()
    {
        using var scope = Containers["healthy"].GetRequiredService<IServiceScopeFactory>().CreateScope();
        scope.ServiceProvider.GetService<CreditDbContext>().ShouldBeNull();
        scope.ServiceProvider.GetService<FeedbackDbContext>().ShouldBeNull();
        scope.ServiceProvider.GetService<StoreAddress>().ShouldBeNull();
        host.Services.CreateScope().ServiceProvider.GetService<CreditDbContext>().ShouldNotBeNull("the host's own has it");
    }

    [Fact]
    [Trait("Invariant", "I94")]
    [Trait("Invariant", "X33")]
    public void The_settings_of_a_module_are_its_own_section_and_hold_no_secret()
    {
        var settings = Containers["healthy"].GetRequiredService<IConfiguration>();
        settings.AsEnumerable().Select(pair => pair.Key).ShouldBe(["Greeting"]);
        settings["ConnectionStrings:Credit"].ShouldBeNull();
        host.Services.GetRequiredService<IConfiguration>()["ConnectionStrings:Credit"].ShouldNotBeNull("the host's own has it");
    }

    [Fact]
    [Trait("Invariant", "I94")]
    public async Task The_request_of_a_caller_does_not_flow_into_a_module()
    {
        var gate = host.Services.GetRequiredService<ModuleGates>()["healthy"];
        var accessor = new HttpContextAccessor { HttpContext = new DefaultHttpContext() };
        gate.Call("probe", () => new HttpContextAccessor().HttpContext).ShouldBeNull();
        (await gate.RunAsync("probe", 1, _ => Task.FromResult(new HttpContextAccessor().HttpContext), CancellationToken.None)).ShouldBeNull();
        accessor.HttpContext.ShouldNotBeNull();
    }

    [Fact]
    [Trait("Invariant", "I94")]
    public async Task The_store_behind_the_reports_a_module_reads_takes_no_write()
    {
        await using var scope = host.Services.CreateAsyncScope();
        var reports = scope.ServiceProvider.GetRequiredService<FeedbackDbContext>();
        foreach (var statement in new[]
        {
            "UPDATE core.list_entry SET state = 'Exited'", "DELETE FROM core.feedback", "INSERT INTO core.feedback (id) VALUES (gen_random_uuid())",
            "SET default_transaction_read_only = off; DELETE FROM core.feedback",
        })
        {
            var refused = await Should.ThrowAsync<PostgresException>(() => reports.Database.ExecuteSqlRawAsync(statement), statement);
            refused.SqlState.ShouldBeOneOf(PostgresErrorCodes.ReadOnlySqlTransaction, PostgresErrorCodes.InsufficientPrivilege);
        }
    }

    [Fact]
    [Trait("Invariant", "I94")]
    public void The_contract_shows_nothing_that_writes()
    {
        // What the host implements for modules; the rest of the contract is what modules implement or plain records.
        var given = typeof(ICreditModule).Assembly.GetExportedTypes().Where(type => type.IsInterface)
            .Where(type => typeof(ModuleCalls).Assembly.GetTypes().Any(other => other.IsClass && other.IsAssignableTo(type)) && !IsRole(type)).ToArray();
        given.ShouldBe([typeof(IFeedbackReports)]);
        typeof(IFeedbackReports).GetMethods().ShouldHaveSingleItem().ReturnType.GetGenericTypeDefinition().ShouldBe(typeof(IQueryable<>));
        typeof(IWorkingCalendar).GetMethods().ShouldAllBe(method => method.ReturnType != typeof(void) && !method.ReturnType.IsAssignableTo(typeof(Task)));
        typeof(FeedbackReport<>).GetProperties().Where(member => member.SetMethod is { } set && !set.ReturnParameter.GetRequiredCustomModifiers()
            .Contains(typeof(System.Runtime.CompilerServices.IsExternalInit))).ShouldBeEmpty();
    }

    [Fact]
    public void A_module_adds_no_log_provider_to_the_host() =>
        Should.Throw<NotSupportedException>(() => Containers["healthy"].GetRequiredService<ILoggerFactory>().AddProvider(host.Logged));

    private static bool Has(IServiceProvider services, Type type)
    {
        try
        {
            return services.GetService(type) is { } found && (!type.IsAssignableTo(typeof(System.Collections.IEnumerable)) || ((System.Collections.IEnumerable)found).Cast<object>().Any());
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }

    // The framework's plumbing of options: values, no services.
    private static bool IsOptions(Type type) => type.IsGenericType && type.Namespace == "Microsoft.Extensions.Options";

    private static bool IsRole(Type type) => type.Name is nameof(ICriterion) or nameof(IMemorandum) or nameof(ICreditModule)
        || (type.IsGenericType && type.GetGenericTypeDefinition() is { } role && (role == typeof(IHandle<>) || role == typeof(IFeedback<>) || role == typeof(IEntitySet<>) || role == typeof(ISetShape<>)));
}
