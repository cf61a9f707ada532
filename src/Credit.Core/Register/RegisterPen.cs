using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credit.Domain.Policy;

namespace Credit.Core.Register;

/// <summary>Writes the log entry of a change to something that is not an aggregate: a calendar, a deadline. The caller adds it to its own transaction (I80).</summary>
internal sealed class RegisterPen(Actor actor, PolicyPack pack, TimeProvider clock)
{
    /// <summary>The entry of one change.</summary>
    /// <param name="announcement">A record with a wire name.</param>
    /// <param name="kind">What changed.</param>
    /// <param name="id">Which one.</param>
    /// <param name="clause">Requirement or invariant.</param>
    /// <param name="before">Fields before; null when it is new.</param>
    /// <param name="after">The same fields after.</param>
    public RegisterEntry Write(object announcement, string kind, Guid id, Clause clause, JsonObject? before, JsonObject after) => new()
    {
        RecordedAt = clock.GetUtcNow(),
        Kind = kind,
        AggregateId = id,
        WireName = WireNames.Of(announcement.GetType()),
        Payload = JsonSerializer.Serialize(announcement, announcement.GetType(), RegisterInterceptor.Json),
        Changes = after.ToJsonString(RegisterInterceptor.Json),
        BeforeHash = before is null ? null : HashOf(before),
        AfterHash = HashOf(after),
        Clause = clause.Number,
        PolicyPack = pack.Name,
        Actor = actor.Account,
        Department = actor.Department,
    };

    private static byte[] HashOf(JsonObject state) => SHA256.HashData(Encoding.UTF8.GetBytes(state.ToJsonString(RegisterInterceptor.Json)));
}
