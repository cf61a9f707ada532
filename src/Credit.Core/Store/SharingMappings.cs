using Credit.Domain.Industry;
using Credit.Domain.Listing;
using Credit.Domain.Sharing;
using Credit.Domain.Subjects;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Credit.Core.Store;

internal sealed class LeadMapping : IEntityTypeConfiguration<Lead>
{
    public void Configure(EntityTypeBuilder<Lead> builder)
    {
        builder.MapAggregate("lead");
        builder.HasIndex(lead => new { lead.Department, lead.State });
    }
}

internal sealed class AssociationMemberMapping : IEntityTypeConfiguration<AssociationMember>
{
    public void Configure(EntityTypeBuilder<AssociationMember> builder)
    {
        builder.MapAggregate("association_member");
        builder.HasOne<Subject>().WithMany().HasForeignKey(member => member.SubjectId).OnDelete(DeleteBehavior.Restrict);

        // One membership or application at a time.
        builder.HasIndex(member => new { member.Association, member.SubjectId }).IsUnique().HasFilter("state in ('Applicant', 'Member')");
    }
}

internal sealed class PartnerMapping : IEntityTypeConfiguration<Partner>
{
    public void Configure(EntityTypeBuilder<Partner> builder)
    {
        builder.MapAggregate("partner");
        builder.HasIndex(partner => partner.ClientId).IsUnique().HasFilter("state = 'Active'");
    }
}

internal sealed class AuthorisationMapping : IEntityTypeConfiguration<Authorisation>
{
    public void Configure(EntityTypeBuilder<Authorisation> builder)
    {
        builder.MapAggregate("authorisation");
        builder.HasOne<Subject>().WithMany().HasForeignKey(given => given.SubjectId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Partner>().WithMany().HasForeignKey(given => given.PartnerId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(given => new { given.SubjectId, given.PartnerId });
    }
}

internal sealed class CreditReportMapping : IEntityTypeConfiguration<CreditReport>
{
    public void Configure(EntityTypeBuilder<CreditReport> builder)
    {
        builder.MapAggregate("credit_report");
        builder.HasOne<Subject>().WithMany().HasForeignKey(report => report.SubjectId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(report => report.Number).IsUnique();
    }
}
