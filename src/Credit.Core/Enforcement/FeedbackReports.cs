using System.Reflection;
using System.Text.Json;
using Credit.Abstractions;
using Credit.Core.Http;
using Credit.Core.Modules;
using Credit.Core.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Credit.Core.Enforcement;

/// <summary>
/// The reports of modules as typed rows: one view per kind of feedback over the same table, the report's JSON read
/// member by member, so that a filter on a member is a WHERE in the database.
/// </summary>
internal sealed class FeedbackDbContext(DbContextOptions<FeedbackDbContext> options, ModuleCatalog catalog) : DbContext(options)
{
    private ModuleCatalog Catalog => catalog;

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.ReplaceService<IModelCacheKeyFactory, OneModelPerCatalog>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        var map = typeof(FeedbackDbContext).GetMethod(nameof(Map), BindingFlags.NonPublic | BindingFlags.Static)!;
        foreach (var kind in catalog.FeedbackKinds)
        {
            map.MakeGenericMethod(kind.ReportType).Invoke(null, [modelBuilder, kind.Kind]);
        }
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<Enum>().HaveConversion<string>();

    /// <summary>The views behind the typed rows, one per kind, for the owner to make at start. Dropped first: a report may have got another member.</summary>
    public static string ViewsOf(ModuleCatalog catalog) => string.Concat(catalog.FeedbackKinds.Select(kind =>
    {
        // Kind and members are names of the catalogue's own types, never text of a request.
        var columns = string.Concat(MembersOf(kind.ReportType).Select(member => $", {ValueOf(member)} AS {ColumnOf(member)}"));
        var view = $"core.{ViewOf(kind.Kind)}";
        return $"DROP VIEW IF EXISTS {view}; CREATE VIEW {view} AS SELECT id, task_id, measure_key, department, reported_at{columns} FROM core.feedback WHERE kind = '{kind.Kind}'; GRANT SELECT ON {view} TO credit_read;\n";
    }));

    private static void Map<TReport>(ModelBuilder modelBuilder, string kind)
        where TReport : class =>
        modelBuilder.Entity<FeedbackReport<TReport>>(entity =>
        {
            // A view in the database, a table to EF: it translates members of a complex property over tables only.
            entity.ToTable(ViewOf(kind), "core");
            entity.HasKey(report => report.Id);
            entity.ComplexProperty(report => report.Report, report =>
            {
                foreach (var member in MembersOf(typeof(TReport)))
                {
                    report.Property(member.PropertyType, member.Name).HasColumnName(ColumnOf(member));
                }
            });
        });

    /// <summary>Members that have no column in the database, and so no place in a report.</summary>
    public static IEnumerable<PropertyInfo> MembersNotSimple(Type report) => MembersOf(report).Where(member => SqlTypeOf(member) is null || !member.CanWrite);

    private static string ViewOf(string kind) => "feedback_" + kind.Replace("/", "__", StringComparison.Ordinal).Replace('-', '_');

    private static PropertyInfo[] MembersOf(Type report) => report.GetProperties(BindingFlags.Public | BindingFlags.Instance);

    private static string ColumnOf(PropertyInfo member) => "r_" + member.Name.ToLowerInvariant();

    private static string ValueOf(PropertyInfo member)
    {
        var name = JsonNamingPolicy.CamelCase.ConvertName(member.Name);
        var sql = SqlTypeOf(member)
            ?? throw new NotSupportedException($"{member.DeclaringType!.Name}.{member.Name}: a report holds texts, numbers, dates, instants and yes-or-no only.");
        return $"(report->>'{name}')::{sql}";
    }

    private static string? SqlTypeOf(PropertyInfo member)
    {
        var type = Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;
        return type switch
        {
            _ when type == typeof(string) || type.IsEnum => "text",
            _ when type == typeof(DateOnly) => "date",
            _ when type == typeof(DateTimeOffset) => "timestamptz",
            _ when type == typeof(int) => "integer",
            _ when type == typeof(long) => "bigint",
            _ when type == typeof(decimal) => "numeric",
            _ when type == typeof(bool) => "boolean",
            _ when type == typeof(Guid) => "uuid",
            _ => null,
        };
    }

    // Two hosts of one process may have other modules.
    private sealed class OneModelPerCatalog : IModelCacheKeyFactory
    {
        public object Create(DbContext context, bool designTime) => (context.GetType(), ((FeedbackDbContext)context).Catalog, designTime);
    }
}

/// <summary>Typed reports, each department its own; the lead office and auditors all.</summary>
internal sealed class FeedbackReports(FeedbackDbContext db, Caller caller) : IFeedbackReports
{
    public IQueryable<FeedbackReport<TReport>> Of<TReport>()
        where TReport : class =>
        db.Set<FeedbackReport<TReport>>().AsNoTracking()
            .Where(report => caller.SeesAllDepartments || report.Department == caller.Department);
}
