using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Store;

/// <summary>What the public surface can read: the views of schema <c>pub</c>, through a role that cannot select anything else.</summary>
internal sealed class PublicDbContext(DbContextOptions<PublicDbContext> options) : DbContext(options)
{
    public DbSet<PublicEntry> Entries => Set<PublicEntry>();

    public DbSet<PublicWarning> Warnings => Set<PublicWarning>();

    public DbSet<PublicExit> Exits => Set<PublicExit>();

    public DbSet<PublicCorrection> Corrections => Set<PublicCorrection>();

    public DbSet<PublicPenalty> Penalties => Set<PublicPenalty>();

    public DbSet<PublicLicence> Licences => Set<PublicLicence>();

    public DbSet<PublicRecord> Records => Set<PublicRecord>();

    public DbSet<PublicCase> Cases => Set<PublicCase>();

    public DbSet<PublicExposure> Exposures => Set<PublicExposure>();

    public DbSet<PublicAnalysisReport> AnalysisReports => Set<PublicAnalysisReport>();

    public DbSet<PublicRuleDocument> RuleDocuments => Set<PublicRuleDocument>();

    public DbSet<PublicExemplar> Exemplars => Set<PublicExemplar>();

    public DbSet<PublicCommitment> Commitments => Set<PublicCommitment>();

    public DbSet<PublicOffer> Offers => Set<PublicOffer>();

    public DbSet<PublicDepartment> Departments => Set<PublicDepartment>();

    public DbSet<PublicMemorandum> Memoranda => Set<PublicMemorandum>();

    public DbSet<PublicUpstreamMatch> UpstreamMatches => Set<PublicUpstreamMatch>();

    public DbSet<PublicStandard> Standards => Set<PublicStandard>();

    public DbSet<PublicMeasure> Measures => Set<PublicMeasure>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<PublicEntry>().ToView("list_entry", "pub").HasKey(row => row.Id);
        modelBuilder.Entity<PublicWarning>().ToView("warning", "pub").HasKey(row => row.Id);
        modelBuilder.Entity<PublicExit>().ToView("exit_announcement", "pub").HasKey(row => row.Id);
        modelBuilder.Entity<PublicCorrection>().ToView("correction", "pub").HasKey(row => row.Id);
        modelBuilder.Entity<PublicPenalty>().ToView("penalty", "pub").HasKey(row => row.Id);
        modelBuilder.Entity<PublicLicence>().ToView("licence", "pub").HasKey(row => row.Id);
        modelBuilder.Entity<PublicRecord>().ToView("credit_record", "pub").HasKey(row => row.Id);
        modelBuilder.Entity<PublicCase>().ToView("credit_case", "pub").HasKey(row => row.Id);
        modelBuilder.Entity<PublicExposure>().ToView("exposure", "pub").HasKey(row => row.Id);
        modelBuilder.Entity<PublicAnalysisReport>().ToView("analysis_report", "pub").HasKey(row => row.Id);
        modelBuilder.Entity<PublicRuleDocument>().ToView("rule_document", "pub").HasKey(row => row.Id);
        modelBuilder.Entity<PublicExemplar>().ToView("exemplar", "pub").HasKey(row => row.Id);
        modelBuilder.Entity<PublicCommitment>().ToView("commitment", "pub").HasKey(row => row.Id);
        modelBuilder.Entity<PublicOffer>().ToView("offer", "pub").HasKey(row => row.Id);
        modelBuilder.Entity<PublicDepartment>().ToView("department", "pub").HasKey(row => row.Key);
        modelBuilder.Entity<PublicMemorandum>().ToView("memorandum", "pub").HasKey(row => row.Key);
        modelBuilder.Entity<PublicUpstreamMatch>().ToView("upstream_match", "pub").HasKey(row => row.Id);
        modelBuilder.Entity<PublicStandard>().ToView("recognition_standard", "pub").HasKey(row => row.Id);
        modelBuilder.Entity<PublicMeasure>().ToView("measure", "pub").HasKey(row => row.Key);
    }
}

/// <summary>Reads of departments and partners: the whole register, read-only, through a role that cannot write.</summary>
internal sealed class OfficialDbContext(DbContextOptions<OfficialDbContext> options) : CreditDbContext(options);

/// <summary>An entry in force as the public sees it.</summary>
internal sealed class PublicEntry
{
    public Guid Id { get; init; }
    public string List { get; init; } = "";
    public string Domain { get; init; } = "";
    public string? Category { get; init; }
    public string SubjectName { get; init; } = "";
    public string SubjectKind { get; init; } = "";
    public string? SubjectCode { get; init; }
    public string? IdentifierMask { get; init; }
    public string? LegalRepresentative { get; init; }
    public string Facts { get; init; } = "";
    public string Standard { get; init; } = "";
    public string Recogniser { get; init; } = "";
    public string RecogniserName { get; init; } = "";
    public DateOnly RecognisedOn { get; init; }
    public DateOnly ValidFrom { get; init; }
    public DateOnly ValidTo { get; init; }
    public bool UnderVerification { get; init; }
}

