using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.EntityFrameworkCore;
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
        builder.HasIndex(workflow => workflow.Department).IsUnique();
    }
}
