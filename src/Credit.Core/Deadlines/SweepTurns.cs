namespace Credit.Core.Deadlines;

/// <summary>
/// Who is at what in one sweep: deadlines about one subject wait for the same lock, so one of them is tried at a time, and none after one was
/// given up while it waited.
/// </summary>
internal sealed class SweepTurns
{
    private readonly Lock _turn = new();
    private readonly HashSet<Guid> _passedBy = [];
    private readonly Dictionary<Guid, Guid> _held = [];

    /// <summary>Deadlines that failed, or that another host is at, and what the deadlines not to be tried at the moment are about.</summary>
    public (Guid[] Deadlines, Guid[] Aggregates) PassedBy
    {
        get
        {
            lock (_turn)
            {
                return ([.. _passedBy], [.. _held.Keys]);
            }
        }
    }

    /// <summary>Takes what a deadline is about. False when another lane is at the same subject; it is passed by until that lane is done.</summary>
    /// <param name="aggregate">What the deadline is about.</param>
    /// <param name="subject">Its subject; the aggregate itself where it has none.</param>
    public bool TryTake(Guid aggregate, Guid subject)
    {
        lock (_turn)
        {
            var free = !_held.ContainsValue(subject);
            _held[aggregate] = subject;
            return free;
        }
    }

    /// <summary>It was answered: what else there is about the subject may be tried.</summary>
    public void Release(Guid subject)
    {
        lock (_turn)
        {
            foreach (var (aggregate, _) in _held.Where(each => each.Value == subject).ToArray())
            {
                _held.Remove(aggregate);
            }
        }
    }

    /// <summary>It was not answered, and not for want of the subject: the others about the subject may be tried.</summary>
    public void PassBy(Guid deadline, Guid subject)
    {
        lock (_turn)
        {
            _passedBy.Add(deadline);
            Release(subject);
        }
    }
}
