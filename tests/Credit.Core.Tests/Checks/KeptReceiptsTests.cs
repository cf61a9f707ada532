using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Credit.Core.Checks;
using Credit.Core.Checks.Index;
using Credit.Core.Http;
using Credit.Core.Receipts;
using Credit.Core.Store;
using Credit.Core.Tests.Listing;
using Credit.Core.Tests.Register;
using Credit.Domain.Checks;
using Credit.Domain.Policy;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Credit.Core.Tests.Checks;

/// <summary>Checks that come together share a statement: each is still told whether its own receipt is kept, and none is given without one.</summary>
public sealed class KeptReceiptsTests(HostFixture host) : IClassFixture<HostFixture>
{
    private const int Many = 200;

    private KeptReceipts Kept => host.Services.GetRequiredService<KeptReceipts>();

    [Fact]
    [Trait("Invariant", "I55")]
    public async Task Of_two_hundred_checks_at_once_every_answer_has_its_receipt_stored_and_genuine_though_some_callers_left()
    {
        await ReadyAsync();
        using var client = await host.AsAsync("finance.officer");
        var (before, sent) = (host.Meters().FromIndex, Kept.Statements);
        using var leaving = new CancellationTokenSource();

        var answers = await Task.WhenAll(Enumerable.Range(0, Many).Select(async number =>
        {
            try
            {
                var asked = client.PostAsJsonAsync("/api/checks", Question(number), number % 20 == 7 ? leaving.Token : CancellationToken.None);
                if (number == Many / 2)
                {
                    await leaving.CancelAsync();
                }

                using var answer = await asked;
                var body = await answer.Content.ReadAsStringAsync();
                answer.StatusCode.ShouldBe(HttpStatusCode.OK, body);
                return body;
            }
            catch (OperationCanceledException) when (leaving.IsCancellationRequested)
            {
                return null;
            }
        }));

        string[] given = [.. answers.OfType<string>()];
        given.Length.ShouldBeGreaterThanOrEqualTo(Many - (Many / 20));
        (host.Meters().FromIndex - before).ShouldBeGreaterThanOrEqualTo(given.Length, "memory answered");
        (Kept.Statements - sent).ShouldBeLessThan(given.Length, "they shared statements");
        await using var scope = host.Services.CreateAsyncScope();
        var (db, seal) = (scope.ServiceProvider.GetRequiredService<CreditDbContext>(), scope.ServiceProvider.GetRequiredService<ReceiptSeal>());
        var kept = await db.CheckReceipts.AsNoTracking().ToDictionaryAsync(receipt => receipt.Number);
        foreach (var body in given)
        {
            var told = JsonSerializer.Deserialize<JsonElement>(body);
            var receipt = kept[told.GetProperty("number").GetString()!];
            (receipt.Verdict, receipt.IsIntact).ShouldBe((body, true));
            (await seal.IsGenuineAsync(receipt.Signed, CancellationToken.None)).ShouldBeTrue();
            (await seal.IsGenuineAsync(told.GetProperty("receipt").GetRawText(), CancellationToken.None)).ShouldBeTrue();
        }
    }

