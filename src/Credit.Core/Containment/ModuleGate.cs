using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Threading.RateLimiting;
using Credit.Domain.Policy;
using Microsoft.Extensions.Logging;
using Npgsql;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Credit.Core.Containment;

/// <summary>
/// The one way into the code of one module: on its own threads, with a number of places, a time limit, and a breaker for each
/// part, so that one bad set does not suspend the module's feedback. A call past its time is left behind; it keeps its place.
/// </summary>
internal sealed partial class ModuleGate : IDisposable
{
    private readonly ConcurrentDictionary<string, ResiliencePipeline> _parts = new(StringComparer.Ordinal);
    private readonly ConcurrencyLimiter _places;
    private readonly ModuleThreads _threads;
    private readonly ModuleMeter _meter;
    private readonly ILogger _log;
    private readonly TimeProvider _clock;

    public ModuleGate(string module, ContainmentLimits limits, ModuleMeter meter, ILogger log, TimeProvider clock)
    {
        (Module, Limits, _meter, _log, _clock) = (module, limits, meter, log, clock);
        _places = new ConcurrencyLimiter(new ConcurrencyLimiterOptions { PermitLimit = limits.Concurrency, QueueLimit = 0 });
        _threads = new ModuleThreads(module, limits.Concurrency);
    }

    /// <summary>Key of the module.</summary>
    public string Module { get; }

    /// <summary>Its limits.</summary>
    public ContainmentLimits Limits { get; }

    /// <summary>How it behaves.</summary>
    public ModuleHealth Health { get; } = new();

