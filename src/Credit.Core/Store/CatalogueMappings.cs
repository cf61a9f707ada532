using Credit.Core.Modules;
using Microsoft.EntityFrameworkCore;
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
