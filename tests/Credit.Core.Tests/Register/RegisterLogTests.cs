using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Core.Tests.Listing;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Register;

/// <summary>What the log says about each change.</summary>
public sealed class RegisterLogTests(HostFixture host) : IClassFixture<HostFixture>
{
    [Fact]
    [Trait("Invariant", "I80")]
    public async Task A_change_leaves_one_entry_with_actor_department_clause_and_hashes()
    {
        await using var bench = new RegisterBench(host) { Claims = [new Claim("sub", "tax.officer"), new Claim("department", "tax")] };

        var subject = await bench.RegisterAsync();

        var entry = (await EntriesAsync(bench, subject.Id)).ShouldHaveSingleItem();
        entry.ShouldSatisfyAllConditions(
            () => entry.Kind.ShouldBe("Subject"),
            () => entry.WireName.ShouldBe("subject.registered.v1"),
            () => entry.SubjectId.ShouldBe(subject.Id),
            () => entry.Version.ShouldBe(1),
            () => entry.Clause.ShouldBe("R-3.1.3.d"),
            () => entry.PolicyPack.ShouldBe("rencheng-2019"),
            () => entry.Actor.ShouldBe("tax.officer"),
            () => entry.Department.ShouldBe("tax"),
            () => entry.BeforeHash.ShouldBeNull(),
            () => entry.AfterHash!.Length.ShouldBe(SHA256.HashSizeInBytes),
            () => entry.RecordedAt.ShouldBe(host.Clock.GetUtcNow()));
    }

    [Fact]
    [Trait("Invariant", "I80")]
    [Trait("Invariant", "I89")]
    public async Task Each_change_starts_from_the_state_the_one_before_left_and_counts_the_version_up()
    {
        await using var bench = new RegisterBench(host);
        var subject = await bench.RegisterAsync();

        await ChangeAsync(bench, subject.Id, known => known.ChangeCode(NewCode(), new DateOnly(2026, 11, 24), confirmedException: false));
        await ChangeAsync(bench, subject.Id, known => known.Cancel());

        var entries = await EntriesAsync(bench, subject.Id);
        entries.Select(entry => entry.Version).ShouldBe([1, 2, 3]);
        entries[1].BeforeHash.ShouldBe(entries[0].AfterHash);
        entries[2].BeforeHash.ShouldBe(entries[1].AfterHash);
        entries.ShouldAllBe(entry => entry.Actor == Actor.System);
    }

    [Fact]
    [Trait("Invariant", "I80")]
    public async Task A_changed_aggregate_that_announced_nothing_is_not_saved()
    {
        await using var bench = new RegisterBench(host);
        var subject = await bench.RegisterAsync("不变");

        var fault = await Should.ThrowAsync<InvalidOperationException>(() => bench.InAsync(async db =>
        {
            var known = await db.Subjects.SingleAsync(each => each.Id == subject.Id);
            db.Entry(known).Property(each => each.Name).CurrentValue = "变";
            return await db.SaveChangesAsync();
        }));

        fault.Message.ShouldContain("announced nothing");
        (await bench.InAsync(db => db.Subjects.SingleAsync(each => each.Id == subject.Id))).Name.ShouldBe("不变");
    }

    [Fact]
    [Trait("Invariant", "I80")]
    public async Task A_part_of_an_aggregate_does_not_change_behind_its_back()
    {
        await using var bench = new RegisterBench(host);
        var subject = await bench.RegisterAsync();

        (await Should.ThrowAsync<InvalidOperationException>(() => ChangePartAsync(whole: true))).Message.ShouldContain("announced nothing");
        (await Should.ThrowAsync<InvalidOperationException>(() => ChangePartAsync(whole: false))).Message.ShouldContain("without what it belongs to");

        Task<int> ChangePartAsync(bool whole) => bench.InAsync(async db =>
        {
            var identifier = whole
                ? (await db.Subjects.Include(each => each.Identifiers).SingleAsync(each => each.Id == subject.Id)).Identifiers[0]
                : await db.Identifiers.SingleAsync(each => EF.Property<Guid>(each, "subject_id") == subject.Id);
            db.Entry(identifier).Property(each => each.Until).CurrentValue = new DateOnly(2026, 1, 1);
            return await db.SaveChangesAsync();
        });
    }

