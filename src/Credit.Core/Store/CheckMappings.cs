using Credit.Core.Checks;
using Credit.Core.Checks.Batches;
using Credit.Domain.Checks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Credit.Core.Store;

internal sealed class QueryTraceMapping : IEntityTypeConfiguration<QueryTrace>
{
    public void Configure(EntityTypeBuilder<QueryTrace> builder)
    {
        builder.ToTable("query_trace");
        builder.Property(trace => trace.Id).ValueGeneratedNever();
        builder.HasIndex(trace => trace.AboutId);
        builder.HasIndex(trace => trace.AskedAt);
    }
}

internal sealed class CheckReceiptMapping : IEntityTypeConfiguration<CheckReceipt>
{
    public void Configure(EntityTypeBuilder<CheckReceipt> builder)
    {
        builder.ToTable("check_receipt");
        builder.Property(receipt => receipt.Id).ValueGeneratedNever();
        builder.Ignore(receipt => receipt.IsIntact).Ignore(receipt => receipt.Signed);
        builder.HasIndex(receipt => receipt.Number).IsUnique();
        builder.HasIndex(receipt => receipt.Code).IsUnique();
        builder.HasIndex(receipt => new { receipt.Department, receipt.AskedAt });
    }
}

internal sealed class CheckBatchMapping : IEntityTypeConfiguration<CheckBatch>
{
    public void Configure(EntityTypeBuilder<CheckBatch> builder)
    {
        builder.ToTable("check_batch");
        builder.HasKey(batch => batch.ReceiptId);
        builder.Property(batch => batch.ReceiptId).ValueGeneratedNever();
        builder.Ignore(batch => batch.Rows).Ignore(batch => batch.Seal);
        builder.HasOne<CheckReceipt>().WithOne().HasForeignKey<CheckBatch>(batch => batch.ReceiptId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class DecidedMatterMapping : IEntityTypeConfiguration<DecidedMatter>
{
    public void Configure(EntityTypeBuilder<DecidedMatter> builder)
    {
        builder.MapAggregate("decided_matter");

        // A matter about a subject is decided once.
        builder.HasIndex(matter => new { matter.Department, matter.Kind, matter.Reference, matter.SubjectLookup }).IsUnique();
        builder.HasIndex(matter => new { matter.Department, matter.DecidedOn });
    }
}
