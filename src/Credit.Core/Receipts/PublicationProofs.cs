using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credit.Core.Http;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Credit.Domain.Receipts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Credit.Core.Receipts;

/// <summary>
/// Anybody can see that what the platform publishes is in a log it cannot rewrite (I75): the latest signed head, the proof that an entry
/// is in it with the content shown, and the proof that one head continues another. Everything is read as the public role.
/// </summary>
internal static class PublicationProofs
{
    private const string Because = "Whoever reads public entries may see that they are in the log.";

    /// <summary>Maps the addresses beside the feeds.</summary>
    public static void MapPublicationProofs(this IEndpointRouteBuilder host)
    {
        host.MapGet("/feeds/heads", HeadAsync)
            .AllowAnonymousBecause(Because)
            .WithName("LogHead").WithSummary("Latest signed head of the publication log")
            .Produces<PublishedHead>().ProducesProblem(StatusCodes.Status404NotFound);
        host.MapGet("/feeds/proof", ProofAsync)
            .AllowAnonymousBecause(Because)
            .WithName("PublicationProof").WithSummary("Prove that a public entry is in the publication log with the content shown")
            .Explains("entry", "Identity of a public entry, as in the set ListEntries")
            .Produces<PublicationProof>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        host.MapGet("/feeds/consistency", ConsistencyAsync)
            .AllowAnonymousBecause(Because)
            .WithName("LogConsistency").WithSummary("Prove that a later head of the publication log continues an earlier one")
            .Explains("first", "Size of the earlier head").Explains("second", "Size of the later head; the latest when absent").RefusesWith("head-size-invalid")
            .Produces<ConsistencyProof>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> HeadAsync(PublicDbContext db, PublicationLog log, CancellationToken cancel) =>
        await LatestAsync(await OpenAsync(db, cancel), log, 1, cancel) is { } head ? Json(head.Head) : TypedResults.NotFound();

    private static async Task<IResult> ProofAsync(
        Guid entry, PublicDbContext db, PublicationLog log, Sequencer sequencer, HttpResponse response, CancellationToken cancel)
    {
        var connection = await OpenAsync(db, cancel);
        if (await PublicContents.ShownAsync(connection, entry, cancel) is not { } content)
        {
            return TypedResults.NotFound();
        }

        var logged = await PublicContents.LoggedAsync(connection, entry, cancel);
        if (!IsLogged(logged, content))
        {
            // It is public from the instant of its commit; its place in the log follows.
            await sequencer.RunOnceAsync(cancel);
            await log.CatchUpAsync(cancel);
            logged = await PublicContents.LoggedAsync(connection, entry, cancel);
        }

        if (!IsLogged(logged, content) || await LatestAsync(connection, log, logged[^1].Position, cancel) is not { } head)
        {
            response.Headers.RetryAfter = "1";
            return TypedResults.Problem(statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        var nodes = await LogNodes.ReadAsync(connection, LogNodes.Public, MerkleTree.NodesOf(node => Paths(logged, head.Size, node)), cancel);
        var proof = JsonSerializer.SerializeToNode(
            new PublicationProof(PublicationProof.Name, content, Convert.ToHexStringLower(logged[^1].Salt!), Paths(logged, head.Size, nodes), null!), RegisterInterceptor.Json)!;
        proof["head"] = JsonNode.Parse(head.Head);
        return Json(proof.ToJsonString(RegisterInterceptor.Json));
    }

    private static async Task<IResult> ConsistencyAsync(long first, PublicDbContext db, PublicationLog log, CancellationToken cancel, long? second = null)
    {
        var connection = await OpenAsync(db, cancel);
        if (await LatestAsync(connection, log, 1, cancel) is not { } head)
        {
            return TypedResults.NotFound();
        }

        var last = second ?? head.Size;
        if (first < 1 || first > last || last > head.Size)
        {
            return new Refusal(
                "head-size-invalid", "链头大小须从1起，前一个不大于后一个，后一个不超过最新链头。",
                "Sizes of heads begin with 1, the first is not beyond the second, and the second not beyond the latest head.", Clause.Standard("I75"), "first").ToProblem();
        }

        var nodes = await LogNodes.ReadAsync(
            connection, LogNodes.Public,
            MerkleTree.NodesOf(node => (MerkleTree.Root(first, node), MerkleTree.Root(last, node), MerkleTree.Consistency(first, last, node)).GetHashCode()), cancel);
        return TypedResults.Ok(new ConsistencyProof(
            first, Hex(MerkleTree.Root(first, nodes)), last, Hex(MerkleTree.Root(last, nodes)), [.. MerkleTree.Consistency(first, last, nodes).Select(Hex)]));
    }

    // The latest head, or a new one when it does not reach a position that the tree has; null while there is none.
    private static async Task<(long Size, string Head)?> LatestAsync(NpgsqlConnection connection, PublicationLog log, long atLeast, CancellationToken cancel)
    {
        if (await PublicContents.HeadAsync(connection, cancel) is { } head && head.Size >= atLeast)
        {
            return head;
        }

        await log.CatchUpAsync(cancel);
        await log.SignAsync(cancel);
        return await PublicContents.HeadAsync(connection, cancel) is { } signed && signed.Size >= atLeast ? signed : null;
    }

    private static bool IsLogged(IReadOnlyList<LoggedContent> logged, PublicEntryContent content) =>
        logged is [.., { Salt: { } salt } last] && PublishedContents.HashOf(salt, content).AsSpan().SequenceEqual(last.Hash);

    private static LoggedPlace[] Paths(IReadOnlyList<LoggedContent> logged, long size, Func<MerkleNode, byte[]> node) =>
    [
        .. logged.Where(content => content.Position <= size).Select(content => new LoggedPlace(
            new(content.Position, Hex(content.ChainHash), content.Announcement, Hex(content.Hash)), content.Position - 1, size,
            [.. MerkleTree.Inclusion(content.Position - 1, size, node).Select(Hex)])),
    ];

    private static string Hex(byte[] hash) => Convert.ToHexStringLower(hash);

    private static Microsoft.AspNetCore.Http.HttpResults.ContentHttpResult Json(string text) => TypedResults.Content(text, "application/json", Encoding.UTF8);

    // Through the context, which tells the session the civil day.
    private static async Task<NpgsqlConnection> OpenAsync(PublicDbContext db, CancellationToken cancel)
    {
        await db.Database.OpenConnectionAsync(cancel);
        return (NpgsqlConnection)db.Database.GetDbConnection();
    }
}

/// <summary>A signed head.</summary>
/// <param name="Kind">Always <c>credit-log-head.v1</c>.</param>
/// <param name="Tree">Kind of tree: RFC 6962 over SHA-256.</param>
/// <param name="Size">Positions of the log in it.</param>
/// <param name="Root">Root of the tree, in hex.</param>
/// <param name="SignedAt">Instant of signing, UTC.</param>
/// <param name="KeyId">Key, as in <c>/.well-known/credit-keys</c>.</param>
/// <param name="Algorithm">Algorithm.</param>
/// <param name="Signature">Over the canonical JSON of the other members, base64url.</param>
internal sealed record PublishedHead(string Kind, string Tree, long Size, string Root, DateTimeOffset SignedAt, string KeyId, string Algorithm, string Signature)
{
    /// <summary>Value of <see cref="Kind"/>.</summary>
    public const string Name = "credit-log-head.v1";
}

/// <summary>That an entry is in the log with the content shown.</summary>
/// <param name="Kind">Always <c>credit-publication-proof.v1</c>.</param>
/// <param name="Content">What is shown.</param>
/// <param name="Salt">In hex. The content hash is SHA-256 over salt and canonical JSON of the content.</param>
/// <param name="Published">Every position with which a content of the entry came before the public: the first published it, the last one has the content shown.</param>
/// <param name="Head">The head the paths lead to.</param>
internal sealed record PublicationProof(string Kind, PublicEntryContent Content, string Salt, IReadOnlyList<LoggedPlace> Published, PublishedHead Head)
{
    /// <summary>Value of <see cref="Kind"/>.</summary>
    public const string Name = "credit-publication-proof.v1";
}

/// <summary>A leaf and its way to the root.</summary>
/// <param name="Leaf">What the leaf says; its canonical JSON is hashed.</param>
/// <param name="Index">Place of the leaf, from 0.</param>
/// <param name="Size">Leaves of the tree.</param>
/// <param name="Path">Hashes from the leaf to the root, in hex.</param>
internal sealed record LoggedPlace(LoggedLeaf Leaf, long Index, long Size, IReadOnlyList<string> Path);

/// <summary>A position that put a content before the public.</summary>
/// <param name="Position">Position in the log.</param>
/// <param name="ChainHash">Hash of the chain of the log up to it, in hex.</param>
/// <param name="Announcement">Wire name of what happened.</param>
/// <param name="ContentHash">Salted hash of the content, in hex.</param>
internal sealed record LoggedLeaf(long Position, string ChainHash, string Announcement, string ContentHash);

/// <summary>That a later tree begins with an earlier one.</summary>
/// <param name="First">Size of the earlier.</param>
/// <param name="FirstRoot">Its root, in hex.</param>
/// <param name="Second">Size of the later.</param>
/// <param name="SecondRoot">Its root, in hex.</param>
/// <param name="Path">Hashes, in hex.</param>
internal sealed record ConsistencyProof(long First, string FirstRoot, long Second, string SecondRoot, IReadOnlyList<string> Path);
