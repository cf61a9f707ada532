using Credit.Core.Checks;
using Credit.Core.Checks.Batches;
using Credit.Core.Deadlines;
using Credit.Core.Exchange;
using Credit.Core.Http;
using Credit.Core.Intake;
using Credit.Core.Modules;
using Credit.Core.Oversight;
using Credit.Core.Oversight.Gaps;
using Credit.Core.Receipts;
using Credit.Core.Register;
using Credit.Core.Reports;
using Credit.Domain.Accountability;
using Credit.Domain.Checks;
using Credit.Domain.Disclosure;
using Credit.Domain.DueProcess;
using Credit.Domain.Enforcement;
using Credit.Domain.Incentives;
using Credit.Domain.Industry;
using Credit.Domain.Listing;
using Credit.Domain.Oversight;
using Credit.Domain.Policy;
using Credit.Domain.Records;
using Credit.Domain.Reports;
using Credit.Domain.Sharing;
using Credit.Domain.Subjects;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Credit.Core.Store;

/// <summary>The register's tables. A use case holds it directly; there is no repository in between.</summary>
internal class CreditDbContext : DbContext
{
    public CreditDbContext(DbContextOptions<CreditDbContext> options)
        : base(options)
    {
    }

    /// <summary>For a context of another role over the same tables.</summary>
    protected CreditDbContext(DbContextOptions options)
        : base(options)
    {
    }

    /// <summary>Schema of the application's own tables.</summary>
    public const string Schema = "core";

    public DbSet<Subject> Subjects => Set<Subject>();

    public DbSet<SubjectIdentifier> Identifiers => Set<SubjectIdentifier>();

    public DbSet<ListEntry> Entries => Set<ListEntry>();

    public DbSet<MeasureTask> Tasks => Set<MeasureTask>();

    public DbSet<Feedback> Feedback => Set<Feedback>();

    public DbSet<CreditCase> Cases => Set<CreditCase>();

    public DbSet<Objection> Objections => Set<Objection>();

    public DbSet<Repair> Repairs => Set<Repair>();

    public DbSet<LegalReview> LegalReviews => Set<LegalReview>();

    public DbSet<UpstreamMatch> UpstreamMatches => Set<UpstreamMatch>();

    public DbSet<RecognitionStandard> Standards => Set<RecognitionStandard>();

    public DbSet<RuleAmendment> Amendments => Set<RuleAmendment>();

    public DbSet<DepartmentWorkflow> Workflows => Set<DepartmentWorkflow>();

    public DbSet<Reparation> Reparations => Set<Reparation>();

    public DbSet<Recovery> Recoveries => Set<Recovery>();

    public DbSet<ChannelDuty> ChannelDuties => Set<ChannelDuty>();

    public DbSet<TriggerRequest> TriggerRequests => Set<TriggerRequest>();

    public DbSet<Officeholder> Officeholders => Set<Officeholder>();

    public DbSet<AccountabilityItem> AccountabilityItems => Set<AccountabilityItem>();

    public DbSet<ProfessionTag> ProfessionTags => Set<ProfessionTag>();

    public DbSet<MisconductReport> MisconductReports => Set<MisconductReport>();

    public DbSet<ReportReceipt> ReportReceipts => Set<ReportReceipt>();

    public DbSet<ExposureItem> Exposures => Set<ExposureItem>();

    public DbSet<AnalysisReport> AnalysisReports => Set<AnalysisReport>();

    public DbSet<Notice> Notices => Set<Notice>();

    public DbSet<Rectification> Rectifications => Set<Rectification>();

    public DbSet<WarningEntry> Warnings => Set<WarningEntry>();

    public DbSet<CreditRecord> CreditRecords => Set<CreditRecord>();

    public DbSet<Exemplar> Exemplars => Set<Exemplar>();

    public DbSet<Commitment> Commitments => Set<Commitment>();

    public DbSet<TolerantAcceptance> Acceptances => Set<TolerantAcceptance>();

    public DbSet<Offer> Offers => Set<Offer>();

    public DbSet<OfferAuthorisation> OfferAuthorisations => Set<OfferAuthorisation>();

    public DbSet<OfferOutcome> OfferOutcomes => Set<OfferOutcome>();

    public DbSet<BidBonus> BidBonuses => Set<BidBonus>();

    public DbSet<SupervisionRating> SupervisionRatings => Set<SupervisionRating>();

