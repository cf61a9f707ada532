using System.Diagnostics;
using Credit.Core.Deadlines;
using Credit.Core.Demo.Stories;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Demo;

/// <summary>Lets the demo district live through its two years, day by day: files come in, officers act, deadlines pass, departments get their tasks.</summary>
internal sealed class DemoLoad(IServiceProvider services, DemoClock clock, IEnumerable<Endpoint> endpoints, DemoProgress progress)
{
    private const int Offices = 4;

    /// <summary>Loads the district into an empty register.</summary>
    /// <exception cref="InvalidOperationException">The register is not empty.</exception>
    /// <exception cref="DemoRefusedException">A use case refused a step.</exception>
    public async Task RunAsync(DemoPlan plan, CancellationToken cancel)
    {
        if (!await IsEmptyAsync(services, cancel))
        {
            throw new InvalidOperationException("登记库不为空，不能加载演示数据。 The register is not empty: the demo district is loaded into an empty one only.");
        }

        var calendar = services.GetRequiredService<IWorkingCalendar>();
        progress.Say($"任城区演示数据 · demo district, {plan.Start:yyyy-MM-dd} – {plan.Today:yyyy-MM-dd} (Demo:Load=false switches it off)");
        var district = DemoDistrict.Make(plan, calendar);
        var book = StoryBook.Tell(district, calendar);
        var intake = new RegistryIntake(services, district);
        await intake.TakeSubjectsAsync(cancel);
        progress.Say($"主体 subjects {district.Subjects.Count:N0}");
        await LiveAsync(district, book, intake, cancel);
        progress.Say($"登记日志 register log {await ReadAsync((db, stop) => db.RegisterPositions.LongCountAsync(stop), cancel):N0}");
    }

    /// <summary>True when nothing was ever registered.</summary>
    public static async Task<bool> IsEmptyAsync(IServiceProvider services, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CreditDbContext>();
        return !await db.RegisterEntries.AnyAsync(cancel) && !await db.Subjects.AnyAsync(cancel) && !await db.Batches.AnyAsync(cancel);
    }

    private async Task LiveAsync(DemoDistrict district, StoryBook book, RegistryIntake intake, CancellationToken cancel)
    {
        var desk = new DemoDesk(services, endpoints);
        var stage = new Stage(services, desk, district.Tables, cancel);
        var files = district.Penalties.Cast<DemoDecision>().Concat(district.Licences).ToLookup(decision => decision.ReceivedOn);
        var steps = book.Steps.ToLookup(step => step.Day);
        var received = 0;
        var first = book.Steps[0].Day;
        for (var day = district.Plan.Start; day <= district.Plan.Today; day = day.AddDays(1))
        {
            clock.TurnTo(day);
            if (day == district.Plan.Start)
            {
                await DemoStandards.RegisterAsync(desk, stage.Modules, district.Tables.Standards, cancel);
            }

            if (day > first)
            {
                await services.GetRequiredService<DeadlineSweeper>().RunOnceAsync(cancel);
            }

            if (files[day].ToArray() is { Length: > 0 } sent)
            {
                await intake.TakeFilesAsync(sent, cancel);
                received += sent.Length;
            }

            if (steps[day].ToArray() is { Length: > 0 } taken)
            {
                await TakeAsync(taken, stage, cancel);
                await SettleAsync(cancel);
            }

            if (day.AddDays(1).Day == 1 && day.Month % 3 == 0)
            {
                progress.Say($"{day:yyyy-MM} · 许可和处罚 licences and penalties {received:N0} · 业务操作 steps {desk.Steps:N0}");
            }
        }

        await SettleAsync(cancel);
        progress.Say($"许可 licences {district.Licences.Count:N0} · 处罚 penalties {district.Penalties.Count:N0}");
        var tasks = await ReadAsync((db, stop) => db.Tasks.CountAsync(stop), cancel);
        var entries = await ReadAsync((db, stop) => db.Entries.CountAsync(stop), cancel);
        progress.Say($"名单条目 list entries {entries:N0} · 措施任务 measure tasks {tasks:N0} · 业务操作 steps {desk.Steps:N0}");
    }

    // Offices work side by side; what concerns one subject goes in order.
    private static Task TakeAsync(IEnumerable<Step> steps, Stage stage, CancellationToken cancel) => Parallel.ForEachAsync(
        steps.GroupBy(step => step.Subject),
        new ParallelOptions { MaxDegreeOfParallelism = Offices, CancellationToken = cancel },
        async (subject, _) =>
        {
            foreach (var step in subject)
            {
                await step.Take(stage);
            }
        });

    private async Task SettleAsync(CancellationToken cancel)
    {
        do
        {
            await services.GetRequiredService<Sequencer>().RunOnceAsync(cancel);
        }
        while (await services.GetRequiredService<Reactions>().RunOnceAsync(cancel) > 0);
    }

    private async Task<T> ReadAsync<T>(Func<CreditDbContext, CancellationToken, Task<T>> read, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<CreditDbContext>(), cancel);
    }
}

/// <summary>Says to whoever waits how far the load is, with the seconds since its start.</summary>
internal sealed class DemoProgress(TextWriter output)
{
    private readonly long _start = Stopwatch.GetTimestamp();

    public void Say(string line) => output.WriteLine($"[demo {Stopwatch.GetElapsedTime(_start).TotalSeconds,5:0.0} s] {line}");
}
