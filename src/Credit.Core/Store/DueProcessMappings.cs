using Credit.Domain.DueProcess;
using Credit.Domain.Listing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Credit.Core.Store;

internal sealed class ObjectionMapping : IEntityTypeConfiguration<Objection>
{
    public void Configure(EntityTypeBuilder<Objection> builder)
    {
        builder.MapAggregate("objection");
        builder.HasOne<ListEntry>().WithMany().HasForeignKey(objection => objection.EntryId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(objection => new { objection.EntryId, objection.State });
    }
}

internal sealed class RepairMapping : IEntityTypeConfiguration<Repair>
{
    public void Configure(EntityTypeBuilder<Repair> builder)
    {
        builder.MapAggregate("repair");
        builder.HasOne<ListEntry>().WithMany().HasForeignKey(repair => repair.EntryId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(repair => repair.Steps).WithOne().HasForeignKey("repair_id").IsRequired();
        builder.Navigation(repair => repair.Steps).UsePropertyAccessMode(PropertyAccessMode.Field);
        builder.HasIndex(repair => new { repair.EntryId, repair.State });
        builder.HasIndex(repair => repair.Handler);
    }
}

internal sealed class RepairStepMapping : IEntityTypeConfiguration<RepairStep>
{
    public void Configure(EntityTypeBuilder<RepairStep> builder)
    {
        builder.ToTable("repair_step");
        builder.HasKey(step => step.Id);
        builder.Property(step => step.Id).ValueGeneratedNever();
    }
}
