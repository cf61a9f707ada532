using Credit.Abstractions;
using Credit.Core.Checks.Index;
using Credit.Core.Deadlines;
using Credit.Core.Exchange;
using Credit.Core.Intake;
using Credit.Core.Listing;
using Credit.Core.Modules;
using Credit.Core.Oversight;
using Credit.Core.Oversight.Indicators;
using Credit.Core.Receipts;
using Credit.Core.Register;
using Credit.Core.Reports;
using Credit.Core.Store;
using Credit.Core.Subjects;
using Credit.Domain.Policy;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Credit.Core;

/// <summary>Registers the core: what implements a role is found, the rest is named here once.</summary>
internal static class CoreServices
{
    /// <param name="services">The host's services.</param>
    /// <param name="modules">The modules at work.</param>
    /// <param name="configuration">The host's configuration; <c>Policy:Pack</c> names a pack and with it the framework, <c>Policy:NationalCodeFaultRate</c> the rate to stay below.</param>
    /// <param name="dataDirectory">Where keys are kept.</param>
    public static IServiceCollection AddCore(this IServiceCollection services, IConfiguration configuration, string dataDirectory, ModuleCatalog modules)
    {
        services.AddStore();
        services.AddSingleton(PolicyPacks.Shipped(configuration["Policy:Pack"] ?? "rencheng-2019", configuration.GetValue<decimal?>("Policy:NationalCodeFaultRate")));

        // The pack in force today: asked for anew by whoever decides, so that a framework's next pack takes over at midnight.
        services.AddTransient(provider => provider.GetRequiredService<PolicyPacks>().InForce(provider.GetRequiredService<TimeProvider>().Today()));
        services.AddSingleton(_ => PersonVault.FromFile(Path.Combine(dataDirectory, "keys", "person.key")));
        services.AddSingleton(provider => new InformantVault(
            PersonVault.FromFile(Path.Combine(dataDirectory, "keys", "informant.key")), provider.GetRequiredService<StoreSources>()));
        services.AddSingleton(_ => new ReceiptBook(KeyFile.ReadOrMake(Path.Combine(dataDirectory, "keys", "receipt.key"))));
        services.AddReceipts(configuration, dataDirectory);
        services.AddSingleton<Http.IIdempotencyStore, IdempotencyStore>();
        services.AddRegister(configuration);
        services.AddExchange(configuration);
        services.AddScoped<IndicatorFigures>();
        services.AddSingleton<SubjectIdentities>();
        services.AddScoped<SubjectFinder>();
        services.AddSingleton<Subjects.Names.NameBook>();
        services.AddScoped<Sharing.RegisterExtract>();
        services.AddScoped<LeaveList>();
        services.AddScoped<WatchWaitsForBlack>();
        services.AddScoped<OweChannels>();
        services.AddScoped<Accountability.HoldToAccount>();
        services.AddScoped<DueProcess.CorrectEntry>();
        services.AddScoped<DueProcess.WriteNotice>();
        services.AddScoped<DueProcess.RectificationTerms>();
        services.AddScoped<Incentives.StandingReader>();
        services.AddChecks(configuration);
        services.AddSingleton<MemorandumCatalogue>();
        services.AddScoped<DueProcess.WithdrawMeasure>();
        services.AddScoped<DueProcess.MakeGood>();
        services.AddScoped<CatalogueSync>();
        services.AddScoped<RevisionAccess>();
        services.Scan(scan => scan.FromAssemblyOf<CreditDbContext>()
            .AddClasses(types => types.AssignableTo<IDeadlineAnswer>(), publicOnly: false).AsImplementedInterfaces().WithScopedLifetime()
            .AddClasses(types => types.AssignableTo<IIndicator>(), publicOnly: false).AsImplementedInterfaces().WithScopedLifetime()
            .AddClasses(types => types.AssignableTo<IIntakeKind>(), publicOnly: false).AsImplementedInterfaces().WithScopedLifetime()
            .AddClasses(types => types.AssignableTo(typeof(IHandle<>)), publicOnly: false).AsSelfWithInterfaces().WithScopedLifetime());

        // Last: a module may not register over anything that is there before.
        return services.AddModules(modules, configuration);
    }

