using System.Text.Json;
using Credit.Core.Checks;
using Credit.Core.Checks.Index;
using Credit.Core.Register;
using Credit.Domain.Checks;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;
using Credit.Testing;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Credit.Core.Tests.Checks;

/// <summary>The check index of a host whose clockwork runs only when a test says so.</summary>
internal static class IndexJourney
{
    public static CheckIndex Index(this HostFixture host) => host.Services.GetRequiredService<CheckIndex>();

    public static CheckMeters Meters(this HostFixture host) => host.Services.GetRequiredService<CheckMeters>();

    /// <summary>Gives everything committed its place and lets the index take it in; reactions stay where they are.</summary>
    public static async Task FollowAsync(this HostFixture host)
    {
        await host.Services.GetRequiredService<Sequencer>().RunOnceAsync(CancellationToken.None);
        await host.Index().StepAsync(CancellationToken.None);
    }

    /// <summary>What the register itself answers, as JSON.</summary>
    public static async Task<string> FromRegisterAsync(this HostFixture host, IReadOnlyList<SubjectIdentifier> named, HitQuestion question)
    {
        await using var scope = host.Services.CreateAsyncScope();
        await using var opened = await scope.ServiceProvider.GetRequiredService<RegisterReading>().OpenAsync(CancellationToken.None);
        return await ToldAsync(host, opened.Source, named, question);
    }

    /// <summary>What the index answers, as JSON; null when it has no reading to give.</summary>
    public static async Task<string?> FromIndexAsync(this HostFixture host, IReadOnlyList<SubjectIdentifier> named, HitQuestion question)
    {
        using var reading = host.Index().TryRead(question.Today, question.ValidAt);
        return reading is null ? null : await ToldAsync(host, reading, named, question);
    }

    /// <summary>What a state of the register tells, as JSON.</summary>
    public static async Task<string> ToldAsync(HostFixture host, IHitSource source, IReadOnlyList<SubjectIdentifier> named, HitQuestion question)
    {
        var found = await source.ResolveAsync(named, CancellationToken.None);
        Guid[] known = [.. found.OfType<Guid>().Distinct()];
        var hits = await source.FindAsync(known, question, CancellationToken.None);
        var standing = await source.StandAsync(known, question, CancellationToken.None);
        return JsonSerializer.Serialize(
            new { source.Position, Subjects = found.Select(id => new { id, hits = id is { } one ? hits[one].ToArray() : [], standing = id is { } two ? standing[two] : null }) },
            host.Services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions);
    }
}