/// <summary>A subject on the warning list as the public sees it.</summary>
internal sealed class PublicWarning
{
    public Guid Id { get; init; }
    public string SubjectName { get; init; } = "";
    public string SubjectKind { get; init; } = "";
    public string? SubjectCode { get; init; }
    public int DomainCount { get; init; }
    public DateOnly BegunOn { get; init; }
    public DateOnly LastDay { get; init; }
}

/// <summary>An exit notice on one channel.</summary>
internal sealed class PublicExit
{
    public Guid Id { get; init; }
    public Guid EntryId { get; init; }
    public string List { get; init; } = "";
    public string Domain { get; init; } = "";
    public string SubjectName { get; init; } = "";
    public string? SubjectCode { get; init; }
    public string? IdentifierMask { get; init; }
    public string Recogniser { get; init; } = "";
    public string RecogniserName { get; init; } = "";
    public string ExitReason { get; init; } = "";
    public DateOnly ExitedOn { get; init; }
    public string Channel { get; init; } = "";
    public DateOnly ExitAnnouncedOn { get; init; }
}

/// <summary>The correction of a wrong entry on one channel.</summary>
internal sealed class PublicCorrection
{
    public Guid Id { get; init; }
    public Guid EntryId { get; init; }
    public string List { get; init; } = "";
    public string Domain { get; init; } = "";
    public string SubjectName { get; init; } = "";
    public string? SubjectCode { get; init; }
    public string Recogniser { get; init; } = "";
    public string RecogniserName { get; init; } = "";
    public string Channel { get; init; } = "";
    public string Statement { get; init; } = "";
    public DateOnly CorrectedOn { get; init; }
}

/// <summary>A penalty as published.</summary>
internal sealed class PublicPenalty
{
    public Guid Id { get; init; }
    public string SubjectName { get; init; } = "";
    public string SubjectCategory { get; init; } = "";
    public string? SubjectCode { get; init; }
    public string? IdentifierMask { get; init; }
    public string? LegalRepresentative { get; init; }
    public string DocumentNumber { get; init; } = "";
    public string Violation { get; init; } = "";
    public string Facts { get; init; } = "";
    public string LegalBasis { get; init; } = "";
    public string Categories { get; init; } = "";
    public string Content { get; init; } = "";
    public decimal? FineYuan { get; init; }
    public decimal? ConfiscatedYuan { get; init; }
    public DateOnly DecidedOn { get; init; }
    public DateOnly ValidTo { get; init; }
    public DateOnly PublicUntil { get; init; }
    public string Organ { get; init; } = "";
    public string OrganCode { get; init; } = "";
    public string? SiteChannel { get; init; }
    public string? SitePage { get; init; }
    public DateOnly? SiteOn { get; init; }
    public DateTimeOffset? ShownSince { get; init; }
}

/// <summary>A licence as published.</summary>
internal sealed class PublicLicence
{
    public Guid Id { get; init; }
    public string SubjectName { get; init; } = "";
    public string SubjectCategory { get; init; } = "";
    public string? SubjectCode { get; init; }
    public string? IdentifierMask { get; init; }
    public string? LegalRepresentative { get; init; }
    public string DocumentName { get; init; } = "";
    public string DocumentNumber { get; init; } = "";
    public string Category { get; init; } = "";
    public string? CertificateName { get; init; }
    public string Content { get; init; } = "";
    public DateOnly DecidedOn { get; init; }
    public DateOnly? ValidFrom { get; init; }
    public DateOnly ValidTo { get; init; }
    public DateOnly PublicUntil { get; init; }
    public string Organ { get; init; } = "";
    public string OrganCode { get; init; } = "";
    public string Status { get; init; } = "";
    public string? SiteChannel { get; init; }
    public string? SitePage { get; init; }
    public DateOnly? SiteOn { get; init; }
    public DateTimeOffset? ShownSince { get; init; }
}

/// <summary>A credit record as published.</summary>
internal sealed class PublicRecord
{
    public Guid Id { get; init; }
    public string Kind { get; init; } = "";
    public string CatalogueItem { get; init; } = "";
    public bool Negative { get; init; }
    public string SubjectName { get; init; } = "";
    public string SubjectKind { get; init; } = "";
    public string? SubjectCode { get; init; }
    public string? IdentifierMask { get; init; }
    public string? DocumentNumber { get; init; }
    public string Text { get; init; } = "";
    public string Provider { get; init; } = "";
    public string ProviderName { get; init; } = "";
    public DateOnly FormedOn { get; init; }
    public DateOnly PublicUntil { get; init; }
}

