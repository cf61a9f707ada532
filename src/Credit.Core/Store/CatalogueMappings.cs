using System.Text.Json;
using Credit.Core.Modules;
using Credit.Domain.Enforcement;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Credit.Core.Store;

internal sealed class DepartmentRowMapping : IEntityTypeConfiguration<DepartmentRow>
{
    public void Configure(EntityTypeBuilder<DepartmentRow> builder)
    {
        builder.ToTable("department");
        builder.HasKey(department => department.Key);
    }
}

internal sealed class CatalogueItemRowMapping : IEntityTypeConfiguration<CatalogueItemRow>
{
    public void Configure(EntityTypeBuilder<CatalogueItemRow> builder)
    {
        builder.ToTable("catalogue_item");
        builder.HasKey(item => item.Key);
    }
}

internal sealed class CatalogueItemVersionMapping : IEntityTypeConfiguration<CatalogueItemVersion>
{
    public void Configure(EntityTypeBuilder<CatalogueItemVersion> builder)
    {
        builder.ToTable("catalogue_item_version");
        builder.HasKey(version => new { version.Key, version.Revision });
    }
}

internal sealed class MemorandumRowMapping : IEntityTypeConfiguration<MemorandumRow>
{
    public void Configure(EntityTypeBuilder<MemorandumRow> builder)
    {
        builder.ToTable("memorandum");
        builder.HasKey(memorandum => memorandum.Key);
    }
}

internal sealed class MeasureRowMapping : IEntityTypeConfiguration<MeasureRow>
{
    public void Configure(EntityTypeBuilder<MeasureRow> builder)
    {
        builder.ToTable("measure");
        builder.HasKey(measure => measure.Key);
        builder.Property(measure => measure.LegalBases).HasColumnType("jsonb");
    }
}

internal sealed class MemorandumRevisionMapping : IEntityTypeConfiguration<MemorandumRevision>
{
    public void Configure(EntityTypeBuilder<MemorandumRevision> builder)
    {
        builder.MapAggregate("memorandum_revision");
        builder.HasIndex(revision => new { revision.Code, revision.Number });

        // Two versions of one number are never both approved.
        builder.HasIndex(revision => new { revision.Code, revision.Number }, "one_approved_version").IsUnique().HasFilter("state in ('InForce', 'Retired')");

        // The measures of a revision are written once, so that the reference says whether they are the same.
        builder.Property(revision => revision.Measures).HasColumnType("jsonb").HasConversion(
            measures => JsonSerializer.Serialize(measures, JsonSerializerOptions.Web),
            text => JsonSerializer.Deserialize<Measure[]>(text, JsonSerializerOptions.Web)!,
            new ValueComparer<IReadOnlyList<Measure>>((one, other) => ReferenceEquals(one, other), measures => measures.Count, measures => measures));
    }
}
