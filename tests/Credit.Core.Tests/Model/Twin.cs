using System.Text.Json;
using Credit.Core.Deadlines;
using Credit.Core.Demo;
using Credit.Core.Modules;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Domain.Enforcement;
using Credit.Domain.Policy;
using Credit.Domain.Tests.Model;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Model;

/// <summary>
/// The district in memory and the district in the database side by side: every request is put to both, and both must say and
/// become the same. Subjects are new ones, so that districts do not see each other.
/// </summary>
internal sealed class Twin
{
    private readonly HostFixture _host;
    private readonly UseCaseDesk _desk;
    private readonly int _number;

    public Twin(HostFixture host, UseCaseDesk desk, ulong seed, int number)
    {
        (_host, _desk, _number) = (host, desk, number);
        Model = new District(host.Services.GetRequiredService<PolicyPack>(), CatalogueOf(host), ModelRun.NewDistrict(seed).Now)
        {
            Calendar = host.Services.GetRequiredService<DistrictCalendar>().Current,
            HasOwnForm = FormsOf(host),
        };
        host.Clock.AdjustTime(Model.Now);
        Watchman = new Watchman(Model);
        Names = new Pairing(Model);
    }

    public District Model { get; }

    public Watchman Watchman { get; }

    /// <summary>What the model answered last.</summary>
    public Answer Last { get; private set; } = new([], []);

    /// <summary>Which row of the database is which of the model.</summary>
    public Pairing Names { get; }

    /// <summary>Puts a request to both. Returns how they differ, or which invariant the model breaks; null when all is well.</summary>
    public async Task<string?> DoAsync(Request request, int after)
    {
        var version = Names.VersionOf(request.Target);
        var delivered = Model.Delivered;
        var (answer, breach) = Watchman.Do(request, after);
        Last = answer;
        if (breach is not null)
        {
            return $"{breach.Id} does not hold in memory: {breach.Found}";
        }

        var codes = await AskAsync(request, version, answer, delivered);
        if (!codes.SequenceEqual(answer.Refusals))
        {
            return $"the model says [{string.Join(", ", answer.Refusals)}], the platform [{string.Join(", ", codes)}]";
        }

        // A refused request changes nothing: should it, the next comparison finds it. A move of the clock changes only what is shown.
        return !answer.Accepted ? null : await CompareAsync(onlyFeed: request.Move != default);
    }

    /// <summary>How the two differ; null when they do not.</summary>
    public Task<string?> CompareAsync(bool onlyFeed = false) => new Comparison(_host, this).RunAsync(onlyFeed);

    private async Task<IReadOnlyList<string>> AskAsync(Request request, int? version, Answer answer, int delivered)
    {
        switch (request.Kind)
        {
            case CommandKind.TickSecond or CommandKind.TickToMidnight or CommandKind.TickDays or CommandKind.ClockBack:
                _host.Clock.AdjustTime(Model.Now);
                return [];
            case CommandKind.Sweep:
                await _host.SweepAsync();
                return [];
            case CommandKind.CreateTasks:
                await _host.SettleAsync();
                return [];
            case CommandKind.DuplicateDelivery:
                await DeliverAgainAsync(request, delivered);
                return [];
            default:
                var call = Calls.Of(request, this);
                var asked = await _desk.AskAsync(Names.CallerOf(request.User), call.UseCase, call.Body, call.About, call.UseCase == nameof(Core.Deadlines.UploadCalendar) ? await CalendarRevisionAsync((int)call.About!) : call.Versioned ? version : null);
                if (asked.Accepted)
                {
                    Names.Learn(request, answer, asked.Body);
                }

                return asked.Codes;
        }
    }

    /// <summary>The subject as a proposal names it.</summary>
    public object Reference(int subject) => subject == Domain.Tests.Model.Cast.Subjects - 1
        ? new { kind = "NaturalPerson", name = "张某某", certificateType = "身份证", certificateNumber = MadeUpIdentifiers.IdentityNumber(20_000 + _number) }
        : new { kind = "LegalPerson", name = $"任城第{subject + 1}公司", code = MadeUpIdentifiers.UnifiedCode("91", 500_000 + (_number * 2) + subject), legalRepresentative = "李某" };

    private async Task<int?> CalendarRevisionAsync(int year)
    {
        await using var scope = _host.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<CreditDbContext>().CalendarYears.Where(each => each.Year == year).MaxAsync(each => (int?)each.Revision) ?? 1;
    }

    private async Task DeliverAgainAsync(Request request, int delivered)
    {
        var published = Model.Register.Log.Take(delivered).OfType<Domain.Listing.EntryPublished>().ToArray();
        if (published.Length == 0)
        {
            return;
        }

        var one = published[request.Number % published.Length];
        await using var scope = _host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CreditDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync();
        foreach (var reaction in scope.ServiceProvider.GetServices<Abstractions.IHandle<Domain.Listing.EntryPublished>>())
        {
            await reaction.HandleAsync(one with { EntryId = Names.Of(one.EntryId), SubjectId = Names.Of(one.SubjectId) }, CancellationToken.None);
        }

        await transaction.CommitAsync();
    }

    private static Catalogue CatalogueOf(HostFixture host)
    {
        var departments = host.Services.GetRequiredService<DepartmentDirectory>();
        return new Catalogue(host.Services.GetRequiredService<ModuleCatalog>().Memoranda.Select(memorandum => new MemorandumVersion(
            memorandum.Code, memorandum.Version, memorandum.Trigger.List, memorandum.Trigger.Domains, memorandum.EffectiveFrom, memorandum.EffectiveTo,
            [.. memorandum.Measures.Select(measure => measure with { Departments = [.. measure.Departments.Where(key => departments.Find(key) is { OutsideDistrict: false })] })])));
    }

    private static Func<MeasureTask, bool> FormsOf(HostFixture host)
    {
        var modules = host.Services.GetRequiredService<ModuleCatalog>().Modules;
        return task => modules.Where(module => module.Manifest.Departments.Contains(task.Department))
            .SelectMany(module => module.FeedbackKinds).Any(kind => kind.Answers.Intersect(task.Canonical).Any());
    }
}
