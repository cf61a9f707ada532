namespace Credit.Core.Containment;

/// <summary>
/// Threads of one module. A call that hangs holds one of them and none of the host's, and what an asynchronous call does
/// after it waited comes back here too. Nothing the host keeps beside a call (request, caller) flows in.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "A thread that was left behind may still wait on it; it holds no handle.")]
internal sealed class ModuleThreads(string module, int most) : TaskScheduler
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(30);

    private readonly Lock _guard = new();
    private readonly SemaphoreSlim _waiting = new(0);
    private readonly Queue<Task> _queue = new();
    private int _threads;
    private int _idle;

    /// <inheritdoc/>
    public override int MaximumConcurrencyLevel => most;

    /// <inheritdoc/>
    protected override void QueueTask(Task task)
    {
        lock (_guard)
        {
            _queue.Enqueue(task);
            if (_queue.Count > _idle && _threads < most)
            {
                _threads++;
                new Thread(Work) { IsBackground = true, Name = "module " + module }.UnsafeStart();
            }
        }

        _waiting.Release();
    }

    /// <summary>Never on the caller's thread: that is what the threads are for.</summary>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_guard)
        {
            return [.. _queue];
        }
    }

    private void Work()
    {
        // What a call leaves on the thread's context is gone before the next one.
        var clean = ExecutionContext.Capture()!;
        while (TryNext(out var task))
        {
            ExecutionContext.Run(clean, state => TryExecuteTask((Task)state!), task);
        }
    }

    private bool TryNext([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Task? task)
    {
        lock (_guard)
        {
            _idle++;
        }

        var called = _waiting.Wait(Idle);
        lock (_guard)
        {
            _idle--;
            if (_queue.TryDequeue(out task))
            {
                // A task queued while this thread gave up waiting: its signal is taken along.
                if (!called)
                {
                    _waiting.Wait(0);
                }

                return true;
            }

            _threads--;
            return false;
        }
    }
}
