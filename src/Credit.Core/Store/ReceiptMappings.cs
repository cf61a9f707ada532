using Credit.Core.Receipts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Credit.Core.Store;

internal sealed class SigningKeyMapping : IEntityTypeConfiguration<SigningKey>
{
    public void Configure(EntityTypeBuilder<SigningKey> builder)
    {
        builder.ToTable("signing_key");
        builder.HasKey(key => key.KeyId);
        builder.Ignore(key => key.Point);
    }
}

internal sealed class LogNodeMapping : IEntityTypeConfiguration<LogNode>
{
    public void Configure(EntityTypeBuilder<LogNode> builder)
    {
        builder.ToTable("log_node");
        builder.HasKey(node => new { node.Level, node.Place });
    }
}

internal sealed class PublishedContentMapping : IEntityTypeConfiguration<PublishedContent>
{
    public void Configure(EntityTypeBuilder<PublishedContent> builder)
    {
        builder.ToTable("published_content");
        builder.HasKey(content => content.Position);
        builder.Property(content => content.Position).ValueGeneratedNever();
        builder.HasIndex(content => content.EntryId);
    }
}

internal sealed class LogHeadMapping : IEntityTypeConfiguration<LogHead>
{
    public void Configure(EntityTypeBuilder<LogHead> builder)
    {
        builder.ToTable("log_head");
        builder.HasKey(head => head.Size);
        builder.Property(head => head.Size).ValueGeneratedNever();
    }
}
