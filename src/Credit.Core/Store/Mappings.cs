using System.Text.Json;
using Credit.Core.Deadlines;
using Credit.Core.Http;
using Credit.Core.Intake;
using Credit.Core.Oversight;
using Credit.Core.Register;
using Credit.Domain.Enforcement;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Records;
using Credit.Domain.Subjects;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Credit.Core.Store;

/// <summary>What every aggregate's mapping shares: key without generation, own version as concurrency token (I89).</summary>
internal static class AggregateMapping
{
    public static void MapAggregate<T>(this EntityTypeBuilder<T> builder, string table)
        where T : Aggregate
    {
        builder.ToTable(table);
        builder.HasKey(aggregate => aggregate.Id);
        builder.Property(aggregate => aggregate.Id).ValueGeneratedNever();
        builder.Property(aggregate => aggregate.Version).IsConcurrencyToken();
        builder.Ignore(aggregate => aggregate.Announcements);
    }
}

internal sealed class ListEntryMapping : IEntityTypeConfiguration<ListEntry>
{
    public void Configure(EntityTypeBuilder<ListEntry> builder)
    {
        builder.MapAggregate("list_entry");
        builder.Ignore(entry => entry.Validity);
        builder.HasOne<Subject>().WithMany().HasForeignKey(entry => entry.SubjectId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(entry => entry.Bases).WithOne().HasForeignKey("entry_id").IsRequired();
        builder.Navigation(entry => entry.Bases).UsePropertyAccessMode(PropertyAccessMode.Field);
        builder.HasMany(entry => entry.Publications).WithOne().HasForeignKey("entry_id").IsRequired();
        builder.Navigation(entry => entry.Publications).UsePropertyAccessMode(PropertyAccessMode.Field);
        builder.HasIndex(entry => new { entry.SubjectId, entry.List, entry.Domain });
        builder.HasIndex(entry => new { entry.Recogniser, entry.State });
        builder.HasIndex(entry => entry.BatchId);
        builder.HasIndex(entry => entry.ExitedOn).HasFilter("exited_on is not null and anonymised_on is null");
    }
}

internal sealed class EntryBasisMapping : IEntityTypeConfiguration<EntryBasis>
{
    public void Configure(EntityTypeBuilder<EntryBasis> builder)
    {
        builder.ToTable("list_entry_basis");
        builder.HasKey(basis => basis.Id);
        builder.Property(basis => basis.Id).ValueGeneratedNever();
    }
}

internal sealed class PublicationMapping : IEntityTypeConfiguration<Publication>
{
    public void Configure(EntityTypeBuilder<Publication> builder)
    {
        builder.ToTable("publication");
        builder.HasKey(publication => publication.Id);
        builder.Property(publication => publication.Id).ValueGeneratedNever();
    }
}

internal sealed class MeasureTaskMapping : IEntityTypeConfiguration<MeasureTask>
{
    public void Configure(EntityTypeBuilder<MeasureTask> builder)
    {
        builder.MapAggregate("measure_task");
        builder.HasOne<ListEntry>().WithMany().HasForeignKey(task => task.EntryId).OnDelete(DeleteBehavior.Restrict);

        // An entry owes each measure once per department and person reached: a reaction that runs twice adds nothing.
        builder.HasIndex(task => new { task.EntryId, task.MeasureKey, task.Department, task.PersonId }).IsUnique().AreNullsDistinct(false);
        builder.HasIndex(task => new { task.Department, task.State });

        // Written once with the task, so that the reference says whether they are the same.
        builder.Property(task => task.LegalBases).HasColumnType("jsonb").HasConversion(
            bases => JsonSerializer.Serialize(bases, JsonSerializerOptions.Web),
            text => JsonSerializer.Deserialize<CitedBasis[]>(text, JsonSerializerOptions.Web)!,
            new ValueComparer<IReadOnlyList<CitedBasis>>((one, other) => ReferenceEquals(one, other), bases => bases.Count, bases => bases));
    }
}

internal sealed class FeedbackMapping : IEntityTypeConfiguration<Feedback>
{
    public void Configure(EntityTypeBuilder<Feedback> builder)
    {
        builder.MapAggregate("feedback");
        builder.Property(feedback => feedback.Report).HasColumnType("jsonb");
        builder.HasOne<MeasureTask>().WithMany().HasForeignKey(feedback => feedback.TaskId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(feedback => feedback.Kind);
    }
}

internal sealed class CreditCaseMapping : IEntityTypeConfiguration<CreditCase>
{
    public void Configure(EntityTypeBuilder<CreditCase> builder)
    {
        builder.MapAggregate("credit_case");
        builder.HasOne<ListEntry>().WithMany().HasForeignKey(collected => collected.EntryId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal abstract class PublicityRecordMapping<T>(string table) : IEntityTypeConfiguration<T>
    where T : PublicityRecord
{
    public virtual void Configure(EntityTypeBuilder<T> builder)
    {
        builder.ToTable(table);
        builder.HasKey(record => record.Id);
        builder.Property(record => record.Id).ValueGeneratedNever();
        builder.Property(record => record.Particulars).HasColumnType("jsonb");
        builder.HasIndex(record => record.NaturalKey).IsUnique().HasFilter("current");
        builder.HasIndex(record => record.SubjectCode);
        builder.HasIndex(record => record.SubjectLookup).HasFilter("subject_lookup is not null");
        builder.HasIndex(record => record.SubjectId).HasFilter("subject_id is not null");

        // Records of a batch lie together, so a summary of ranges finds them at next to no cost for the writer.
        builder.HasIndex(record => record.BatchId).HasMethod("brin");
    }
}

internal sealed class PenaltyMapping() : PublicityRecordMapping<Penalty>("penalty");

internal sealed class LicenceMapping() : PublicityRecordMapping<Licence>("licence");

internal sealed class IntakeBatchMapping : IEntityTypeConfiguration<IntakeBatch>
{
    public void Configure(EntityTypeBuilder<IntakeBatch> builder)
    {
        builder.ToTable("intake_batch");
        builder.Property(batch => batch.Id).ValueGeneratedNever();
        builder.Property(batch => batch.Findings).HasColumnType("jsonb");
        builder.HasIndex(batch => batch.State);
    }
}

internal sealed class IntakeFileMapping : IEntityTypeConfiguration<IntakeFile>
{
    public void Configure(EntityTypeBuilder<IntakeFile> builder)
    {
        builder.ToTable("intake_file");
        builder.HasKey(file => new { file.BatchId, file.Part });
        builder.HasOne<IntakeBatch>().WithMany().HasForeignKey(file => file.BatchId);
    }
}

internal sealed class IntakeRowMapping : IEntityTypeConfiguration<IntakeRow>
{
    public void Configure(EntityTypeBuilder<IntakeRow> builder)
    {
        builder.ToTable("intake_row");
        builder.HasKey(row => new { row.BatchId, row.Row });
        builder.Property(row => row.Issues).HasColumnType("jsonb");
        builder.HasIndex(row => row.BatchId).HasFilter("verdict in ('Conflict', 'Quarantined') and resolution is null").HasDatabaseName("intake_row_open");
        builder.HasOne<IntakeBatch>().WithMany().HasForeignKey(row => row.BatchId);
    }
}

internal sealed class IntakeTraceMapping : IEntityTypeConfiguration<IntakeTrace>
{
    public void Configure(EntityTypeBuilder<IntakeTrace> builder)
    {
        builder.ToTable("intake_trace");
        builder.HasKey(trace => new { trace.Kind, trace.Key });
        builder.HasIndex(trace => trace.RecordId);
    }
}

internal sealed class DeadlineMapping : IEntityTypeConfiguration<Deadline>
{
    public void Configure(EntityTypeBuilder<Deadline> builder)
    {
        builder.ToTable("deadline");
        builder.Property(deadline => deadline.Id).ValueGeneratedNever();

        // A second effect of the same term is impossible (I34).
        builder.HasIndex(deadline => new { deadline.AggregateId, deadline.Kind, deadline.DueOn }).IsUnique();
        builder.HasIndex(deadline => deadline.DueOn).HasFilter("state = 'Open'");
    }
}

internal sealed class InboxItemMapping : IEntityTypeConfiguration<InboxItem>
{
    public void Configure(EntityTypeBuilder<InboxItem> builder)
    {
        builder.ToTable("inbox_item");
        builder.Property(item => item.Id).ValueGeneratedNever();
        builder.Property(item => item.Version).IsConcurrencyToken();
        builder.Ignore(item => item.Change);
        builder.HasIndex(item => new { item.Department, item.Kind, item.AggregateId }).IsUnique();
    }
}

internal sealed class CalendarYearMapping : IEntityTypeConfiguration<CalendarYear>
{
    public void Configure(EntityTypeBuilder<CalendarYear> builder)
    {
        builder.ToTable("calendar_year");
        builder.HasKey(year => new { year.Year, year.Revision });
        builder.Property(year => year.Year).ValueGeneratedNever();
        builder.Property(year => year.Revision).ValueGeneratedNever();
    }
}

internal sealed class RegisterEntryMapping : IEntityTypeConfiguration<RegisterEntry>
{
    public void Configure(EntityTypeBuilder<RegisterEntry> builder)
    {
        builder.ToTable("register_entry");
        builder.Property(entry => entry.Id).UseIdentityAlwaysColumn();
        builder.Property(entry => entry.Payload).HasColumnType("jsonb");
        builder.Property(entry => entry.Changes).HasColumnType("jsonb");
        builder.HasIndex(entry => entry.AggregateId);
        builder.HasIndex(entry => entry.SubjectId);
        builder.HasIndex(entry => new { entry.RecordedAt, entry.Id });
    }
}

internal sealed class RegisterPositionMapping : IEntityTypeConfiguration<RegisterPosition>
{
    public void Configure(EntityTypeBuilder<RegisterPosition> builder)
    {
        builder.ToTable("register_position");
        builder.HasKey(position => position.Position);
        builder.Property(position => position.Position).ValueGeneratedNever();
        builder.HasIndex(position => position.EntryId).IsUnique();
        builder.HasOne<RegisterEntry>().WithOne().HasForeignKey<RegisterPosition>(position => position.EntryId);
    }
}

internal sealed class ReactionCursorMapping : IEntityTypeConfiguration<ReactionCursor>
{
    public void Configure(EntityTypeBuilder<ReactionCursor> builder)
    {
        builder.ToTable("reaction_cursor");
        builder.HasKey(cursor => cursor.Reaction);
    }
}

internal sealed class ParkedChangeMapping : IEntityTypeConfiguration<ParkedChange>
{
    public void Configure(EntityTypeBuilder<ParkedChange> builder)
    {
        builder.ToTable("parked_change");
        builder.Property(parked => parked.Id).ValueGeneratedNever();
        builder.HasIndex(parked => new { parked.Reaction, parked.Position }).IsUnique();
    }
}

internal sealed class IdempotencyRecordMapping : IEntityTypeConfiguration<IdempotencyRecord>
{
    public void Configure(EntityTypeBuilder<IdempotencyRecord> builder)
    {
        builder.ToTable("idempotency_record");
        builder.HasKey(record => new { record.Caller, record.Key });
        builder.HasIndex(record => record.CreatedAt);
    }
}
