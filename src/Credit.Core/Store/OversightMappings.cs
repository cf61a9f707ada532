using Credit.Core.Exchange;
using Credit.Core.Oversight;
using Credit.Core.Oversight.Gaps;
using Credit.Domain.Enforcement;
using Credit.Domain.Incentives;
using Credit.Domain.Listing;
using Credit.Domain.Oversight;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Credit.Core.Store;

internal sealed class TaskAssignmentRowMapping : IEntityTypeConfiguration<TaskAssignmentRow>
{
    public void Configure(EntityTypeBuilder<TaskAssignmentRow> builder)
    {
        builder.ToTable("task_assignment");
        builder.HasKey(task => task.No);
        builder.Property(task => task.No).ValueGeneratedNever();
    }
}

internal sealed class ProgressTermMapping : IEntityTypeConfiguration<ProgressTerm>
{
    public void Configure(EntityTypeBuilder<ProgressTerm> builder)
    {
        builder.ToTable("progress_term");
        builder.Property(term => term.Id).ValueGeneratedNever();

        // Opened once, however many hosts look.
        builder.HasIndex(term => new { term.TaskNo, term.Department, term.From }).IsUnique();
        builder.HasIndex(term => term.DueOn);
    }
}

internal sealed class ProgressReportMapping : IEntityTypeConfiguration<ProgressReport>
{
    public void Configure(EntityTypeBuilder<ProgressReport> builder)
    {
        builder.MapAggregate("progress_report");
        builder.HasIndex(report => new { report.TaskNo, report.Department, report.From }).IsUnique();
    }
}

internal sealed class EvaluationMapping : IEntityTypeConfiguration<Evaluation>
{
    public void Configure(EntityTypeBuilder<Evaluation> builder)
    {
        builder.MapAggregate("evaluation");
        builder.HasMany(evaluation => evaluation.Scores).WithOne().HasForeignKey("evaluation_id").IsRequired();
        builder.Navigation(evaluation => evaluation.Scores).UsePropertyAccessMode(PropertyAccessMode.Field);
    }
}

internal sealed class EvaluationScoreMapping : IEntityTypeConfiguration<EvaluationScore>
{
    public void Configure(EntityTypeBuilder<EvaluationScore> builder)
    {
        builder.ToTable("evaluation_score");
        builder.HasKey(score => score.Id);
        builder.Property(score => score.Id).ValueGeneratedNever();
    }
}

internal sealed class DepartmentRectificationMapping : IEntityTypeConfiguration<DepartmentRectification>
{
    public void Configure(EntityTypeBuilder<DepartmentRectification> builder)
    {
        builder.MapAggregate("department_rectification");
        builder.HasOne<Evaluation>().WithMany().HasForeignKey(each => each.EvaluationId).OnDelete(DeleteBehavior.Restrict);

        // An evaluation notifies a department once.
        builder.HasIndex(each => new { each.EvaluationId, each.Department }).IsUnique();
    }
}

internal sealed class CrossRegionRequestMapping : IEntityTypeConfiguration<CrossRegionRequest>
{
    public void Configure(EntityTypeBuilder<CrossRegionRequest> builder)
    {
        builder.MapAggregate("cross_region_request");
        builder.HasOne<ListEntry>().WithMany().HasForeignKey(request => request.EntryId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Exemplar>().WithMany().HasForeignKey(request => request.ExemplarId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(request => new { request.Department, request.State });

        // A request that comes twice is one request.
        builder.HasIndex(request => new { request.Region, request.Reference }).IsUnique().HasFilter("reference is not null");
    }
}

internal sealed class CreditAllianceMapping : IEntityTypeConfiguration<CreditAlliance>
{
    public void Configure(EntityTypeBuilder<CreditAlliance> builder)
    {
        builder.MapAggregate("credit_alliance");
        builder.HasIndex(alliance => alliance.Name).IsUnique();
        builder.HasMany(alliance => alliance.Grades).WithOne().HasForeignKey("alliance_id").IsRequired();
        builder.Navigation(alliance => alliance.Grades).UsePropertyAccessMode(PropertyAccessMode.Field);
    }
}

internal sealed class AllianceGradeMapping : IEntityTypeConfiguration<AllianceGrade>
{
    public void Configure(EntityTypeBuilder<AllianceGrade> builder)
    {
        builder.ToTable("alliance_grade");
        builder.HasKey(grade => grade.Id);
        builder.Property(grade => grade.Id).ValueGeneratedNever();
    }
}

internal sealed class DepartmentFeatureMapping : IEntityTypeConfiguration<DepartmentFeature>
{
    public void Configure(EntityTypeBuilder<DepartmentFeature> builder)
    {
        builder.MapAggregate("department_feature");
        builder.HasIndex(feature => new { feature.Department, feature.Feature });
    }
}

internal sealed class ExchangeMessageMapping : IEntityTypeConfiguration<ExchangeMessage>
{
    public void Configure(EntityTypeBuilder<ExchangeMessage> builder)
    {
        builder.ToTable("exchange_message");
        builder.HasKey(message => message.Position);
        builder.Property(message => message.Position).ValueGeneratedNever();
        builder.HasIndex(message => new { message.Lane, message.Position }).HasFilter("state <> 'Received'");
    }
}

internal sealed class CreditGapMapping : IEntityTypeConfiguration<CreditGap>
{
    public void Configure(EntityTypeBuilder<CreditGap> builder)
    {
        builder.MapAggregate("credit_gap");
        builder.HasOne<ListEntry>().WithMany().HasForeignKey(gap => gap.EntryId).OnDelete(DeleteBehavior.Restrict);

        // Looking twice finds nothing twice.
        builder.HasIndex(gap => new { gap.Kind, gap.AboutKey, gap.EntryId }).IsUnique();
        builder.HasIndex(gap => new { gap.Department, gap.State });
        builder.HasIndex(gap => gap.On);
    }
}

internal sealed class GapRunMapping : IEntityTypeConfiguration<GapRun>
{
    public void Configure(EntityTypeBuilder<GapRun> builder)
    {
        builder.ToTable("gap_run");
        builder.Property(run => run.Id).ValueGeneratedNever();
        builder.Ignore(run => run.Corrected);

        // Once a day, however many hosts look.
        builder.HasIndex(run => run.Day).IsUnique().HasFilter("not on_demand");
    }
}
