using Credit.Abstractions;
using Credit.Core.Enforcement;
using Credit.Domain.Accountability;
using Credit.Domain.DueProcess;
using Credit.Domain.Enforcement;
using Credit.Domain.Incentives;
using Credit.Domain.Industry;
using Credit.Domain.Listing;
using Credit.Domain.Oversight;
using Credit.Domain.Policy;
using Credit.Domain.Records;
using Credit.Domain.Reports;
using Credit.Domain.Sharing;
using Credit.Domain.Subjects;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Credit.Core.Store;

/// <summary>Where the database is. Set once at start, before anything opens a connection.</summary>
internal sealed class StoreAddress
{
    private string? _connectionString;

    /// <summary>Connection string of the owner, who migrates; the application's own connections take lesser roles.</summary>
    /// <exception cref="InvalidOperationException">Read before the start set it.</exception>
    public string ConnectionString
    {
        get => _connectionString ?? throw new InvalidOperationException("The database address is not set yet.");
        set => _connectionString = value;
    }
}

/// <summary>One pool per role: application, official reads, public reads, the custodian of reports.</summary>
internal sealed class StoreSources(StoreAddress address) : IAsyncDisposable
{
    private readonly Lazy<NpgsqlDataSource> _application = new(() => Build(address, "-c role=credit_app"));

    private readonly Lazy<NpgsqlDataSource> _official = new(() => Build(
        address, "-c role=credit_read -c default_transaction_read_only=on -c default_transaction_isolation=repeatable\\ read -c statement_timeout=3000", prepare: true));

    private readonly Lazy<NpgsqlDataSource> _public = new(() => Build(
        address, "-c role=credit_public -c default_transaction_read_only=on -c default_transaction_isolation=repeatable\\ read -c statement_timeout=900", prepare: true));

    private readonly Lazy<NpgsqlDataSource> _custodian = new(() => Build(
        address, "-c role=credit_custodian -c default_transaction_read_only=on -c statement_timeout=3000"));

    public NpgsqlDataSource Application => _application.Value;

    public NpgsqlDataSource Official => _official.Value;

    public NpgsqlDataSource Public => _public.Value;

    /// <summary>Reads who made reports of misconduct, and nothing else.</summary>
    public NpgsqlDataSource Custodian => _custodian.Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var source in new[] { _application, _official, _public, _custodian }.Where(source => source.IsValueCreated))
        {
            await source.Value.DisposeAsync();
        }
    }

    // What feeds ask again and again is prepared on each connection, the least asked given up first. They only read, and nothing of one reader stays in a
    // session that the next could see: it is not washed between them. Pages are large, so is the buffer they are read through.
    private static NpgsqlDataSource Build(StoreAddress address, string options, bool prepare = false)
    {
        var connection = new NpgsqlConnectionStringBuilder(address.ConnectionString);

        // Files of records are copied in: fewer, larger packets.
        connection.WriteBufferSize = Math.Max(connection.WriteBufferSize, 64 * 1024);
        if (prepare)
        {
            (connection.MaxAutoPrepare, connection.AutoPrepareMinUsages) = (100, 2);
            (connection.NoResetOnClose, connection.ReadBufferSize) = (true, 64 * 1024);
        }

        connection.Options = string.IsNullOrEmpty(connection.Options) ? options : $"{connection.Options} {options}";
        return new NpgsqlDataSourceBuilder(connection.ConnectionString).Build();
    }
}

/// <summary>A sandbox or test clock reaches the database too: views decide by the same civil day. The system clock sets nothing.</summary>
internal sealed class ShiftedClock(TimeProvider clock) : DbConnectionInterceptor
{
    public override async Task ConnectionOpenedAsync(
        System.Data.Common.DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT set_config('credit.today', $1, false)";
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = clock.Today().ToString("yyyy-MM-dd") });
        await command.ExecuteScalarAsync(cancellationToken);
    }

    public override void ConnectionOpened(System.Data.Common.DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT set_config('credit.today', $1, false)";
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = clock.Today().ToString("yyyy-MM-dd") });
        command.ExecuteScalar();
    }
}

