using Credit.Architecture.Tests.Reading;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Architecture.Tests.Store;

/// <summary>Every table stands in its schema, every aggregate has a version, and the public sees views only.</summary>
[Collection(OverTheBuiltHost.Name)]
public sealed class MappingTests(BuiltHost host)
{
    [Fact]
    [Trait("Invariant", "I89")]
    public void Every_aggregate_is_mapped_with_its_version_as_concurrency_token()
    {
        var aggregates = House.Written(House.Domain).Where(type => type.IsSubclassOf(typeof(Aggregate))).ToList();

        aggregates.Count.ShouldBeGreaterThan(4);
        WithoutToken(ModelOf<CreditDbContext>(), aggregates).ShouldBeEmpty();
    }

    [Fact]
    public void Every_table_of_the_register_stands_in_its_schema() => Outside(ModelOf<CreditDbContext>(), CreditDbContext.Schema, views: false).ShouldBeEmpty();

    [Fact]
    public void The_public_reads_views_of_its_schema_only() => Outside(ModelOf<PublicDbContext>(), "pub", views: true).ShouldBeEmpty();

    [Fact]
    public void A_table_outside_of_its_schema_an_aggregate_without_token_or_mapping_and_a_table_before_the_public_are_found()
    {
        using var planted = new PlantedDbContext();

        Outside(planted.Model, "core", views: false).ShouldBe(["Homeless", "Lost"], ignoreOrder: true);
        WithoutToken(planted.Model, [typeof(Lost), typeof(Kept), typeof(Unmapped)]).ShouldBe(["Lost", "Unmapped"], ignoreOrder: true);
        Outside(planted.Model, "core", views: true).ShouldContain("Kept");
    }

    private IModel ModelOf<TContext>()
        where TContext : DbContext
    {
        // The model is built without a connection; the address is only read.
        host.Get<StoreAddress>().ConnectionString = "Host=nowhere";
        using var scope = host.Services.CreateScope();
        return scope.ServiceProvider.GetRequiredService<TContext>().Model;
    }

    private static IEnumerable<string> Outside(IModel model, string schema, bool views) =>
        from entity in model.GetEntityTypes()
        let known = views ? entity.GetViewName() is not null && entity.GetViewSchema() == schema && entity.GetTableName() is null
            : entity.GetTableName() is not null && entity.GetSchema() == schema
        where !known
        select entity.ClrType.Name;

    private static IEnumerable<string> WithoutToken(IModel model, IEnumerable<Type> aggregates) => aggregates
        .Where(aggregate => model.FindEntityType(aggregate)?.FindProperty(nameof(Aggregate.Version)) is not { IsConcurrencyToken: true })
        .Select(aggregate => aggregate.Name);

    private sealed class PlantedDbContext : DbContext
    {
        protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder.UseNpgsql("Host=nowhere");

        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Homeless>().ToTable("homeless").HasKey(row => row.Id);
            modelBuilder.Entity<Lost>().ToTable("lost", "elsewhere").HasKey(row => row.Id);
            modelBuilder.Entity<Kept>().ToTable("kept", "core").HasKey(row => row.Id);
            modelBuilder.Entity<Kept>().Property(row => row.Version).IsConcurrencyToken();
        }
    }

    private sealed class Homeless
    {
        public Guid Id { get; init; }
    }

    private sealed class Lost : Aggregate;

    private sealed class Kept : Aggregate;

    private sealed class Unmapped : Aggregate;
}