    [Fact]
    [Trait("Invariant", "I81")]
    public async Task In_one_group_what_was_made_before_a_late_commit_is_refused_and_what_was_made_after_it_is_kept()
    {
        await using var bench = new RegisterBench(host);
        await host.SettleAsync();
        await ReadyAsync();
        string before = "";
        await bench.InAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Add(RegisterBench.NewSubject("晚提交的"));
            await db.SaveChangesAsync();
            await bench.SaveAsync(other => other.Add(RegisterBench.NewSubject("先提交的")));
            await ReadyAsync();
            before = host.Index().Stamp!.Snapshot;
            await transaction.CommitAsync();
            return true;
        });
        await ReadyAsync();
        var after = host.Index().Stamp!.Snapshot;
        CheckReceipt[] receipts = [.. Enumerable.Range(0, Many).Select(_ => Receipt())];

        var kept = await Task.WhenAll(receipts.Select((receipt, place) => Kept.KeepWhileFreshAsync(Made(receipt), place % 3 == 0 ? before : after, CancellationToken.None)));

        kept.ShouldBe(receipts.Select((_, place) => place % 3 != 0));
        (await StoredAsync(receipts)).ShouldBe(receipts.Where((_, place) => place % 3 != 0).Select(receipt => receipt.Id), ignoreOrder: true);

        // Such a caller is answered by the register.
        var sql = host.Meters().FromRegister;
        await bench.SaveAsync(other => other.Add(RegisterBench.NewSubject("再提交的")));
        await host.CheckAsync("finance.officer", [new { kind = "LegalPerson", code = Proposals.Code("KR") }]);
        (host.Meters().FromRegister - sql).ShouldBe(1);
    }

    [Fact]
    public async Task A_receipt_reads_back_from_a_group_as_it_was_made_whatever_stands_in_it()
    {
        await ReadyAsync();
        var receipt = Receipt("引号\"、反斜线\\、逗号,{}");
        await Kept.KeepWhileFreshAsync(Made(receipt), host.Index().Stamp!.Snapshot, CancellationToken.None);

        var read = await InAsync(db => db.CheckReceipts.AsNoTracking().SingleAsync(each => each.Id == receipt.Id));
        JsonSerializer.Serialize(read).ShouldBe(JsonSerializer.Serialize(receipt));
    }

    [Fact]
    public async Task One_receipt_that_cannot_be_kept_fails_its_own_caller_and_one_that_left_is_kept_all_the_same()
    {
        await ReadyAsync();
        var (snapshot, first) = (host.Index().Stamp!.Snapshot, Receipt());
        CheckReceipt[] receipts = [first, .. Enumerable.Range(0, 20).Select(_ => Receipt())];
        var twice = Receipt(id: first.Id);
        using var left = new CancellationTokenSource();
        await left.CancelAsync();

        var kept = receipts.Select((receipt, place) => Kept.KeepWhileFreshAsync(Made(receipt), snapshot, place == 5 ? left.Token : CancellationToken.None)).ToArray();
        var refused = Kept.KeepWhileFreshAsync(Made(twice), snapshot, CancellationToken.None);
        (await Should.ThrowAsync<PostgresException>(refused)).SqlState.ShouldBe(PostgresErrorCodes.UniqueViolation);

        // It may have been kept before it left.
        await Task.WhenAny(kept[5]);
        (kept[5].IsCanceled || await kept[5]).ShouldBeTrue();
        (await Task.WhenAll(kept.Where((_, place) => place != 5))).ShouldAllBe(fresh => fresh);

        (await StoredAsync(receipts)).ShouldBe(receipts.Select(receipt => receipt.Id), ignoreOrder: true);
    }

    [Fact]
    public async Task A_connection_that_breaks_fails_those_who_wait_as_unavailable_and_the_next_ones_are_kept_again()
    {
        await ReadyAsync();
        var snapshot = host.Index().Stamp!.Snapshot;
        (await Kept.KeepWhileFreshAsync(Made(Receipt()), snapshot, CancellationToken.None)).ShouldBeTrue();
        await using (var owner = new NpgsqlConnection(host.ConnectionString))
        {
            await owner.OpenAsync();
            await using var end = new NpgsqlCommand(
                "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'WITH seen AS%'", owner);
            (await end.ExecuteScalarAsync()).ShouldBe(1L);
        }

        var lost = Receipt();
        var fault = await Should.ThrowAsync<NpgsqlException>(Kept.KeepWhileFreshAsync(Made(lost), snapshot, CancellationToken.None));
        Failure.Of(fault).Status.ShouldBe((int)HttpStatusCode.ServiceUnavailable);
        (await StoredAsync([lost])).ShouldBeEmpty();

        (await Kept.KeepWhileFreshAsync(Made(lost), snapshot, CancellationToken.None)).ShouldBeTrue();
        (await StoredAsync([lost])).ShouldHaveSingleItem();
    }

    [Fact]
    [Trait("Invariant", "I55")]
    public async Task A_connection_that_does_not_even_close_fails_its_own_caller_and_nobody_waits_for_ever()
    {
        await ReadyAsync();
        var opened = 0;
        await using var kept = ActivatorUtilities.CreateInstance<KeptReceipts>(host.Services, (Func<ValueTask<NpgsqlConnection>>)OpenStubbornAsync);
        async ValueTask<NpgsqlConnection> OpenStubbornAsync()
        {
            var connection = await host.Services.GetRequiredService<StoreSources>().Application.OpenConnectionAsync();
            if (opened++ == 0)
            {
                connection.StateChange += (_, change) => ThrowIf(change.CurrentState == System.Data.ConnectionState.Closed);
            }

            return connection;
        }

        await Should.ThrowAsync<PostgresException>(kept.KeepWhileFreshAsync(Made(Receipt()), "no snapshot", CancellationToken.None));
        var next = Receipt();
        (await kept.KeepWhileFreshAsync(Made(next), host.Index().Stamp!.Snapshot, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20))).ShouldBeTrue();
        (await StoredAsync([next])).ShouldHaveSingleItem();
        opened.ShouldBe(2);
    }

    [Fact]
    [Trait("Invariant", "I55")]
    public async Task What_fails_at_its_commit_is_not_kept_and_its_caller_is_told()
    {
        await ReadyAsync();
        var (late, good) = (Receipt("提交时失败"), Receipt());
        (await host.TryAsync(
            """
            CREATE FUNCTION core.late_failure() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'late' USING ERRCODE = '23514'; END $$;
            CREATE CONSTRAINT TRIGGER late_failure AFTER INSERT ON core.check_receipt DEFERRABLE INITIALLY DEFERRED
              FOR EACH ROW WHEN (NEW.reference = '提交时失败') EXECUTE FUNCTION core.late_failure();
            """)).State.ShouldBeNull();
        try
        {
            var snapshot = host.Index().Stamp!.Snapshot;
            var asked = new[] { late, good }.Select(receipt => Kept.KeepWhileFreshAsync(Made(receipt), snapshot, CancellationToken.None)).ToArray();
            (await Should.ThrowAsync<PostgresException>(asked[0])).SqlState.ShouldBe(PostgresErrorCodes.CheckViolation);
            (await asked[1]).ShouldBeTrue();
            (await StoredAsync([late, good])).ShouldBe([good.Id]);
        }
        finally
        {
            (await host.TryAsync("DROP TRIGGER late_failure ON core.check_receipt; DROP FUNCTION core.late_failure()")).State.ShouldBeNull();
        }
    }

    [Fact]
    public async Task Whoever_waits_when_it_is_closed_is_answered_and_whoever_comes_after_is_refused()
    {
        await ReadyAsync();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var kept = ActivatorUtilities.CreateInstance<KeptReceipts>(host.Services, (Func<ValueTask<NpgsqlConnection>>)OpenAsync);
        async ValueTask<NpgsqlConnection> OpenAsync()
        {
            await gate.Task;
            return await host.Services.GetRequiredService<StoreSources>().Application.OpenConnectionAsync();
        }

        CheckReceipt[] receipts = [.. Enumerable.Range(0, 3).Select(_ => Receipt())];
        var asked = receipts.Select(receipt => kept.KeepWhileFreshAsync(Made(receipt), host.Index().Stamp!.Snapshot, CancellationToken.None)).ToArray();
        var closing = kept.DisposeAsync().AsTask();
        closing.IsCompleted.ShouldBeFalse();
        await Should.ThrowAsync<ObjectDisposedException>(async () => await kept.KeepWhileFreshAsync(Made(Receipt()), "", CancellationToken.None));
        gate.SetResult();
        await closing.WaitAsync(TimeSpan.FromSeconds(20));

        (await Task.WhenAll(asked)).ShouldAllBe(fresh => fresh);
        (await StoredAsync(receipts)).Length.ShouldBe(receipts.Length);
    }

    private static void ThrowIf(bool closed)
    {
        if (closed)
        {
            throw new TimeoutException("It does not close.");
        }
    }

    private static object Question(int number) => new
    {
        purpose = "Administration",
        matter = new { kind = "Other", reference = $"任采公字〔2026〕{number}号", procedure = "资格审查" },
        subjects = new[] { new { kind = "LegalPerson", code = Proposals.Code("K" + (number % 10)) } },
    };

    private static CheckReceipt Receipt(string reference = "1号", Guid? id = null) => new()
    {
        Id = id ?? Guid.CreateVersion7(),
        Number = CheckReceipt.NewNumber(new(2026, 11, 24)),
        Code = CheckReceipt.NewCode(),
        Department = "finance",
        Account = "finance.officer",
        Purpose = QueryPurpose.Administration,
        Kind = MatterKind.Other,
        Reference = reference,
        Procedure = "资格审查",
        AskedAt = HostFixture.Start,
        Position = 7,
        SubjectIds = [Guid.CreateVersion7(), Guid.CreateVersion7()],
        Lookups = [reference, "b"],
        MeasureKeys = reference.Length > 2 ? [reference] : [],
        Hits = 1,
        Restricted = true,
    };

    // Signing wants a key that was published; an answer is as short as one can be.
    private static MadeAnswer Made(CheckReceipt receipt)
    {
        var (before, content) = ("{\"receipt\":"u8.ToArray(), "{\"found\":false,\"validAt\":null}"u8.ToArray());
        var group = before.Length + "{\"found\":false"u8.Length;
        byte[] text = [.. before, .. content, .. System.Text.Encoding.UTF8.GetBytes($",\"reference\":{JsonSerializer.Serialize(receipt.Reference)}}}")];
        return new(receipt, new UnsignedAnswer(text, before.Length, group, group, before.Length + content.Length));
    }

    private Task<Guid[]> StoredAsync(CheckReceipt[] receipts)
    {
        Guid[] ids = [.. receipts.Select(receipt => receipt.Id)];
        return InAsync(db => db.CheckReceipts.Where(receipt => ids.Contains(receipt.Id)).Select(receipt => receipt.Id).ToArrayAsync());
    }

    private async Task ReadyAsync()
    {
        await host.FollowAsync();
        await host.Services.GetRequiredService<SigningDesk>().PublishAsync(CancellationToken.None);
    }

    private async Task<T> InAsync<T>(Func<CreditDbContext, Task<T>> work)
    {
        await using var scope = host.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<CreditDbContext>());
    }
}
