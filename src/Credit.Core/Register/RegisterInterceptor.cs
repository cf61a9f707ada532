using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Credit.Core.Register;

/// <summary>
/// Writes the register log in the transaction of the change: one entry per announcement, with what changed and the hashes
/// before and after. A changed aggregate that announced nothing is not saved (I80).
/// </summary>
internal sealed class RegisterInterceptor(Actor actor, PolicyPack pack, TimeProvider clock, RegisterSignal signal) : SaveChangesInterceptor
{
    /// <summary>How announcements and changes are written; wire formats depend on it.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    private readonly List<(Aggregate Aggregate, int Version)> _counted = [];
    private readonly List<RegisterEntry> _entries = [];
    private List<Aggregate> _written = [];

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Write(eventData.Context!);
        return ValueTask.FromResult(result);
    }

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Write(eventData.Context!);
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Saved();
        return ValueTask.FromResult(result);
    }

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        Saved();
        return result;
    }

    private void Saved()
    {
        foreach (var aggregate in _written)
        {
            aggregate.ForgetAnnouncements();
        }

        _counted.Clear();
        _entries.Clear();
        if (_written.Count > 0)
        {
            _written = [];
            signal.Wake();
        }
    }

    // The save before this one failed: what it added to the log and counted up is taken back, so that a second try writes once.
    private void TakeBack(DbContext db)
    {
        foreach (var entry in _entries.Where(entry => db.Entry(entry).State == EntityState.Added))
        {
            db.Entry(entry).State = EntityState.Detached;
        }

        foreach (var (aggregate, version) in _counted.Where(counted => counted.Aggregate.Version == counted.Version))
        {
            aggregate.Version = version - 1;
        }

        _counted.Clear();
        _entries.Clear();
        _written = [];
    }

    private void Write(DbContext db)
    {
        TakeBack(db);
        db.ChangeTracker.DetectChanges();
        var parts = PartsOf(db);
        foreach (var entry in db.ChangeTracker.Entries<Aggregate>().ToArray())
        {
            if (entry.State == EntityState.Deleted)
            {
                throw new InvalidOperationException($"{entry.Metadata.ClrType.Name} is never deleted (I91).");
            }

            var own = parts.GetValueOrDefault(entry.Entity.Id) ?? [];
            parts.Remove(entry.Entity.Id);
            var changed = entry.State is EntityState.Added or EntityState.Modified || own.Count > 0;
            if (!changed && entry.Entity.Announcements.Count == 0)
            {
                continue;
            }

            if (entry.Entity.Announcements.Count == 0)
            {
                throw new InvalidOperationException($"A {entry.Metadata.ClrType.Name} changed and announced nothing (I80).");
            }

            WriteOne(entry, own);
        }

        foreach (var entry in db.ChangeTracker.Entries<ILogged>().Where(entry => entry.State == EntityState.Modified).ToArray())
        {
            WriteLogged(entry);
        }

        if (parts.Count > 0)
        {
            throw new InvalidOperationException($"A {parts.Values.First()[0].Metadata.ClrType.Name} changed without what it belongs to (I80).");
        }

        db.AddRange(_entries);
    }

    private void WriteLogged(EntityEntry<ILogged> entry)
    {
        var before = HashOf(entry, original: true);
        entry.Property(nameof(ILogged.Version)).CurrentValue = (int)entry.Property(nameof(ILogged.Version)).OriginalValue! + 1;
        var (announcement, clause) = entry.Entity.Change;
        _entries.Add(new RegisterEntry
        {
            RecordedAt = clock.GetUtcNow(),
            Kind = entry.Metadata.ClrType.Name,
            AggregateId = entry.Entity.Id,
            Version = entry.Entity.Version,
            WireName = WireNames.Of(announcement.GetType()),
            Payload = JsonSerializer.Serialize(announcement, announcement.GetType(), Json),
            Changes = ChangesOf(entry, []),
            BeforeHash = before,
            AfterHash = HashOf(entry, original: false),
            Clause = clause.Number,
            PolicyPack = pack.Name,
            Actor = actor.Account,
            Department = actor.Department,
        });
    }

    private void WriteOne(EntityEntry<Aggregate> entry, List<EntityEntry> parts)
    {
        var before = entry.State == EntityState.Added ? null : HashOf(entry, original: true);
        if (entry.State != EntityState.Added)
        {
            entry.Entity.Version++;
            _counted.Add((entry.Entity, entry.Entity.Version));
            entry.Property(nameof(Aggregate.Version)).CurrentValue = entry.Entity.Version;
            entry.State = EntityState.Modified;
            foreach (var property in entry.Properties.Where(property => Equals(property.OriginalValue, property.CurrentValue)))
            {
                property.IsModified = false;
            }
        }

        var changes = ChangesOf(entry, parts);
        var after = HashOf(entry, original: false);
        foreach (var announced in entry.Entity.Announcements)
        {
            _entries.Add(new RegisterEntry
            {
                RecordedAt = announced.Announcement is IToldByDay ? CivilClock.StartOf(clock.Today()) : clock.GetUtcNow(),
                Kind = entry.Metadata.ClrType.Name,
                AggregateId = entry.Entity.Id,
                Version = entry.Entity.Version,
                SubjectId = SubjectOf(entry),
                WireName = WireNames.Of(announced.Announcement.GetType()),
                Payload = JsonSerializer.Serialize(announced.Announcement, announced.Announcement.GetType(), Json),
                Changes = changes,
                BeforeHash = before,
                AfterHash = after,
                Clause = announced.Clause.Number,
                PolicyPack = pack.Name,
                Actor = actor.Account,
                Department = actor.Department,
            });
            changes = "{}";
        }

        _written.Add(entry.Entity);
    }

    // Changed parts of aggregates (publications, bases, identifiers) by the aggregate they belong to.
    private static Dictionary<Guid, List<EntityEntry>> PartsOf(DbContext db)
    {
        Dictionary<Guid, List<EntityEntry>> parts = [];
        foreach (var entry in db.ChangeTracker.Entries().Where(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted))
        {
            if (entry.Entity is Aggregate || OwnershipOf(entry.Metadata) is not { } ownership)
            {
                continue;
            }

            if (entry.State == EntityState.Deleted)
            {
                throw new InvalidOperationException($"{entry.Metadata.ClrType.Name} is never deleted (I91).");
            }

            var owner = (Guid)entry.Property(ownership.Properties[0].Name).CurrentValue!;
            if (!parts.TryGetValue(owner, out var own))
            {
                parts[owner] = own = [];
            }

            own.Add(entry);
        }

        return parts;
    }

    private static IForeignKey? OwnershipOf(IEntityType type) => type.GetForeignKeys()
        .SingleOrDefault(key => key.PrincipalToDependent is not null && key.PrincipalEntityType.ClrType.IsAssignableTo(typeof(Aggregate)));

    private static Guid? SubjectOf(EntityEntry<Aggregate> entry) => entry.Entity is Subject subject
        ? subject.Id
        : entry.Metadata.FindProperty("SubjectId") is { } property ? (Guid?)entry.Property(property.Name).CurrentValue : null;

    private static string ChangesOf(EntityEntry entry, List<EntityEntry> parts)
    {
        var changes = new JsonObject();
        foreach (var property in entry.Properties.Where(property => entry.State == EntityState.Added || property.IsModified).OrderBy(property => property.Metadata.Name, StringComparer.Ordinal))
        {
            changes[property.Metadata.Name] = ValueOf(property);
        }

        foreach (var kind in parts.GroupBy(part => OwnershipOf(part.Metadata)!.PrincipalToDependent!.Name).OrderBy(kind => kind.Key, StringComparer.Ordinal))
        {
            changes[kind.Key] = new JsonArray([.. kind.Select(PartOf)]);
        }

        return changes.ToJsonString(Json);
    }

    /// <summary>A part as the log holds it: every field but the link to its owner. It replaces the part with the same <c>Id</c>.</summary>
    public static JsonNode PartOf(EntityEntry part)
    {
        var fields = new JsonObject();
        foreach (var property in part.Properties.Where(property => !property.Metadata.IsForeignKey()).OrderBy(property => property.Metadata.Name, StringComparer.Ordinal))
        {
            fields[property.Metadata.Name] = ValueOf(property);
        }

        return fields;
    }

    /// <summary>A field as the log holds it. Bytes are sealed identifiers: more people read the log than may hold those, so it keeps their SHA-256 only.</summary>
    public static JsonNode? ValueOf(PropertyEntry property) => property.CurrentValue switch
    {
        byte[] sealedBytes => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(sealedBytes)),
        string text when property.Metadata.PropertyInfo?.IsDefined(typeof(HashedInLogAttribute), inherit: false) == true =>
            "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))),
        _ => JsonSerializer.SerializeToNode(property.CurrentValue, property.Metadata.ClrType, Json),
    };

    private static byte[] HashOf(EntityEntry entry, bool original)
    {
        var state = new StringBuilder();
        foreach (var property in entry.Properties.OrderBy(property => property.Metadata.Name, StringComparer.Ordinal))
        {
            var value = original ? property.OriginalValue : property.CurrentValue;
            state.Append(property.Metadata.Name).Append('=').Append(JsonSerializer.Serialize(value, property.Metadata.ClrType, Json)).Append('\n');
        }

        return SHA256.HashData(Encoding.UTF8.GetBytes(state.ToString()));
    }
}

/// <summary>Wire names of announcements, both ways.</summary>
internal static class WireNames
{
    private static readonly FrozenDictionary<Type, string> Names = typeof(Aggregate).Assembly.GetTypes()
        .Select(type => (type, type.GetCustomAttribute<WireNameAttribute>()?.Name))
        .Where(pair => pair.Name is not null)
        .ToFrozenDictionary(pair => pair.type, pair => pair.Name!);

    /// <summary>All announcements with their wire names.</summary>
    public static IReadOnlyDictionary<Type, string> All => Names;

    /// <exception cref="InvalidOperationException">The type has no wire name.</exception>
    public static string Of(Type type) => Names.TryGetValue(type, out var name) ? name : throw new InvalidOperationException($"{type.Name} has no wire name.");
}
