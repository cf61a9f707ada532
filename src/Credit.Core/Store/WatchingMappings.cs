using Credit.Domain.DueProcess;
using Credit.Domain.Listing;
using Credit.Domain.Subjects;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Credit.Core.Store;

internal sealed class WarningEntryMapping : IEntityTypeConfiguration<WarningEntry>
{
    public void Configure(EntityTypeBuilder<WarningEntry> builder)
    {
        builder.MapAggregate("warning_entry");
        builder.HasOne<Subject>().WithMany().HasForeignKey(warning => warning.SubjectId).OnDelete(DeleteBehavior.Restrict);

        // Created once, however many hosts recompute it (R-3.5.5.e).
        builder.HasIndex(warning => warning.SubjectId).IsUnique().HasFilter("state = 'Active'");
        builder.HasIndex(warning => warning.LastDay);
    }
}

internal sealed class RectificationMapping : IEntityTypeConfiguration<Rectification>
{
    public void Configure(EntityTypeBuilder<Rectification> builder)
    {
        builder.MapAggregate("rectification");
        builder.HasOne<ListEntry>().WithMany().HasForeignKey(rectification => rectification.EntryId).OnDelete(DeleteBehavior.Restrict);

        // One interview per entry, whoever opens it (I63).
        builder.HasIndex(rectification => rectification.EntryId).IsUnique().HasFilter("interview is not null").HasDatabaseName("one_interview_per_entry");
        builder.HasIndex(rectification => new { rectification.EntryId, rectification.State });
        builder.HasIndex(rectification => rectification.Recogniser);
    }
}
