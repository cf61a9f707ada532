using System.Net;
using System.Text.Json;
using Credit.Core.Store;
using Credit.Core.Tests.Enforcement;
using Credit.Core.Tests.Feeds;
using Credit.Core.Tests.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;
using Microsoft.Extensions.DependencyInjection;

namespace Credit.Core.Tests.OData.Hidden;

/// <summary>A thing somebody may ask for.</summary>
/// <param name="Sort">What it is, for failures.</param>
/// <param name="Id">Identity.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Code">Code of the subject.</param>
/// <param name="Name">Name of the subject.</param>
public sealed record Thing(string Sort, Guid Id, Guid Subject, string Code, string Name)
{
    /// <summary>Puts what belongs to this thing in the place of what belongs to another one.</summary>
    public string In(string answer, Thing of) => answer
        .Replace(of.Id.ToString(), Id.ToString(), StringComparison.Ordinal).Replace(of.Subject.ToString(), Subject.ToString(), StringComparison.Ordinal)
        .Replace(of.Code, Code, StringComparison.Ordinal).Replace(of.Name, Name, StringComparison.Ordinal)
        .Replace(Uri.EscapeDataString(of.Name), Uri.EscapeDataString(Name), StringComparison.Ordinal);
}

/// <summary>A district with an entry of every sort that is not shown, beside some that are.</summary>
public sealed class HiddenThings : FeedDistrict, IAsyncLifetime
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWX";

    private int _named;

    /// <summary>Entries the public does not see: a draft, one recognised and not reported, one that may not be published, a watch entry nobody chose, one that left, one that is over, one in force whose publication ended.</summary>
    public IReadOnlyList<Thing> Hidden { get; private set; } = [];

    /// <summary>Of those, what no other department sees.</summary>
    public Thing Draft => Hidden[0];

    /// <summary>A subject of the register on which there never was an entry.</summary>
    public Thing Clean { get; private set; } = null!;

    /// <summary>A watch entry that is shown.</summary>
    public Thing Shown { get; private set; } = null!;

    async Task IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        var register = new TaskJourney(this);
        var entries = register.Entries;
        List<Thing> hidden = [];
        var draft = Black("draft");
        hidden.Add(draft.Of(await entries.ProposeAsync("tax.officer", draft.Proposal)));
        var recognised = Black("recognised");
        hidden.Add(recognised.Of((await entries.MoveAsync("tax.approver", await entries.ProposeAsync("tax.officer", recognised.Proposal), "recognition", new { watchMonthsAfterExit = 12 })).Entry));
        var secret = Black("secret");
        hidden.Add(secret.Of(await entries.InForceAsync("tax", secret.Proposal.With(("publishable", false), ("unpublishableReason", "涉密")))));
        var watch = Named("watch", (code, name) => Proposals.Watch(code).With(("subject", Subject(code, name))));
        hidden.Add(watch.Of(await entries.InForceAsync("tax", watch.Proposal)));
        var exited = Black("exited");
        var left = await entries.MoveAsync("tax.approver", await entries.InForceAsync("tax", exited.Proposal), "exit", new { reason = "StandardChanged", explanation = "认定标准已修订。" });
        left.Status.ShouldBe(HttpStatusCode.OK, left.Body);
        hidden.Add(exited.Of(left.Entry));
        var over = Named("over", (code, name) => Proposals.Black(code, validTo: "2026-11-24").With(("subject", Subject(code, name))));
        hidden.Add(over.Of(await entries.InForceAsync("tax", over.Proposal)));
        var ended = Black("ended");
        hidden.Add(ended.Of(await entries.InForceAsync("tax", ended.Proposal)));
        (await this.TryAsync($"SET session_replication_role = replica; UPDATE core.list_entry SET publication_ended_on = '2026-11-24' WHERE id = '{hidden[^1].Id}'")).State.ShouldBeNull();
        Hidden = hidden;
        var chosen = Named("shown", (code, name) => Proposals.Watch(code).With(("subject", Subject(code, name))));
        var shown = await entries.InForceAsync("tax", chosen.Proposal);
        (await entries.PutAsync("tax.approver", $"/api/entries/{shown.Id}/publication-choice", shown.Version, new { shown = true, reason = "涉及公共安全" })).Status.ShouldBe(HttpStatusCode.OK);
        Shown = chosen.Of(shown);
        _ = await entries.InForceAsync("tax", Proposals.BlackPerson(), noticedOn: "2026-11-16");
        _ = await register.AcceptedObjectionAsync("association", (await entries.InForceAsync("tax", Black("doubted").Proposal)).Id);
        Clean = await RegisterAsync();

        // The day after, and no job has run.
        Clock.Advance(TimeSpan.FromDays(1));
        ForgetTokens();
        await SettleAsync();
        await FollowAsync();
    }

    /// <summary>A thing of the same form that never existed.</summary>
    public Thing Never()
    {
        var (code, name) = Next();
        return new("never", Guid.CreateVersion7(), Guid.CreateVersion7(), code, name);
    }

    private (string Code, string Name) Next()
    {
        var number = _named++;
        return (Proposals.Code($"H{Alphabet[number / Alphabet.Length]}{Alphabet[number % Alphabet.Length]}"), $"任城试{(char)('甲' + number)}商贸有限公司");
    }

    private Made Black(string sort) => Named(sort, (code, name) => Proposals.Black(code).With(("subject", Subject(code, name))));

    private Made Named(string sort, Func<string, string, object> proposal)
    {
        var (code, name) = Next();
        return new(sort, code, name, proposal(code, name));
    }

    private static object Subject(string code, string name) => new { kind = "LegalPerson", name, code, legalRepresentative = "张某" };

    private async Task<Thing> RegisterAsync()
    {
        var (code, name) = Next();
        await using var scope = Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CreditDbContext>();
        var subject = Credit.Domain.Subjects.Subject.Register(
            SubjectKind.LegalPerson, name, new SubjectParticulars { LegalRepresentative = "张某" }, Clause.R("3.1.3.d"), SubjectIdentifier.Plain(SubjectIdentifier.Uscc, code, new DateOnly(2026, 11, 24)));
        db.Add(subject);
        await db.SaveChangesAsync();
        return new("clean", Guid.CreateVersion7(), subject.Id, code, name);
    }

    private sealed record Made(string Sort, string Code, string Name, object Proposal)
    {
        public Thing Of(EntryAnswer entry) => new(Sort, entry.Id, entry.SubjectId, Code, Name);
    }
}