    public DbSet<Lead> Leads => Set<Lead>();

    public DbSet<AssociationMember> AssociationMembers => Set<AssociationMember>();

    public DbSet<Partner> Partners => Set<Partner>();

    public DbSet<Authorisation> Authorisations => Set<Authorisation>();

    public DbSet<CreditReport> CreditReports => Set<CreditReport>();

    public DbSet<ReviewTicket> ReviewTickets => Set<ReviewTicket>();

    public DbSet<Penalty> Penalties => Set<Penalty>();

    public DbSet<Licence> Licences => Set<Licence>();

    public DbSet<IntakeBatch> Batches => Set<IntakeBatch>();

    public DbSet<IntakeFile> Files => Set<IntakeFile>();

    public DbSet<IntakeRow> IntakeRows => Set<IntakeRow>();

    public DbSet<IntakeTrace> IntakeTraces => Set<IntakeTrace>();

    public DbSet<Deadline> Deadlines => Set<Deadline>();

    public DbSet<InboxItem> Inbox => Set<InboxItem>();

    public DbSet<CalendarYear> CalendarYears => Set<CalendarYear>();

    public DbSet<DepartmentRow> Departments => Set<DepartmentRow>();

    public DbSet<CatalogueItemRow> CatalogueItems => Set<CatalogueItemRow>();

    public DbSet<CatalogueItemVersion> CatalogueItemVersions => Set<CatalogueItemVersion>();

    public DbSet<MemorandumRow> Memoranda => Set<MemorandumRow>();

    public DbSet<MeasureRow> Measures => Set<MeasureRow>();

    public DbSet<TaskAssignmentRow> TaskAssignments => Set<TaskAssignmentRow>();

    public DbSet<ProgressTerm> ProgressTerms => Set<ProgressTerm>();

    public DbSet<ProgressReport> ProgressReports => Set<ProgressReport>();

    public DbSet<Evaluation> Evaluations => Set<Evaluation>();

    public DbSet<EvaluationScore> EvaluationScores => Set<EvaluationScore>();

    public DbSet<DepartmentRectification> DepartmentRectifications => Set<DepartmentRectification>();

    public DbSet<CrossRegionRequest> CrossRegionRequests => Set<CrossRegionRequest>();

    public DbSet<CreditAlliance> Alliances => Set<CreditAlliance>();

    public DbSet<AllianceGrade> AllianceGrades => Set<AllianceGrade>();

    public DbSet<DepartmentFeature> DepartmentFeatures => Set<DepartmentFeature>();

    public DbSet<ExchangeMessage> ExchangeMessages => Set<ExchangeMessage>();

    public DbSet<MemorandumRevision> MemorandumRevisions => Set<MemorandumRevision>();

    public DbSet<QueryTrace> QueryTraces => Set<QueryTrace>();

    public DbSet<CheckReceipt> CheckReceipts => Set<CheckReceipt>();

    public DbSet<SigningKey> SigningKeys => Set<SigningKey>();

    public DbSet<LogNode> LogNodes => Set<LogNode>();

    public DbSet<PublishedContent> PublishedContents => Set<PublishedContent>();

    public DbSet<LogHead> LogHeads => Set<LogHead>();

    public DbSet<CheckBatch> CheckBatches => Set<CheckBatch>();

    public DbSet<DecidedMatter> DecidedMatters => Set<DecidedMatter>();

    public DbSet<CreditGap> Gaps => Set<CreditGap>();

    public DbSet<GapRun> GapRuns => Set<GapRun>();

    public DbSet<RegisterEntry> RegisterEntries => Set<RegisterEntry>();

    public DbSet<RegisterPosition> RegisterPositions => Set<RegisterPosition>();

    public DbSet<ReactionCursor> Cursors => Set<ReactionCursor>();

    public DbSet<ParkedChange> Parked => Set<ParkedChange>();

    public DbSet<IdempotencyRecord> IdempotencyRecords => Set<IdempotencyRecord>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(CreditDbContext).Assembly);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        // Npgsql takes instants in UTC only; enums are stored by name so that a dump reads as the glossary.
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
        configurationBuilder.Properties<decimal>().HavePrecision(18, 2);
    }

    private sealed class UtcConverter()
        : ValueConverter<DateTimeOffset, DateTimeOffset>(instant => instant.ToUniversalTime(), instant => instant);
}
