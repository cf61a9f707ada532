using Microsoft.AspNetCore.Builder;

namespace Credit.Core.Http;

/// <summary>A command that asks for no <c>If-Match</c>, and says why no update can be lost by it (I89).</summary>
/// <param name="reason">Reason for a reviewer.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class WithoutVersionBecauseAttribute(string reason) : Attribute
{
    /// <summary>Reason for a reviewer.</summary>
    public string Reason { get; } = reason;
}

/// <summary>Every command states the version it read, or why it need not; a test walks all of them.</summary>
internal static class VersionlessCommands
{
    /// <summary>The command makes something new; what it refers to is read, not edited.</summary>
    public const string New = "It makes something new and edits nothing that was there.";

    /// <summary>The command answers a question; at most the question is kept.</summary>
    public const string Question = "It answers a question; at most the question itself is kept.";

    /// <summary>The command asks for no version, for this reason.</summary>
    public static TBuilder WithoutVersionBecause<TBuilder>(this TBuilder endpoint, string reason)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new WithoutVersionBecauseAttribute(reason));
}