/// <summary>An approved case.</summary>
internal sealed class PublicCase
{
    public Guid Id { get; init; }
    public string Title { get; init; } = "";
    public string SubjectName { get; init; } = "";
    public string Memorandum { get; init; } = "";
    public string[] Measures { get; init; } = [];
    public string Effect { get; init; } = "";
    public string Department { get; init; } = "";
    public bool Typical { get; init; }
    public DateOnly CollectedOn { get; init; }
}

/// <summary>A document attached to a rule.</summary>
internal sealed class PublicRuleDocument
{
    public Guid Id { get; init; }
    public string Pack { get; init; } = "";
    public string Rule { get; init; } = "";
    public string Title { get; init; } = "";
    public string Text { get; init; } = "";
    public string DocumentNumber { get; init; } = "";
    public string Basis { get; init; } = "";
    public string Department { get; init; } = "";
    public DateOnly AdoptedOn { get; init; }
}

/// <summary>An honest exemplar as published.</summary>
internal sealed class PublicExemplar
{
    public Guid Id { get; init; }
    public string SubjectName { get; init; } = "";
    public string SubjectKind { get; init; } = "";
    public string? SubjectCode { get; init; }
    public string Source { get; init; } = "";
    public string RecommendedBy { get; init; } = "";
    public string Nominator { get; init; } = "";
    public string NominatorName { get; init; } = "";
    public string Deeds { get; init; } = "";
    public DateOnly PublishedOn { get; init; }
}

/// <summary>A public commitment.</summary>
internal sealed class PublicCommitment
{
    public Guid Id { get; init; }
    public string Kind { get; init; } = "";
    public string SubjectName { get; init; } = "";
    public string SubjectKind { get; init; } = "";
    public string? SubjectCode { get; init; }
    public string Text { get; init; } = "";
    public string Department { get; init; } = "";
    public string DepartmentName { get; init; } = "";
    public DateOnly MadeOn { get; init; }
    public string State { get; init; } = "";
    public DateOnly? FoundOn { get; init; }
    public DateOnly? PublicUntil { get; init; }
}

/// <summary>An open offer.</summary>
internal sealed class PublicOffer
{
    public Guid Id { get; init; }
    public string Programme { get; init; } = "";
    public string Provider { get; init; } = "";
    public string ProviderName { get; init; } = "";
    public string Title { get; init; } = "";
    public string Terms { get; init; } = "";
    public string Need { get; init; } = "";
    public int? CleanYears { get; init; }
    public string Audience { get; init; } = "";
    public string Department { get; init; } = "";
    public DateOnly OpenedOn { get; init; }
}

/// <summary>A department.</summary>
internal sealed class PublicDepartment
{
    public string Key { get; init; } = "";
    public string Name { get; init; } = "";
    public string Kind { get; init; } = "";
    public bool MayRecognise { get; init; }
    public bool LeadOffice { get; init; }
}

/// <summary>A memorandum version.</summary>
internal sealed class PublicMemorandum
{
    public string Key { get; init; } = "";
    public string Code { get; init; } = "";
    public int Version { get; init; }
    public string Title { get; init; } = "";
    public string DocumentNumber { get; init; } = "";
    public DateOnly? IssuedOn { get; init; }
    public string Signers { get; init; } = "";
    public string Lead { get; init; } = "";
    public string Targets { get; init; } = "";
    public string? FeedbackCadence { get; init; }
    public DateOnly EffectiveFrom { get; init; }
    public DateOnly? EffectiveTo { get; init; }
    public string List { get; init; } = "";
    public string[] Domains { get; init; } = [];
}

/// <summary>An exposed case.</summary>
internal sealed class PublicExposure
{
    public Guid Id { get; init; }
    public string Title { get; init; } = "";
    public string SubjectName { get; init; } = "";
    public string Facts { get; init; } = "";
    public string Department { get; init; } = "";
    public DateOnly PublishedOn { get; init; }
}

/// <summary>A credit analysis report.</summary>
internal sealed class PublicAnalysisReport
{
    public Guid Id { get; init; }
    public string Scope { get; init; } = "";
    public string Title { get; init; } = "";
    public string Publisher { get; init; } = "";
    public DateOnly PeriodFrom { get; init; }
    public DateOnly PeriodTo { get; init; }
    public string Link { get; init; } = "";
    public DateOnly PublishedOn { get; init; }
}
