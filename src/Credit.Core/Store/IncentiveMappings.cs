using Credit.Domain.Incentives;
using Credit.Domain.Subjects;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Credit.Core.Store;

internal sealed class ExemplarMapping : IEntityTypeConfiguration<Exemplar>
{
    public void Configure(EntityTypeBuilder<Exemplar> builder)
    {
        builder.MapAggregate("exemplar");
        builder.Ignore(exemplar => exemplar.Counts);
        builder.HasOne<Subject>().WithMany().HasForeignKey(exemplar => exemplar.SubjectId).OnDelete(DeleteBehavior.Restrict);

        // A subject is nominated, or is an exemplar, once at a time.
        builder.HasIndex(exemplar => exemplar.SubjectId).IsUnique().HasFilter("state in ('Nominated', 'Approved', 'Published')");
    }
}

internal sealed class CommitmentMapping : IEntityTypeConfiguration<Commitment>
{
    public void Configure(EntityTypeBuilder<Commitment> builder)
    {
        builder.MapAggregate("commitment");
        builder.HasOne<Subject>().WithMany().HasForeignKey(commitment => commitment.SubjectId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(commitment => new { commitment.SubjectId, commitment.Kind });
        builder.HasIndex(commitment => new { commitment.Department, commitment.State });
    }
}

internal sealed class TolerantAcceptanceMapping : IEntityTypeConfiguration<TolerantAcceptance>
{
    public void Configure(EntityTypeBuilder<TolerantAcceptance> builder)
    {
        builder.MapAggregate("tolerant_acceptance");
        builder.HasOne<Subject>().WithMany().HasForeignKey(acceptance => acceptance.SubjectId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Commitment>().WithMany().HasForeignKey(acceptance => acceptance.CommitmentId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(acceptance => acceptance.Papers).WithOne().HasForeignKey("acceptance_id").IsRequired();
        builder.Navigation(acceptance => acceptance.Papers).UsePropertyAccessMode(PropertyAccessMode.Field);

        // A commitment stands behind one acceptance, so that it is broken by one term only (I51).
        builder.HasIndex(acceptance => acceptance.CommitmentId).IsUnique();
        builder.HasIndex(acceptance => new { acceptance.Department, acceptance.State });
    }
}

internal sealed class RequiredPaperMapping : IEntityTypeConfiguration<RequiredPaper>
{
    public void Configure(EntityTypeBuilder<RequiredPaper> builder)
    {
        builder.ToTable("required_paper");
        builder.HasKey(paper => paper.Id);
        builder.Property(paper => paper.Id).ValueGeneratedNever();
        builder.Ignore(paper => paper.Owed);
    }
}

internal sealed class OfferMapping : IEntityTypeConfiguration<Offer>
{
    public void Configure(EntityTypeBuilder<Offer> builder) => builder.MapAggregate("offer");
}

internal sealed class OfferAuthorisationMapping : IEntityTypeConfiguration<OfferAuthorisation>
{
    public void Configure(EntityTypeBuilder<OfferAuthorisation> builder)
    {
        builder.MapAggregate("offer_authorisation");
        builder.HasOne<Subject>().WithMany().HasForeignKey(authorisation => authorisation.SubjectId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Offer>().WithMany().HasForeignKey(authorisation => authorisation.OfferId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(authorisation => new { authorisation.SubjectId, authorisation.OfferId });
    }
}

internal sealed class OfferOutcomeMapping : IEntityTypeConfiguration<OfferOutcome>
{
    public void Configure(EntityTypeBuilder<OfferOutcome> builder)
    {
        builder.MapAggregate("offer_outcome");
        builder.HasOne<Offer>().WithMany().HasForeignKey(outcome => outcome.OfferId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<OfferAuthorisation>().WithMany().HasForeignKey(outcome => outcome.AuthorisationId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class BidBonusMapping : IEntityTypeConfiguration<BidBonus>
{
    public void Configure(EntityTypeBuilder<BidBonus> builder)
    {
        builder.MapAggregate("bid_bonus");
        builder.HasOne<Subject>().WithMany().HasForeignKey(bonus => bonus.SubjectId).OnDelete(DeleteBehavior.Restrict);

        // A bidder gets its bonus once in a tender.
        builder.HasIndex(bonus => new { bonus.Department, bonus.Tender, bonus.SubjectId }).IsUnique();
    }
}

internal sealed class SupervisionRatingMapping : IEntityTypeConfiguration<SupervisionRating>
{
    public void Configure(EntityTypeBuilder<SupervisionRating> builder)
    {
        builder.MapAggregate("supervision_rating");
        builder.HasOne<Subject>().WithMany().HasForeignKey(rating => rating.SubjectId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(rating => new { rating.SubjectId, rating.Department }).IsUnique();
    }
}
