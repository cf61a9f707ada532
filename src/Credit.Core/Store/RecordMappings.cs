using Credit.Domain.DueProcess;
using Credit.Domain.Records;
using Credit.Domain.Subjects;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Credit.Core.Store;

internal sealed class CreditRecordMapping : IEntityTypeConfiguration<CreditRecord>
{
    public void Configure(EntityTypeBuilder<CreditRecord> builder)
    {
        builder.MapAggregate("credit_record");
        builder.HasOne<Subject>().WithMany().HasForeignKey(record => record.SubjectId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(record => new { record.SubjectId, record.FormedOn });

        // A step yields one record of a kind, however often it is told (I51, I64); a document of a provider is one record (I86).
        builder.HasIndex(record => new { record.SourceId, record.Kind }).IsUnique().HasFilter("source_id is not null");
        builder.HasIndex(record => new { record.Provider, record.DocumentNumber }).IsUnique().HasFilter("document_number is not null and state = 'Current'");
        builder.HasIndex(record => record.AnnulledOn).HasFilter("annulled_on is not null and anonymised_on is null");
    }
}

internal sealed class NoticeMapping : IEntityTypeConfiguration<Notice>
{
    public void Configure(EntityTypeBuilder<Notice> builder)
    {
        builder.MapAggregate("notice");
        builder.HasOne<Subject>().WithMany().HasForeignKey(notice => notice.SubjectId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(notice => new { notice.SubjectId, notice.IssuedOn });
        builder.HasIndex(notice => new { notice.AboutId, notice.Kind });
    }
}
