using System.Text.Json;
using Credit.Core.Feeds;
using Credit.Core.Store;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;
using Credit.OData.Changes;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.Feeds;

/// <summary>What a list, a page of it or a delta answered.</summary>
public sealed record Page(int Status, JsonElement Body, IReadOnlyDictionary<string, string> Headers)
{
    public IReadOnlyList<JsonElement> Rows => [.. Body.GetProperty("value").EnumerateArray()];

    public string? Next => Body.TryGetProperty("@odata.nextLink", out var link) ? link.GetString() : null;

    public string? Delta => Body.TryGetProperty("@odata.deltaLink", out var link) ? link.GetString() : null;

    public long Position => long.Parse(Headers["Credit-Position"]);
}

/// <summary>A host whose feeds are followed when a test says so.</summary>
public class FeedDistrict : HostFixture
{
    /// <summary>Lets the ledger catch up.</summary>
    public Task<bool> FollowAsync() => Services.GetRequiredService<FeedFollower>().RunOnceAsync(CancellationToken.None);

    /// <summary>Drops all that only older states than the newest show.</summary>
    public async Task CompactAsync()
    {
        await using var connection = await Services.GetRequiredService<StoreSources>().Application.OpenConnectionAsync();
        await using var pen = new FeedPen(connection);
        await pen.CompactAsync(Clock.GetUtcNow(), CancellationToken.None);
    }

    /// <summary>One request.</summary>
    public static async Task<Page> AskAsync(HttpClient client, string address, string? prefer = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, UriKind.RelativeOrAbsolute));
        if (prefer is not null)
        {
            request.Headers.Add("Prefer", prefer);
        }

        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return new((int)answer.StatusCode, JsonSerializer.Deserialize<JsonElement>(text), answer.Headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>A list to its last page.</summary>
    public static async Task<IReadOnlyList<Page>> PagesAsync(HttpClient client, string address, string? prefer = null)
    {
        List<Page> pages = [await AskAsync(client, address, prefer)];
        while (pages[^1].Status == 200 && pages[^1].Next is { } next)
        {
            pages.Add(await AskAsync(client, next, prefer));
        }

        return pages;
    }

    /// <summary>Puts watch entries in force, every second one shown to the public, some in the tax domain and some in another.</summary>
    public async Task<IReadOnlyList<Guid>> SeedAsync(int count, DateOnly? lastDay = null)
    {
        List<Guid> seeded = [];
        foreach (var chunk in Enumerable.Range(0, count).Chunk(200))
        {
            await using var scope = Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<CreditDbContext>();
            var today = Clock.Today();
            foreach (var number in chunk)
            {
                var subject = Subject.Register(
                    SubjectKind.LegalPerson, $"任城测试{number}有限公司", new SubjectParticulars { LegalRepresentative = "张某" }, Clause.R("3.1.3.d"),
                    SubjectIdentifier.Plain(SubjectIdentifier.Uscc, Guid.CreateVersion7().ToString("N")[14..], new DateOnly(2019, 8, 5)));
                var entry = ListEntry.Propose(new EntryProposal
                {
                    List = ListKind.Watch,
                    Domain = number % 3 == 0 ? "市场监管" : "税收征管",
                    Category = ConductCategory.Market,
                    Subject = subject,
                    Facts = $"逾期申报{number}次。",
                    Standard = "测试标准",
                    StandardLevel = StandardLevel.National,
                    Recogniser = number % 2 == 0 ? "tax" : "market",
                    ProposedBy = "a.officer",
                    ProposedOn = today,
                    DecidedOn = today,
                    ValidTo = lastDay ?? today.AddMonths(11),
                    PunishMonths = 12,
                    WatchReason = WatchReason.RepeatedMinor,
                    MinorOffences = 3,
                    PolicyPack = "rencheng-2019",
                    Bases = [new EntryBasis { Kind = BasisKind.AdministrativeAct, Text = "某法第三条", DocumentNumber = $"任罚〔2026〕{Guid.CreateVersion7():N}号" }],
                }).Value;
                entry.Recognise(new Recognition("a.approver", today, today, today.AddDays(7), true, null)).Accepted.ShouldBeTrue();
                entry.Report(today, "a.approver", []).Accepted.ShouldBeTrue();
                if (number % 2 == 0)
                {
                    entry.ChoosePublication(true, "典型", "a.approver", today).Accepted.ShouldBeTrue();
                }

                db.Add(subject);
                db.Add(entry);
                seeded.Add(entry.Id);
            }

            await db.SaveChangesAsync();
        }

        return seeded;
    }

    /// <summary>Changes one entry in a transaction of its own: it is shown or hidden, doubted, confirmed, or its facts are corrected.</summary>
    /// <param name="id">The entry.</param>
    /// <param name="choice">What is done to it.</param>
    /// <param name="late">What happens between the writing and the commit.</param>
    public async Task ChangeAsync(Guid id, int choice, Func<Task>? late = null)
    {
        await using var scope = Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CreditDbContext>();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var entry = await db.Entries.FromSql($"SELECT * FROM core.list_entry WHERE id = {id} FOR UPDATE").Include(each => each.Publications).SingleAsync();
        if (entry.State == EntryState.Exited)
        {
            return;
        }

        var today = Clock.Today();
        if (choice % 5 is 0 or 1)
        {
            entry.ChoosePublication(!entry.ChosenForPublication, "改选", "a.approver", today).Accepted.ShouldBeTrue();
        }
        else if (entry.State == EntryState.Active)
        {
            entry.Verify().Accepted.ShouldBeTrue();
        }
        else if (choice % 5 == 2)
        {
            entry.ConfirmCorrect().Accepted.ShouldBeTrue();
        }
        else
        {
            entry.Correct($"更正后的事实{choice}。", null, today).Accepted.ShouldBeTrue();
        }

        await db.SaveChangesAsync();
        if (late is not null)
        {
            await late();
        }

        await transaction.CommitAsync();
    }

    /// <summary>The set at this moment, row by row.</summary>
    public static async Task<SortedDictionary<string, string>> NowAsync(HttpClient client, string address) =>
        Rows((await PagesAsync(client, address, "odata.maxpagesize=1000")).SelectMany(page => page.Rows));

    /// <summary>Rows by their key.</summary>
    public static SortedDictionary<string, string> Rows(IEnumerable<JsonElement> rows)
    {
        var known = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            known.Add(row.GetProperty("Id").GetString()!, row.GetRawText());
        }

        return known;
    }
}