    [Fact]
    [Trait("Invariant", "I80")]
    [Trait("Invariant", "I87")]
    public async Task What_is_rolled_back_leaves_no_entry()
    {
        await using var bench = new RegisterBench(host);
        var subject = RegisterBench.NewSubject();

        await bench.InAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Add(subject);
            await db.SaveChangesAsync();
            await transaction.RollbackAsync();
            return true;
        });

        (await EntriesAsync(bench, subject.Id)).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Invariant", "I80")]
    public async Task A_save_that_failed_and_is_tried_again_is_logged_once()
    {
        await using var bench = new RegisterBench(host);
        var subject = await bench.RegisterAsync();
        var taken = (await bench.RegisterAsync()).Code!;

        await bench.InAsync(async db =>
        {
            var known = await db.Subjects.SingleAsync(each => each.Id == subject.Id);
            known.Cancel().Accepted.ShouldBeTrue();
            var clash = SubjectIdentifier.Plain(SubjectIdentifier.Uscc, taken, new DateOnly(2026, 11, 24));
            var other = Subject.Register(SubjectKind.LegalPerson, "重码", new SubjectParticulars(), Clause.R("3.1.3.d"), clash);
            db.Add(other);
            await Should.ThrowAsync<DbUpdateException>(() => db.SaveChangesAsync());

            db.Entry(clash).State = EntityState.Detached;
            db.Entry(other).State = EntityState.Detached;
            return await db.SaveChangesAsync();
        });

        (await EntriesAsync(bench, subject.Id)).Select(entry => (entry.WireName, entry.Version))
            .ShouldBe([("subject.registered.v1", 1), ("subject.cancelled.v1", 2)]);
        (await bench.InAsync(db => db.Subjects.SingleAsync(each => each.Id == subject.Id))).Version.ShouldBe(2);
    }

    [Fact]
    [Trait("Invariant", "I82")]
    public async Task Folding_the_changes_of_an_aggregate_yields_its_row_and_its_parts()
    {
        var journey = new EntryJourney(host);
        var entry = await journey.InForceAsync("tax", Proposals.Black(Proposals.Code("F1")));
        var left = await journey.MoveAsync("tax.approver", entry, "exit", new { reason = "StandardChanged", explanation = "认定标准已修订。" });
        left.Status.ShouldBe(HttpStatusCode.OK, left.Body);
        await using var bench = new RegisterBench(host);
        await bench.InAsync(async db =>
        {
            var known = await db.Entries.Include(each => each.Publications).SingleAsync(each => each.Id == entry.Id);
            known.AnnounceExit(PublicationChannel.DepartmentSite, new DateOnly(2026, 11, 26)).Accepted.ShouldBeTrue();
            return await db.SaveChangesAsync();
        });

        var (entryRow, subjectRow) = await bench.InAsync(async db =>
        {
            var known = await db.Entries.Include(each => each.Bases).Include(each => each.Publications).SingleAsync(each => each.Id == entry.Id);
            var subject = await db.Subjects.Include(each => each.Identifiers).SingleAsync(each => each.Id == entry.SubjectId);
            return (Folding.RowOf(db, known), Folding.RowOf(db, subject));
        });

        JsonNode.DeepEquals(Folding.Fold(await EntriesAsync(bench, entry.Id)), entryRow).ShouldBeTrue();
        JsonNode.DeepEquals(Folding.Fold(await EntriesAsync(bench, entry.SubjectId)), subjectRow).ShouldBeTrue();
    }

    [Fact]
    [Trait("Invariant", "I80")]
    public async Task Sealed_identifiers_are_not_in_the_log()
    {
        await using var bench = new RegisterBench(host);
        var cipher = RandomNumberGenerator.GetBytes(46);
        var person = Subject.Register(
            SubjectKind.NaturalPerson,
            "张某某",
            new SubjectParticulars(),
            Clause.R("3.1.3.d"),
            SubjectIdentifier.Sealed("identity-card", Guid.CreateVersion7().ToString("N"), cipher, "3708**********0014", new DateOnly(2026, 11, 24)));

        await bench.SaveAsync(db => db.Add(person));

        var changes = (await EntriesAsync(bench, person.Id)).ShouldHaveSingleItem().Changes;
        changes.ShouldNotContain(Convert.ToBase64String(cipher)[..12]);
        changes.ShouldContain("sha256:" + Convert.ToHexStringLower(SHA256.HashData(cipher)));
    }

    private static string NewCode() => Guid.CreateVersion7().ToString("N")[14..];

    private static Task<List<RegisterEntry>> EntriesAsync(RegisterBench bench, Guid aggregate) => bench.InAsync(db =>
        db.RegisterEntries.AsNoTracking().Where(entry => entry.AggregateId == aggregate).OrderBy(entry => entry.Id).ToListAsync());

    private static Task<int> ChangeAsync(RegisterBench bench, Guid id, Func<Subject, Outcome<Subject>> move) => bench.InAsync(async db =>
    {
        var known = await db.Subjects.Include(each => each.Identifiers).SingleAsync(each => each.Id == id);
        move(known).Accepted.ShouldBeTrue();
        return await db.SaveChangesAsync();
    });
}
