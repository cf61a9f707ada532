using System.Buffers.Binary;
using System.Reflection;
using System.Security.Cryptography;

namespace Credit.Core.Feeds;

/// <summary>A release of the host, as far as it forms rows.</summary>
/// <param name="Version">Its version. Nobody need raise it; of two that differ the higher is the newer.</param>
/// <param name="Id">Hash of the builds of the code that forms rows: another as soon as any of that code is, the same for equal builds.</param>
internal sealed record FeedRelease(Version Version, Guid Id)
{
    private const string Ours = "Credit.";

    /// <summary>The release that an assembly is of, with all of ours that it rests on: what scrubs a row may be in any of them.</summary>
    public static FeedRelease Of(Assembly forming)
    {
        var builds = new SortedDictionary<string, Guid>(StringComparer.Ordinal);
        var waiting = new Queue<Assembly>([forming]);
        while (waiting.TryDequeue(out var assembly))
        {
            if (builds.TryAdd(assembly.GetName().Name!, assembly.ManifestModule.ModuleVersionId))
            {
                foreach (var next in assembly.GetReferencedAssemblies().Where(name => name.Name!.StartsWith(Ours, StringComparison.Ordinal)))
                {
                    waiting.Enqueue(Assembly.Load(next));
                }
            }
        }

        var hash = SHA256.HashData([.. builds.Values.SelectMany(build => build.ToByteArray())]);
        return new(forming.GetName().Version ?? new(0, 0, 0, 0), new(hash.AsSpan(0, 16)));
    }
}

/// <summary>
/// The release that keeps the ledger, and those it took it from. Two releases over one database would form its sets in turn for ever: so one that was replaced
/// does not come back by itself, while one that was not there yet is the newer.
/// </summary>
/// <param name="Release">Who keeps it.</param>
/// <param name="Replaced">Releases of the same version that kept it before, the last first.</param>
internal sealed record FeedKeeping(FeedRelease Release, IReadOnlyList<Guid> Replaced)
{
    // Of so many releases of one version some host does not run any more.
    private const int MostReplaced = 64;

    /// <summary>True when the release is older than the one that keeps the ledger.</summary>
    public bool IsAheadOf(FeedRelease other) => other.Id != Release.Id
        && (other.Version < Release.Version || (other.Version == Release.Version && Replaced.Contains(other.Id)));

    /// <summary>What follows when a release takes the ledger, or goes on keeping it; no version that is lower need be remembered, for it is older anyway.</summary>
    /// <param name="before">How it was kept; null when it was not.</param>
    /// <param name="by">Who takes it.</param>
    public static FeedKeeping By(FeedRelease by, FeedKeeping? before) => before is null ? new(by, [])
        : before.Release.Id == by.Id ? before
        : new(by, before.Release.Version != by.Version ? [] : [.. before.Replaced.Prepend(before.Release.Id).Where(id => id != by.Id).Take(MostReplaced)]);

    /// <summary>How the ledger is kept, by what is noted of its sets; null when nothing tells.</summary>
    public static FeedKeeping? Of(IEnumerable<FeedShape> shapes) => shapes.Select(shape => shape.Keeping).OfType<FeedKeeping>().MaxBy(keeping => keeping.Release.Version);
}

/// <summary>What the ledger notes of a set.</summary>
/// <param name="Form">Hash of all that forms its rows.</param>
/// <param name="Keeping">Which release formed them; null when that was not noted.</param>
internal sealed record FeedShape(byte[] Form, FeedKeeping? Keeping)
{
    private const int Hash = SHA256.HashSizeInBytes;
    private const int Id = 16;

    /// <summary>True when rows were formed so: the one comparison of forms there is.</summary>
    public bool IsOf(byte[] form) => Form.AsSpan().SequenceEqual(form);

    /// <summary>As it is noted: form, version and identity of the release, and those of the replaced.</summary>
    public byte[] Noted()
    {
        if (Keeping is not { Release: var release } keeping)
        {
            return Form;
        }

        var version = new byte[Id];
        int[] parts = [release.Version.Major, release.Version.Minor, release.Version.Build, release.Version.Revision];
        for (var i = 0; i < parts.Length; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(version.AsSpan(i * sizeof(int)), Math.Max(parts[i], 0));
        }

        return [.. Form, .. version, .. release.Id.ToByteArray(), .. keeping.Replaced.SelectMany(id => id.ToByteArray())];
    }

    /// <summary>Reads what was noted, by whichever release.</summary>
    public static FeedShape Of(byte[] noted)
    {
        if (noted.Length < Hash + Id + Id || (noted.Length - Hash) % Id != 0)
        {
            return new(noted, null);
        }

        int Part(int i) => BinaryPrimitives.ReadInt32BigEndian(noted.AsSpan(Hash + (i * sizeof(int))));
        Guid[] ids = [.. noted[(Hash + Id)..].Chunk(Id).Select(id => new Guid(id))];
        return new(noted[..Hash], new(new(new(Part(0), Part(1), Part(2), Part(3)), ids[0]), ids[1..]));
    }
}