    private static void AddChecks(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<Checks.DecisionCheck>();
        services.AddScoped<Checks.CheckAnswers>();
        services.AddScoped<Checks.RegisterCheck>();

        // Most checks are answered from memory: the register's parts are made for those that ask it.
        services.AddScoped(provider => new Lazy<Checks.RegisterCheck>(provider.GetRequiredService<Checks.RegisterCheck>));
        services.AddScoped<Checks.Batches.BatchCheck>();
        services.AddScoped<Checks.RegisterReading>();
        services.AddSingleton<Checks.KeptReceipts>();
        services.AddSingleton<CheckIndex>();
        services.AddSingleton<Http.IReadiness>(provider => provider.GetRequiredService<CheckIndex>());
        services.AddSingleton<CheckIndexSignal>();
        services.AddSingleton<CheckMeters>();
        services.AddHostedService(provider => new CheckIndexWorker(
            provider.GetRequiredService<CheckIndex>(), provider.GetRequiredService<CheckIndexSignal>(), configuration.GetValue("Clockwork:Enabled", defaultValue: true),
            provider.GetRequiredService<ILogger<CheckIndexWorker>>()));
    }

    private static void AddRegister(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddScoped<Actor>();
        services.AddScoped<ISaveChangesInterceptor, RegisterInterceptor>();
        services.AddScoped<ISaveChangesInterceptor, EffectMark>();
        services.AddScoped<RegisterPen>();
        services.AddSingleton<RegisterSignal>();
        services.AddSingleton<Feeds.FeedSignal>();
        services.AddSingleton<Sequencer>();
        services.AddSingleton<StuckDeadlines>();
        services.AddSingleton<Http.IReadiness>(provider => provider.GetRequiredService<StuckDeadlines>());
        services.AddSingleton<StuckNotices>();
        services.AddSingleton<DeadlineSweeper>();
        services.AddSingleton<ReactionSignal>();
        services.AddSingleton<PublicationSignal>();
        services.AddSingleton<LoopPulses>();
        foreach (var loop in new Func<LoopPulses, LoopPulse>[] { all => all.Sequencer, all => all.Publication, all => all.Reactions, all => all.Periods, all => all.Retention, all => all.Radar })
        {
            services.AddSingleton<Http.IReadiness>(provider => loop(provider.GetRequiredService<LoopPulses>()));
        }

        var pace = ClockworkPulse.PaceOf(configuration);
        services.AddSingleton(provider => new ClockworkPulse(provider.GetRequiredService<TimeProvider>(), pace));
        services.AddSingleton<Http.IReadiness>(provider => provider.GetRequiredService<ClockworkPulse>());
        services.AddSingleton<ReportingPeriods>();
        services.AddSingleton<Oversight.Gaps.GapRadar>();
        services.AddSingleton<Records.AnonymiseAfterRetention>();
        services.AddScoped<RecountDeadlines>();
        services.AddSingleton<IntakeSignal>();
        services.AddSingleton<TakeInBatches>();
        services.AddSingleton<DistrictCalendar>();
        services.AddSingleton<IWorkingCalendar>(provider => provider.GetRequiredService<DistrictCalendar>());
        services.AddSingleton<Reactions>();
        services.AddSingleton<IReadOnlyList<Reaction>>(provider =>
        [
            .. provider.GetRequiredService<ModuleCatalog>().Modules.Select(module => (module.Assembly, Module: (string?)module.Manifest.Key))
                .Append((typeof(CreditDbContext).Assembly, null))
                .SelectMany(home => home.Assembly.GetTypes()
                    .Where(type => type is { IsClass: true, IsAbstract: false })
                    .SelectMany(type => type.GetInterfaces()
                        .Where(role => role.IsGenericType && role.GetGenericTypeDefinition() == typeof(IHandle<>))
                        .Select(role => new Reaction(type, role.GetGenericArguments()[0]) { Module = home.Module })))
                .OrderBy(reaction => reaction.Name, StringComparer.Ordinal),
        ]);
        if (configuration.GetValue("Clockwork:Enabled", defaultValue: true))
        {
            services.AddHostedService<Clockwork>();
            services.AddHostedService<ModuleClockwork>();
            services.AddHostedService<IntakeWorker>();
            services.AddHostedService<Subjects.Names.NameBookKeeper>();
        }
    }
}
