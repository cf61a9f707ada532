using System.Text.Json;
using Credit.Domain.DueProcess;
using Credit.Domain.Enforcement;
using Credit.Domain.Listing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Credit.Core.Store;

internal sealed class ObjectionMapping : IEntityTypeConfiguration<Objection>
{
    public void Configure(EntityTypeBuilder<Objection> builder)
    {
        builder.MapAggregate("objection");
        builder.HasOne<ListEntry>().WithMany().HasForeignKey(objection => objection.EntryId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<MeasureTask>().WithMany().HasForeignKey(objection => objection.TaskId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(objection => new { objection.EntryId, objection.State });
    }
}

internal sealed class LegalReviewMapping : IEntityTypeConfiguration<LegalReview>
{
    public void Configure(EntityTypeBuilder<LegalReview> builder)
    {
        builder.MapAggregate("legal_review");
        builder.HasOne<ListEntry>().WithMany().HasForeignKey(review => review.EntryId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(review => new { review.AboutId, review.Decision, review.Number }).IsUnique();
    }
}

internal sealed class ReparationMapping : IEntityTypeConfiguration<Reparation>
{
    public void Configure(EntityTypeBuilder<Reparation> builder)
    {
        builder.MapAggregate("reparation");
        builder.HasOne<ListEntry>().WithMany().HasForeignKey(reparation => reparation.EntryId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(reparation => reparation.Channels).WithOne().HasForeignKey("reparation_id").IsRequired();
        builder.Navigation(reparation => reparation.Channels).UsePropertyAccessMode(PropertyAccessMode.Field);

        // A wrong entry is made good once (I53).
        builder.HasIndex(reparation => reparation.EntryId).IsUnique();
        builder.HasIndex(reparation => new { reparation.Recogniser, reparation.State });
    }
}

internal sealed class CorrectedChannelMapping : IEntityTypeConfiguration<CorrectedChannel>
{
    public void Configure(EntityTypeBuilder<CorrectedChannel> builder)
    {
        builder.ToTable("reparation_channel");
        builder.HasKey(channel => channel.Id);
        builder.Property(channel => channel.Id).ValueGeneratedNever();
    }
}

internal sealed class ChannelDutyMapping : IEntityTypeConfiguration<ChannelDuty>
{
    public void Configure(EntityTypeBuilder<ChannelDuty> builder)
    {
        builder.MapAggregate("channel_duty");
        builder.HasOne<ListEntry>().WithMany().HasForeignKey(duty => duty.EntryId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(duty => new { duty.EntryId, duty.Channel }).IsUnique();
        builder.HasIndex(duty => new { duty.Department, duty.State, duty.Due });
    }
}

internal sealed class RecoveryMapping : IEntityTypeConfiguration<Recovery>
{
    public void Configure(EntityTypeBuilder<Recovery> builder)
    {
        builder.MapAggregate("recovery");
        builder.HasOne<MeasureTask>().WithMany().HasForeignKey(recovery => recovery.TaskId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(recovery => recovery.TaskId).IsUnique();
        builder.HasIndex(recovery => new { recovery.Department, recovery.State });
    }
}

internal sealed class TriggerRequestMapping : IEntityTypeConfiguration<TriggerRequest>
{
    public void Configure(EntityTypeBuilder<TriggerRequest> builder)
    {
        builder.MapAggregate("trigger_request");
        builder.HasIndex(request => request.Number).IsUnique();
        builder.HasIndex(request => new { request.Department, request.State });

        // The hits are replaced as a whole, so that the reference says whether they are the same.
        builder.Property(request => request.Details).HasColumnType("jsonb").HasConversion(
            details => JsonSerializer.Serialize(details, JsonSerializerOptions.Web),
            text => JsonSerializer.Deserialize<TriggerDetail[]>(text, JsonSerializerOptions.Web)!,
            new ValueComparer<IReadOnlyList<TriggerDetail>>((one, other) => ReferenceEquals(one, other), details => details.Count, details => details));
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
