using Credit.Core.Http;
using Credit.Core.Modules;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Domain.Enforcement;
using Credit.Domain.Policy;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Credit.Core.Checks.Index;

/// <summary>
/// What checks are answered from without asking the database (architecture §9): loaded at start, then kept by the log. Each step takes what
/// was committed since the last one, placed in the sequence or not, from whichever host, and reads the subjects it touches anew in one
/// snapshot with the log's head. It answers only while everything it holds has its place in the sequence: then its state is the state at
/// its position. Whoever asks proves by <see cref="IndexStamp.Snapshot"/> that nothing was committed since (see
/// <see cref="KeptReceipts"/>); while it loads, lags or the civil day moved back, there is no reading and the register itself is asked.
/// </summary>
internal sealed class CheckIndex(
    IServiceScopeFactory scopes, PolicyPacks packs, MemorandumCatalogue catalogue, DepartmentDirectory departments, CanonicalMeasures canonical,
    TimeProvider clock) : IReadiness, IDisposable
{
    private const int Chunk = 20_000;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly ReadGate _gate = new();
    private volatile IndexState? _state;
    private long _head;

    /// <inheritdoc/>
    public string Part => "check-index";

    /// <inheritdoc/>
    public bool Ready => _state is not null;

    /// <summary>What the index holds; null while it loads.</summary>
    public IndexStamp? Stamp => _state?.Stamp;

    /// <summary>Positions it lay behind the head when that was last looked at.</summary>
    public long Lag => Math.Max(0, Volatile.Read(ref _head) - (_state?.Stamp.Position ?? 0));

    /// <summary>Estimate of its memory.</summary>
    public long Bytes => _state?.Bytes ?? 0;

    /// <summary>Subjects it knows.</summary>
    public int Subjects => _state?.Subjects.Count ?? 0;

    /// <summary>A reading of one state, to be disposed of soon; null when the register itself is to be asked.</summary>
    /// <param name="today">Today in the district.</param>
    /// <param name="validAt">Day asked about; days that have passed are the register's to answer.</param>
    public IndexReading? TryRead(DateOnly today, DateOnly validAt)
    {
        if (!_gate.TryEnter())
        {
            return null;
        }

        if (_state is { } state && state.Stamp.Exact && state.LoadedOn <= today && today <= validAt && packs.InForce(validAt) == state.Pack)
        {
            return new(state, packs, _gate);
        }

        _gate.Leave();
        return null;
    }

    /// <summary>The head of the log, as somebody else read it.</summary>
    public void Saw(long head) => Volatile.Write(ref _head, Math.Max(head, Volatile.Read(ref _head)));

    /// <summary>Loads, or takes in what was committed since the last step. Returns how many subjects were read anew.</summary>
    public async Task<int> StepAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<CreditDbContext>();
            await using var transaction = await db.Database.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
            var (today, connection) = (clock.Today(), (NpgsqlConnection)db.Database.GetDbConnection());

            // Another pack counts other penalties, and a day before the first one knows other entries: both are rare, and loaded anew.
            return _state is { } state && state.Pack == packs.InForce(today) && state.LoadedOn <= today
                ? await FollowAsync(state, db, connection, cancel)
                : await LoadAsync(db, connection, today, cancel);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task<int> LoadAsync(CreditDbContext db, NpgsqlConnection connection, DateOnly today, CancellationToken cancel)
    {
        var stamp = await CommittedSince.AllAsync(connection, cancel);
        var pack = packs.InForce(today);
        var draft = await new FactsReader(connection, pack, today, some: null).ReadAsync(cancel);
        var state = new IndexState(await RulesAsync(db, cancel), pack, today, draft, stamp);
        await _gate.WriteAsync(() => _state = state, cancel);
        Saw(stamp.Position);
        return state.Subjects.Count;
    }

    private async Task<int> FollowAsync(IndexState state, CreditDbContext db, NpgsqlConnection connection, CancellationToken cancel)
    {
        var since = await CommittedSince.ReadAsync(connection, state.Stamp, cancel);
        var subjects = await since.SubjectsAsync(connection, cancel);
        List<(Guid[] Subjects, FactsDraft Draft)> read = [];
        foreach (var some in subjects.Chunk(Chunk))
        {
            read.Add((some, await new FactsReader(connection, state.Pack, state.LoadedOn, some).ReadAsync(cancel)));
        }

        var rules = since.Touches(nameof(MemorandumRevision)) ? await RulesAsync(db, cancel) : state.Rules;
        if (read.Count == 0 && rules == state.Rules)
        {
            // Nothing it holds is touched: readers may go on.
            state.Stamp = since.Stamp;
        }
        else
        {
            await _gate.WriteAsync(() => state.Take(read, rules, since.Stamp), cancel);
        }

        Saw(since.Stamp.Position);
        return subjects.Count;
    }

    private async Task<HitRules> RulesAsync(CreditDbContext db, CancellationToken cancel) =>
        new(await catalogue.CurrentAsync(db, cancel), departments, canonical, packs);
}
