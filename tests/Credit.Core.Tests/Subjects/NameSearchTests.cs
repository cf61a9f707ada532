using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Core.Subjects;
using Credit.Core.Subjects.Names;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Credit.Core.Tests.Subjects;

/// <summary>Who has a name and no code finds candidates, and never a verdict.</summary>
public sealed class NameSearchTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    [Trait("Requirement", "R-3.1.5.a")]
    [Trait("Invariant", "I18")]
    public async Task A_name_finds_candidates_with_reasons_for_review_and_the_log_brings_new_and_changed_names_in()
    {
        var subject = await RegisteredAsync(SubjectKind.LegalPerson, "济宁市任城区甯霈商贸有限公司");

        var answer = await FoundAsync("任城甯霈商貿公司");

        answer.GetProperty("outcome").GetString().ShouldBe("review");
        answer.GetProperty("position").GetInt64().ShouldBeGreaterThan(0);
        var first = answer.GetProperty("candidates")[0];
        first.GetProperty("subjectId").GetGuid().ShouldBe(subject);
        first.GetProperty("score").GetDouble().ShouldBeInRange(0.9, 1);
        first.GetProperty("reasons").EnumerateArray().Select(reason => (reason.GetProperty("part").GetString(), reason.GetProperty("match").GetString()))
            .ShouldContain(("Brand", "Same"));

        await ChangeAsync(subject, "济宁市任城区栎棠商贸有限公司");
        (await FoundAsync("栎棠商贸")).GetProperty("candidates")[0].GetProperty("formerName").GetBoolean().ShouldBeFalse();
        var once = (await FoundAsync("甯霈商贸")).GetProperty("candidates")[0];
        (once.GetProperty("subjectId").GetGuid(), once.GetProperty("name").GetString(), once.GetProperty("formerName").GetBoolean())
            .ShouldBe((subject, "济宁市任城区栎棠商贸有限公司", true));
    }

    [Fact]
    [Trait("Requirement", "R-3.1.5.a")]
    public async Task A_natural_person_is_never_found_by_name()
    {
        await RegisteredAsync(SubjectKind.NaturalPerson, "欧阳甯霈");
        var shop = await RegisteredAsync(SubjectKind.IndividualBusiness, "任城区欧阳甯霈小吃店");

        (await FoundAsync("欧阳甯霈")).GetProperty("candidates").EnumerateArray().Select(candidate => candidate.GetProperty("subjectId").GetGuid()).ShouldBe([shop]);
    }

    [Fact]
    [Trait("Requirement", "R-3.1.5.a")]
    [Trait("Requirement", "R-3.1.3.d")]
    public async Task A_new_name_is_found_as_soon_as_it_is_committed_and_the_old_one_as_a_former_name()
    {
        var subject = await RegisteredAsync(SubjectKind.LegalPerson, "济宁市任城区翯璟建材有限公司");
        (await FoundAsync("翯璟建材")).GetProperty("candidates")[0].GetProperty("formerName").GetBoolean().ShouldBeFalse();
        await ChangeAsync(subject, "济宁市任城区鞠珺建材有限公司");

        // Nothing has placed the change in the log yet.
        var now = (await AskAsync("鞠珺建材")).GetProperty("candidates")[0];
        (now.GetProperty("subjectId").GetGuid(), now.GetProperty("formerName").GetBoolean()).ShouldBe((subject, false));
        var once = (await AskAsync("翯璟建材")).GetProperty("candidates")[0];
        (once.GetProperty("subjectId").GetGuid(), once.GetProperty("name").GetString(), once.GetProperty("formerName").GetBoolean()).ShouldBe((subject, "济宁市任城区鞠珺建材有限公司", true));
    }

    [Fact]
    [Trait("Requirement", "R-3.1.5.a")]
    public async Task Who_turns_out_to_be_a_natural_person_leaves_with_all_names_and_whoever_was_anonymised_is_nobody_to_be_found()
    {
        var book = host.Services.GetRequiredService<NameBook>();
        var subject = await RegisteredAsync(SubjectKind.IndividualBusiness, "任城区司徒甄旎小吃店");
        (await FoundAsync("司徒甄旎")).GetProperty("candidates").GetArrayLength().ShouldBe(1);
        var before = book.Count;
        await using (var connection = new NpgsqlConnection(host.ConnectionString))
        {
            await connection.OpenAsync();
            await using var turned = new NpgsqlCommand("ALTER TABLE core.subject DISABLE TRIGGER USER; UPDATE core.subject SET kind = 'NaturalPerson' WHERE id = @id; ALTER TABLE core.subject ENABLE TRIGGER USER", connection);
            turned.Parameters.AddWithValue("id", subject);
            await turned.ExecuteNonQueryAsync();
        }

        await ChangeAsync(subject, "司徒甄旎");
        (await AskAsync("司徒甄旎")).GetProperty("candidates").GetArrayLength().ShouldBe(0);
        book.Count.ShouldBe(before - 1, "its names are gone, not only left out of the answer");

        var nobody = await RegisteredAsync(SubjectKind.UnincorporatedOrganization, "（已匿名）", Credit.Core.Records.AnonymiseAfterRetention.Nobody);
        (await AskAsync("已匿名")).GetProperty("candidates").EnumerateArray().Select(candidate => candidate.GetProperty("subjectId").GetGuid()).ShouldNotContain(nobody);
        book.Count.ShouldBe(before - 1);
    }

    [Fact]
    [Trait("Requirement", "R-3.1.5.a")]
    public async Task A_search_states_its_purpose_leaves_a_trace_without_the_name_and_wants_a_name_worth_looking_for()
    {
        using var client = await host.AsAsync("finance.officer");
        client.DefaultRequestHeaders.Remove("Credit-Purpose");
        (await client.PostAsJsonAsync("/api/subjects/search", new { name = "甯霈" })).StatusCode.ShouldBe(HttpStatusCode.PreconditionRequired);

        client.DefaultRequestHeaders.Add("Credit-Purpose", "Administration");
        foreach (var (body, code) in new (object, string)[]
        {
            (new { name = "（鑫）" }, "name-too-short"), (new { }, "name-too-short"), (new { name = new string('鑫', 201) }, "text-too-long"), (new { name = "鑫源", most = 21 }, "names-out-of-range"),
        })
        {
            using var refused = await client.PostAsJsonAsync("/api/subjects/search", body);
            refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
            (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe(code);
        }

        await FoundAsync("霈甯垚");
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CreditDbContext>();
        (await db.QueryTraces.CountAsync(trace => trace.Resource == nameof(SearchSubjects) && trace.Account == "finance.officer")).ShouldBeGreaterThan(0);
        (await db.Database.SqlQuery<int>($"SELECT count(*)::int AS \"Value\" FROM core.query_trace t WHERE t::text LIKE '%霈甯垚%'").SingleAsync()).ShouldBe(0);

        using var nobody = host.Anonymous();
        (await nobody.PostAsJsonAsync("/api/subjects/search", new { name = "甯霈" })).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private async Task<JsonElement> FoundAsync(string name)
    {
        await host.Services.GetRequiredService<Sequencer>().RunOnceAsync(CancellationToken.None);
        return await AskAsync(name);
    }

    private async Task<JsonElement> AskAsync(string name)
    {
        using var client = await host.AsAsync("finance.officer");
        using var answer = await client.PostAsJsonAsync("/api/subjects/search", new { name });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private async Task<Guid> RegisteredAsync(SubjectKind kind, string name, Guid? id = null)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CreditDbContext>();
        var subject = Subject.Register(kind, name, new SubjectParticulars { Id = id }, Clause.R("3.1.1.a"));
        db.Add(subject);
        await db.SaveChangesAsync();
        return subject.Id;
    }

    private async Task ChangeAsync(Guid id, string name)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CreditDbContext>();
        (await db.Subjects.SingleAsync(subject => subject.Id == id)).Update(name, new SubjectParticulars()).ShouldBeTrue();
        await db.SaveChangesAsync();
    }
}

/// <summary>An index that is not loaded says nothing, least of all that there is nobody.</summary>
public sealed class UnloadedNamesTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    [Trait("Requirement", "R-3.1.5.a")]
    public async Task While_names_are_loading_the_answer_is_503_with_the_time_to_come_back()
    {
        await using var connection = new NpgsqlConnection(host.ConnectionString);
        await connection.OpenAsync();
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await using var held = new NpgsqlCommand("LOCK TABLE core.subject IN ACCESS EXCLUSIVE MODE", connection, transaction);
            await held.ExecuteNonQueryAsync();
            using var waiting = await AskAsync();
            waiting.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            waiting.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeGreaterThan(0);
            (await waiting.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe("names-loading");
        }

        using var loaded = await AskAsync();
        loaded.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<HttpResponseMessage> AskAsync()
    {
        using var client = await host.AsAsync("finance.officer");
        return await client.PostAsJsonAsync("/api/subjects/search", new { name = "甯霈" });
    }
}