    /// <summary>Calls the module and waits. What the call allocates is measured.</summary>
    /// <exception cref="ModuleUnavailableException">The module did not do its part.</exception>
    public T Call<T>(string part, Func<T> work)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            var result = PartOf(part, Limits.CallSeconds).Execute(
                limit =>
                {
                    var run = Start(_ => Task.FromResult(Weighed(work)), part, limit);
                    try
                    {
                        run.Wait(limit);
                    }
                    catch (AggregateException fault)
                    {
                        ExceptionDispatchInfo.Throw(fault.InnerException!);
                    }

                    return run.Result;
                },
                CancellationToken.None);
            _meter.Count(Module, part, "ok", Stopwatch.GetElapsedTime(start).TotalSeconds);
            return result;
        }
        catch (Exception fault)
        {
            ThrowJudged(part, fault, start, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Runs an asynchronous call of the module.</summary>
    /// <exception cref="ModuleUnavailableException">The module did not do its part.</exception>
    public async Task<T> RunAsync<T>(string part, double seconds, Func<CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            var result = await PartOf(part, seconds).ExecuteAsync(
                async limit => await Start(work, part, limit).WaitAsync(limit).ConfigureAwait(false), cancel).ConfigureAwait(false);
            _meter.Count(Module, part, "ok", Stopwatch.GetElapsedTime(start).TotalSeconds);
            return result;
        }
        catch (Exception fault)
        {
            ThrowJudged(part, fault, start, cancel);
            throw;
        }
    }

    /// <summary>All reasons of a check, up to the most there may be. A sequence without end ends here.</summary>
    /// <exception cref="ModuleExcessException">There are more.</exception>
    public IReadOnlyList<Refusal> ReadAll(IEnumerable<Refusal> refusals)
    {
        var read = new List<Refusal>();
        foreach (var refusal in refusals)
        {
            if (read.Count == Limits.Refusals)
            {
                throw new ModuleExcessException($"More than {Limits.Refusals} refusals.");
            }

            read.Add(refusal ?? throw new ModuleExcessException("A refusal is null."));
        }

        return read;
    }

    /// <summary>Notes a failure outside a call: of a hosted service, for example.</summary>
    public void Note(string part, Exception fault)
    {
        Health.Failed(part, fault.GetType().Name, late: false, _clock.GetUtcNow());
        LogFailure(_log, fault, Module, part, ModuleUnavailableException.Failed);
    }

    public void Dispose() => _places.Dispose();

    private ResiliencePipeline PartOf(string part, double seconds) => _parts.GetOrAdd(part, _ =>
    {
        var state = new CircuitBreakerStateProvider();
        Health.Watch(part, state);

        // Technical time: how long a call takes has nothing to do with the day in the district.
        return new ResiliencePipelineBuilder { TimeProvider = TimeProvider.System }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = Limits.BreakerShare,
                MinimumThroughput = Limits.BreakerCalls,
                SamplingDuration = TimeSpan.FromSeconds(Limits.BreakerWindowSeconds),
                BreakDuration = TimeSpan.FromSeconds(Limits.SuspendedSeconds),
                StateProvider = state,
                ShouldHandle = outcome => ValueTask.FromResult(
                    outcome.Outcome.Exception is { } fault && fault is not ModuleBusyException
                    && !IsInnocent(fault) && !outcome.Context.CancellationToken.IsCancellationRequested),
            })
            .AddTimeout(TimeSpan.FromSeconds(seconds))
            .Build();
    });

    private Task<T> Start<T>(Func<CancellationToken, Task<T>> work, string part, CancellationToken limit)
    {
        var place = _places.AttemptAcquire();
        if (!place.IsAcquired)
        {
            throw new ModuleBusyException();
        }

        Health.Called();
        var trace = Activity.Current;

        // A token of the module's own: what it registers on it runs neither before nor instead of what the host waits for.
        var own = new CancellationTokenSource();
        Task<T> run;
        using (ExecutionContext.SuppressFlow())
        {
            run = Task.Factory.StartNew(
                async () =>
                {
                    Activity.Current = trace;
                    using (_log.BeginScope(new Dictionary<string, object>(StringComparer.Ordinal) { ["Module"] = Module, ["Part"] = part }))
                    {
                        return await work(own.Token);
                    }
                },
                CancellationToken.None,
                TaskCreationOptions.DenyChildAttach,
                _threads).Unwrap();
        }

        // 0 runs, 1 runs past its time, 2 has ended.
        var stage = 0;
        var cancelled = Task.CompletedTask;
        var late = limit.UnsafeRegister(
            _ =>
            {
                Health.Overstayed(Interlocked.CompareExchange(ref stage, 1, 0) == 0 ? 1 : 0);
                cancelled = Task.Factory.StartNew(own.Cancel, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
            },
            null);
        _ = EndAsync();
        return run;

        async Task EndAsync()
        {
            // A failure after its time was told as such already; here it is only seen.
            await run.ContinueWith(ended => _ = ended.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);
            await late.DisposeAsync().ConfigureAwait(false);
            await cancelled.ContinueWith(told => _ = told.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);
            Health.Overstayed(Interlocked.Exchange(ref stage, 2) == 1 ? -1 : 0);
            own.Dispose();
            place.Dispose();
        }
    }

    private T Weighed<T>(Func<T> work)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = work();
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Health.Weighed(bytes);
        return bytes <= Limits.CallBytes ? result : throw new ModuleExcessException($"Allocated {bytes} bytes; {Limits.CallBytes} are allowed.");
    }

    private void ThrowJudged(string part, Exception fault, long start, CancellationToken cancel)
    {
        if (IsInnocent(fault) || (fault is OperationCanceledException && cancel.IsCancellationRequested))
        {
            return;
        }

        var (code, retry) = fault switch
        {
            BrokenCircuitException open => (ModuleUnavailableException.Suspended, Math.Max(1, (int)Math.Ceiling((open.RetryAfter ?? TimeSpan.FromSeconds(Limits.SuspendedSeconds)).TotalSeconds))),
            ModuleBusyException => (ModuleUnavailableException.Busy, 1),
            TimeoutRejectedException => (ModuleUnavailableException.TimedOut, 5),
            _ => (ModuleUnavailableException.Failed, 5),
        };
        _meter.Count(Module, part, code, Stopwatch.GetElapsedTime(start).TotalSeconds);
        var judged = new ModuleUnavailableException(Module, code, retry, fault);
        if (judged.NotCalled)
        {
            Health.Turned();
        }
        else
        {
            Health.Failed(part, judged.Kind, code == ModuleUnavailableException.TimedOut, _clock.GetUtcNow());
            LogFailure(_log, fault, Module, part, code);
        }

        throw judged;
    }

    // What the client asked or the store could not do is not the module's fault: it passes unchanged. BadHttpRequestException is not among
    // them: anybody may throw it, and what cannot be bound for a module is answered without.
    private static bool IsInnocent(Exception fault) => fault is INotTheModulesFault or NpgsqlException || (fault.InnerException is { } inner && IsInnocent(inner));

    [LoggerMessage(EventId = 6000, Level = LogLevel.Error, Message = "Module {Module}, {Part}: {Code}")]
    private static partial void LogFailure(ILogger logger, Exception fault, string module, string part, string code);
}

/// <summary>The gates of all modules, one each.</summary>
internal sealed class ModuleGates(ContainmentLimits limits, ModuleMeter meter, ILoggerFactory logs, TimeProvider clock) : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<ModuleGate>> _gates = new(StringComparer.Ordinal);

    /// <summary>The gate of a module.</summary>
    public ModuleGate this[string module] => _gates.GetOrAdd(
        module, key => new Lazy<ModuleGate>(() => new ModuleGate(key, limits, meter, logs.CreateLogger("Credit.Modules." + key), clock))).Value;

    public void Dispose()
    {
        foreach (var gate in _gates.Values.Where(gate => gate.IsValueCreated))
        {
            gate.Value.Dispose();
        }
    }
}
