using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Domain.Enforcement;
using Credit.Testing;

namespace Credit.Core.Tests.Enforcement;

/// <summary>Measures of an entry whose last day is over, before the clockwork came by.</summary>
public sealed class LastDayTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    [Trait("Invariant", "I33")]
    [Trait("Invariant", "I39")]
    public async Task No_measure_is_executed_after_the_last_day_whether_or_not_a_job_ran()
    {
        var journey = new TaskJourney(host);
        var (_, tasks) = await journey.DispatchedAsync("320", "2026-11-25");
        var task = tasks.Single(each => each.MeasureKey == "TAX-BLACK/9");
        var other = tasks.First(each => each.Department == "ecology" || each.Department == "human-resources");
        (await journey.OnTaskAsync("finance.officer", task.Id, "acknowledgement")).Status.ShouldBe(HttpStatusCode.OK);
        (await journey.OnTaskAsync($"{other.Department}.officer", other.Id, "acknowledgement")).Status.ShouldBe(HttpStatusCode.OK);
        host.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 25, 23, 59, 59, TimeSpan.FromHours(8)));
        host.ForgetTokens();
        (await ExecutionAsync(task)).ShouldBe("Running", "the last day counts fully");
        (await journey.OnTaskAsync($"{other.Department}.officer", other.Id, "application")).Status.ShouldBe(HttpStatusCode.OK);

        host.Clock.SetUtcNow(new DateTimeOffset(2026, 11, 26, 0, 0, 0, TimeSpan.FromHours(8)));

        (await ExecutionAsync(task)).ShouldBe("Ended");
        (await journey.OnTaskAsync("finance.officer", task.Id, "application")).Body.ShouldContain("measure-not-running");
        (await journey.BanAsync(task.Id)).Body.ShouldContain("measure-not-running");
        using var lead = await host.AsAsync("development-reform.officer");
        (await journey.Entries.ListAsync(lead, $"/odata/official/MeasureTasks?$filter=EntryId eq {task.EntryId}"))
            .ShouldAllBe(row => row.GetProperty("Execution").GetString() == nameof(TaskExecution.Ended));
        (await journey.TasksAsync(task.EntryId)).ShouldAllBe(each => each.Execution == TaskExecution.Running, "no job ran yet");
        await host.SweepAsync();
        (await journey.TasksAsync(task.EntryId)).ShouldAllBe(each => each.Execution == TaskExecution.Ended && each.State == TaskState.StopRequested);
    }

    private async Task<string?> ExecutionAsync(MeasureTask task)
    {
        using var finance = await host.AsAsync("finance.officer");
        return (await finance.GetFromJsonAsync<JsonElement>($"/api/tasks/{task.Id}")).GetProperty("execution").GetString();
    }
}
