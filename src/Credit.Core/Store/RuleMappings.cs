using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Credit.Core.Store;

internal sealed class RuleAmendmentMapping : IEntityTypeConfiguration<RuleAmendment>
{
    public void Configure(EntityTypeBuilder<RuleAmendment> builder)
    {
        builder.MapAggregate("rule_amendment");
        builder.HasIndex(amendment => new { amendment.Pack, amendment.State });
    }
}

internal sealed class RecognitionStandardMapping : IEntityTypeConfiguration<RecognitionStandard>
{
    public void Configure(EntityTypeBuilder<RecognitionStandard> builder)
    {
        builder.MapAggregate("recognition_standard");
        builder.HasIndex(standard => new { standard.Title, standard.Level, standard.List, standard.Domain, standard.Edition }).IsUnique().AreNullsDistinct(false);
    }
}

internal sealed class UpstreamMatchMapping : IEntityTypeConfiguration<UpstreamMatch>
{
    public void Configure(EntityTypeBuilder<UpstreamMatch> builder)
    {
        builder.MapAggregate("upstream_match");
        builder.HasIndex(match => new { match.Item, match.Level, match.Number }).IsUnique();
    }
}

internal sealed class DepartmentWorkflowMapping : IEntityTypeConfiguration<DepartmentWorkflow>
{
    public void Configure(EntityTypeBuilder<DepartmentWorkflow> builder)
    {
        builder.MapAggregate("department_workflow");
        builder.HasMany(workflow => workflow.Steps).WithOne().HasForeignKey("workflow_id").IsRequired();
        builder.Navigation(workflow => workflow.Steps).UsePropertyAccessMode(PropertyAccessMode.Field);
        builder.HasIndex(workflow => workflow.Department).IsUnique();
    }
}

internal sealed class WorkflowStepsMapping : IEntityTypeConfiguration<WorkflowSteps>
{
    public void Configure(EntityTypeBuilder<WorkflowSteps> builder)
    {
        builder.ToTable("workflow_steps");
        builder.HasKey(steps => steps.Id);
        builder.Property(steps => steps.Id).ValueGeneratedNever();

        // Written once, so that the reference says whether they are the same.
        builder.Property(steps => steps.LegalReview).HasConversion(
            decisions => string.Join(',', decisions),
            text => text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<ReviewedDecision>).ToArray(),
            new ValueComparer<IReadOnlyList<ReviewedDecision>>((one, other) => ReferenceEquals(one, other), decisions => decisions.Count, decisions => decisions));
        builder.HasIndex("workflow_id", nameof(WorkflowSteps.Number)).IsUnique();
    }
}