/// <summary>Registers the store.</summary>
internal static class StoreRegistration
{
    public static IServiceCollection AddStore(this IServiceCollection services)
    {
        services.AddSingleton<StoreAddress>();
        services.AddSingleton<StoreSources>();
        services.AddSingleton(provider => provider.GetRequiredService<StoreSources>().Application);
        services.AddDbContext<CreditDbContext>((provider, options) => options
            .UseStore(provider.GetRequiredService<StoreSources>().Application, provider)
            .AddInterceptors(provider.GetServices<ISaveChangesInterceptor>()));
        services.AddDbContext<OfficialDbContext>((provider, options) => options
            .UseStore(provider.GetRequiredService<StoreSources>().Official, provider)
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking));
        services.AddDbContext<PublicDbContext>((provider, options) => options
            .UseStore(provider.GetRequiredService<StoreSources>().Public, provider)
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking));
        services.AddDbContext<FeedbackDbContext>((provider, options) => options
            .UseStore(provider.GetRequiredService<StoreSources>().Official, provider)
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking));
        services.AddScoped<IFeedbackReports, FeedbackReports>();
        return services;
    }

    /// <summary>Brings the schema up to date, as the owner, and the table of moves in step with the lifecycles.</summary>
    public static async Task MigrateAsync(string connectionString, CancellationToken cancel)
    {
        var options = new DbContextOptionsBuilder<CreditDbContext>().UseNpgsql(connectionString).UseSnakeCaseNamingConvention().Options;
        await using var db = new CreditDbContext(options);
        await db.Database.MigrateAsync(cancel);

        var moves = ListEntryLifecycle.Black.Moves.Select(move => ("entry:Black", $"{move.From}", $"{move.To}"))
            .Concat(ListEntryLifecycle.Watch.Moves.Select(move => ("entry:Watch", $"{move.From}", $"{move.To}")))
            .Concat(ListEntryLifecycle.Red.Moves.Select(move => ("entry:Red", $"{move.From}", $"{move.To}")))
            .Concat(MeasureTaskLifecycle.Table.Moves.Select(move => ("task", $"{move.From}", $"{move.To}")))
            .Append(("task", $"{TaskState.Acknowledged}", $"{TaskState.FedBack}"))
            .Append(("reparation", $"{ReparationState.Drafted}", $"{ReparationState.Done}"))
            .Concat(ObjectionLifecycle.Table.Moves.Select(move => ("objection", $"{move.From}", $"{move.To}")))
            .Concat(RepairLifecycle.Table.Moves.Select(move => ("repair", $"{move.From}", $"{move.To}")))
            .Concat(AccountabilityLifecycle.Table.Moves.Select(move => ("accountability", $"{move.From}", $"{move.To}")))
            .Concat(MisconductReportLifecycle.Table.Moves.Select(move => ("misconduct-report", $"{move.From}", $"{move.To}")))
            .Concat(AmendmentLifecycle.Table.Moves.Select(move => ("rule-amendment", $"{move.From}", $"{move.To}")))
            .Concat(RecognitionStandardLifecycle.Table.Moves.Select(move => ("recognition-standard", $"{move.From}", $"{move.To}")))
            .Concat(ReviewTicketLifecycle.Table.Moves.Select(move => ("review-ticket", $"{move.From}", $"{move.To}")))
            .Concat(ReparationLifecycle.Table.Moves.Select(move => ("reparation", $"{move.From}", $"{move.To}")))
            .Concat(RecoveryLifecycle.Table.Moves.Select(move => ("recovery", $"{move.From}", $"{move.To}")))
            .Concat(ChannelDutyLifecycle.Table.Moves.Select(move => ("channel-duty", $"{move.From}", $"{move.To}")))
            .Concat(UpstreamMatchLifecycle.Table.Moves.Select(move => ("upstream-match", $"{move.From}", $"{move.To}")))
            .Concat(TriggerRequestLifecycle.Table.Moves.Select(move => ("trigger-request", $"{move.From}", $"{move.To}")))
            .Concat(NoticeLifecycle.Table.Moves.Select(move => ("notice", $"{move.From}", $"{move.To}")))
            .Concat(RectificationLifecycle.Table.Moves.Select(move => ("rectification", $"{move.From}", $"{move.To}")))
            .Append(("rectification", $"{RectificationState.Submitted}", $"{RectificationState.Overdue}"))
            .Append(("rectification", $"{RectificationState.Submitted}", $"{RectificationState.TalkDue}"))
            .Append(("rectification", $"{RectificationState.Required}", $"{RectificationState.TalkDue}"))
            .Append(("rectification", $"{RectificationState.Rejected}", $"{RectificationState.TalkDue}"))
            .Concat(WarningLifecycle.Table.Moves.Select(move => ("warning", $"{move.From}", $"{move.To}")))
            .Concat(ExemplarLifecycle.Table.Moves.Select(move => ("exemplar", $"{move.From}", $"{move.To}")))
            .Concat(CommitmentLifecycle.Table.Moves.Select(move => ("commitment", $"{move.From}", $"{move.To}")))
            .Concat(AcceptanceLifecycle.Table.Moves.Select(move => ("tolerant-acceptance", $"{move.From}", $"{move.To}")))
            .Concat(OfferLifecycle.Table.Moves.Select(move => ("offer", $"{move.From}", $"{move.To}")))
            .Concat(OfferAuthorisationLifecycle.Table.Moves.Select(move => ("offer-authorisation", $"{move.From}", $"{move.To}")))
            .Concat(CreditRecordLifecycle.Table.Moves.Select(move => ("credit-record", $"{move.From}", $"{move.To}")))
            .Concat(EvaluationLifecycle.Table.Moves.Select(move => ("evaluation", $"{move.From}", $"{move.To}")))
            .Concat(DepartmentRectificationLifecycle.Table.Moves.Select(move => ("department-rectification", $"{move.From}", $"{move.To}")))
            .Concat(CrossRegionRequestLifecycle.Table.Moves.Select(move => ("cross-region-request", $"{move.From}", $"{move.To}")))
            .Concat(MemorandumLifecycle.Table.Moves.Select(move => ("memorandum", $"{move.From}", $"{move.To}")))
            .Concat(LeadLifecycle.Table.Moves.Select(move => ("lead", $"{move.From}", $"{move.To}")))
            .Concat(MembershipLifecycle.Table.Moves.Select(move => ("membership", $"{move.From}", $"{move.To}")))
            .Concat(PartnerLifecycle.Table.Moves.Select(move => ("partner", $"{move.From}", $"{move.To}")))
            .Concat(AuthorisationLifecycle.Table.Moves.Select(move => ("authorisation", $"{move.From}", $"{move.To}")))
            .Concat(GapLifecycle.Table.Moves.Select(move => ("gap", $"{move.From}", $"{move.To}")))
            .Distinct().ToArray();
        var lives = moves.Select(move => move.Item1).ToArray();
        var froms = moves.Select(move => move.Item2).ToArray();
        var tos = moves.Select(move => move.Item3).ToArray();
        await db.Database.ExecuteSqlAsync(
            $"""
            DELETE FROM core.lifecycle_move;
            INSERT INTO core.lifecycle_move SELECT * FROM unnest({lives}, {froms}, {tos});
            """,
            cancel);

        // A dump brings the numbers of another cluster's transactions along; here they would lie in the future and never be over.
        await db.Database.ExecuteSqlAsync(
            $"UPDATE core.register_entry SET written_in = '3' WHERE written_in >= pg_snapshot_xmax(pg_current_snapshot())", cancel);
    }

    /// <summary>Runs statements as the owner, in one transaction, one host at a time.</summary>
    public static async Task RunAsOwnerAsync(string connectionString, string statements, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using (var turn = new NpgsqlCommand("SELECT pg_advisory_xact_lock(hashtext('credit/views'))", connection, transaction))
        {
            await turn.ExecuteNonQueryAsync(cancel);
        }

        await using (var command = new NpgsqlCommand(statements, connection, transaction))
        {
            await command.ExecuteNonQueryAsync(cancel);
        }

        await transaction.CommitAsync(cancel);
    }

    private static DbContextOptionsBuilder UseStore(this DbContextOptionsBuilder options, NpgsqlDataSource source, IServiceProvider provider)
    {
        options.UseNpgsql(source, npgsql => npgsql.UseQuerySplittingBehavior(QuerySplittingBehavior.SingleQuery)).UseSnakeCaseNamingConvention()
            // Rows are fenced by an offset of none, whatever their order.
            .ConfigureWarnings(warnings => warnings.Ignore(CoreEventId.RowLimitingOperationWithoutOrderByWarning));
        ((IDbContextOptionsBuilderInfrastructure)options).AddOrUpdateExtension(new LiteralsForTheDatabase());
        var clock = provider.GetRequiredService<TimeProvider>();
        if (clock != TimeProvider.System)
        {
            options.AddInterceptors(new ShiftedClock(clock));
        }

        return options;
    }
}

/// <summary>Lets <c>dotnet ef</c> make migrations without starting a host.</summary>
internal sealed class DesignTimeStore : IDesignTimeDbContextFactory<CreditDbContext>
{
    public CreditDbContext CreateDbContext(string[] args) => new(
        new DbContextOptionsBuilder<CreditDbContext>().UseNpgsql("Host=localhost").UseSnakeCaseNamingConvention().Options);
}
