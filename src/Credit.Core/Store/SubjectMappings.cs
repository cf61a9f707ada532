using Credit.Domain.Listing;
using Credit.Domain.Subjects;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Credit.Core.Store;

internal sealed class SubjectMapping : IEntityTypeConfiguration<Subject>
{
    public void Configure(EntityTypeBuilder<Subject> builder)
    {
        builder.MapAggregate("subject");
        builder.HasIndex(subject => subject.Code);
        builder.HasIndex(subject => subject.Name);
        builder.HasMany(subject => subject.Identifiers).WithOne().HasForeignKey("subject_id").IsRequired();
        builder.Navigation(subject => subject.Identifiers).UsePropertyAccessMode(PropertyAccessMode.Field);
    }
}

internal sealed class SubjectIdentifierMapping : IEntityTypeConfiguration<SubjectIdentifier>
{
    public void Configure(EntityTypeBuilder<SubjectIdentifier> builder)
    {
        builder.ToTable("subject_identifier");
        builder.HasKey(identifier => identifier.Id);
        builder.Property(identifier => identifier.Id).ValueGeneratedNever();
        builder.HasIndex(identifier => new { identifier.Scheme, identifier.Lookup }).IsUnique();
    }
}

internal sealed class ReviewTicketMapping : IEntityTypeConfiguration<ReviewTicket>
{
    public void Configure(EntityTypeBuilder<ReviewTicket> builder)
    {
        builder.MapAggregate("review_ticket");
        builder.HasOne<ListEntry>().WithMany().HasForeignKey(ticket => ticket.EntryId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(ticket => new { ticket.RequestedBy, ticket.RequestedOn });
    }
}
