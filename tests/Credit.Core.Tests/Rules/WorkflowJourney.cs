using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Tests.DueProcess;
using Credit.Core.Tests.Listing;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Rules;

/// <summary>Sets a department's own steps and lets days pass, so that they count.</summary>
internal sealed class WorkflowJourney(HostFixture host)
{
    public const string Tomorrow = "2026-11-25";

    public static readonly object Agreeing = new { agrees = true, text = "事实清楚，程序合法，同意。" };

    public static readonly object Objecting = new { agrees = false, text = "证据不足，请补充。" };

    public RepairJourney Repairs { get; } = new(host);

    public EntryJourney Entries => Repairs.Register.Entries;

    /// <summary>What came of setting steps, in the version the workflow has now.</summary>
    public async Task<MoveAnswer> TrySetAsync(string user, object steps, string department = "tax")
    {
        var version = await Repairs.Register.ReadAsync(db => db.Workflows.Where(each => each.Department == department).Select(each => each.Version).SingleOrDefaultAsync());
        return await Entries.PostAsync(user, "/api/policy/workflow/steps", version, steps);
    }

    /// <summary>Sets steps of a department from a day on.</summary>
    public async Task SetAsync(object steps, string department = "tax")
    {
        var set = await TrySetAsync($"{department}.approver", steps, department);
        set.Status.ShouldBe(HttpStatusCode.OK, set.Body);
    }

    /// <summary>The workflow as an account of the department reads it.</summary>
    public async Task<JsonElement> ReadAsync(string user)
    {
        using var client = await host.AsAsync(user);
        return await client.GetFromJsonAsync<JsonElement>("/api/policy/workflow");
    }

    /// <summary>The next day, ten in the morning.</summary>
    public void LetADayPass()
    {
        host.Clock.Advance(TimeSpan.FromDays(1));
        host.ForgetTokens();
    }

    /// <summary>Posts to an entry in the version it has now.</summary>
    public async Task<MoveAnswer> OnEntryAsync(string user, Guid id, string action, object body) =>
        await Entries.PostAsync(
            user, $"/api/entries/{id}/{action}", await Repairs.Register.ReadAsync(db => db.Entries.Where(each => each.Id == id).Select(each => each.Version).SingleAsync()), body);
}
