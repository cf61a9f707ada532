using Credit.Domain.Accountability;
using Credit.Domain.Listing;
using Credit.Domain.Subjects;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Credit.Core.Store;

internal sealed class OfficeholderMapping : IEntityTypeConfiguration<Officeholder>
{
    public void Configure(EntityTypeBuilder<Officeholder> builder)
    {
        builder.MapAggregate("officeholder");
        builder.HasOne<Subject>().WithMany().HasForeignKey(holder => holder.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Subject>().WithMany().HasForeignKey(holder => holder.PersonId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class AccountabilityItemMapping : IEntityTypeConfiguration<AccountabilityItem>
{
    public void Configure(EntityTypeBuilder<AccountabilityItem> builder)
    {
        builder.MapAggregate("accountability_item");
        builder.HasOne<ListEntry>().WithMany().HasForeignKey(item => item.EntryId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Subject>().WithMany().HasForeignKey(item => item.PersonId).OnDelete(DeleteBehavior.Restrict);

        // A person answers for an entry once.
        builder.HasIndex(item => new { item.EntryId, item.PersonId }).IsUnique().HasFilter("state <> 'Deleted' and person_name <> ''");
        builder.HasIndex(item => item.Recogniser);
    }
}

internal sealed class ProfessionTagMapping : IEntityTypeConfiguration<ProfessionTag>
{
    public void Configure(EntityTypeBuilder<ProfessionTag> builder)
    {
        builder.MapAggregate("profession_tag");
        builder.HasOne<Subject>().WithMany().HasForeignKey(tag => tag.PersonId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(tag => new { tag.PersonId, tag.Profession }).IsUnique().HasFilter("ended_on is null");
    }
}
