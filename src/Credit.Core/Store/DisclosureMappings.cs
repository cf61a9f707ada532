using Credit.Core.Reports;
using Credit.Domain.Disclosure;
using Credit.Domain.Listing;
using Credit.Domain.Reports;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Credit.Core.Store;

internal sealed class MisconductReportMapping : IEntityTypeConfiguration<MisconductReport>
{
    public void Configure(EntityTypeBuilder<MisconductReport> builder)
    {
        builder.MapAggregate("misconduct_report");
        builder.HasMany(report => report.Answers).WithOne().HasForeignKey("report_id").IsRequired();
        builder.Navigation(report => report.Answers).UsePropertyAccessMode(PropertyAccessMode.Field);
        builder.HasIndex(report => new { report.Handler, report.State });
    }
}

internal sealed class MisconductAnswerMapping : IEntityTypeConfiguration<MisconductAnswer>
{
    public void Configure(EntityTypeBuilder<MisconductAnswer> builder)
    {
        builder.ToTable("misconduct_answer");
        builder.HasKey(answer => answer.Id);
        builder.Property(answer => answer.Id).ValueGeneratedNever();
    }
}

internal sealed class ReportReceiptMapping : IEntityTypeConfiguration<ReportReceipt>
{
    public void Configure(EntityTypeBuilder<ReportReceipt> builder)
    {
        builder.ToTable("report_receipt");
        builder.HasKey(receipt => receipt.Hash);
        builder.HasOne<MisconductReport>().WithMany().HasForeignKey(receipt => receipt.ReportId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ExposureItemMapping : IEntityTypeConfiguration<ExposureItem>
{
    public void Configure(EntityTypeBuilder<ExposureItem> builder)
    {
        builder.MapAggregate("exposure_item");
        builder.HasOne<ListEntry>().WithMany().HasForeignKey(item => item.EntryId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class AnalysisReportMapping : IEntityTypeConfiguration<AnalysisReport>
{
    public void Configure(EntityTypeBuilder<AnalysisReport> builder) => builder.MapAggregate("analysis_report");
}
