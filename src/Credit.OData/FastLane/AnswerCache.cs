using Credit.Core.Feeds;
using Microsoft.Extensions.Configuration;

namespace Credit.OData.FastLane;

/// <summary>An answer as it was kept.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Marks">Version of the data it was made of.</param>
/// <param name="Day">Civil day it was made on.</param>
/// <param name="Of">State of the ledger that it is a page of.</param>
internal sealed record KeptAnswer(Answer Answer, string Marks, DateOnly Day, FeedPass? Of);

/// <summary>
/// Whole answers, one for each question of a caller scope. Whoever takes one out compares version and day first: it is of use only while
/// nothing it may be made of has changed. Bounded in bytes; what was not asked for longest goes first. While there is no room, only what is asked
/// for a second time is taken in: questions asked once, and pages of exports, would push out what many ask for, and cost a copy each.
/// </summary>
/// <param name="configuration"><c>Feeds:CacheBytes</c>, 64 MB when it says nothing; 0 keeps nothing.</param>
internal sealed class AnswerCache(IConfiguration configuration)
{
    /// <summary>What an answer costs beside its body, its key and its links.</summary>
    private const int Overhead = 512;

    private const int MostAsked = 16_384;

    private readonly long _most = configuration.GetValue("Feeds:CacheBytes", 64L * 1024 * 1024);
    private readonly Lock _gate = new();
    private readonly Dictionary<Key, LinkedListNode<(Key Key, KeptAnswer Kept)>> _answers = [];
    private readonly LinkedList<(Key Key, KeptAnswer Kept)> _byAge = new();
    private HashSet<int> _asked = [];
    private HashSet<int> _askedBefore = [];
    private long _bytes;

    /// <summary>False when nothing is kept at all.</summary>
    public bool Keeps => _most > 0;

    /// <summary>Bytes held, keys and links included.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _bytes;
            }
        }
    }

    public KeptAnswer? Find(Key key)
    {
        lock (_gate)
        {
            if (!_answers.TryGetValue(key, out var node))
            {
                return null;
            }

            _byAge.Remove(node);
            _byAge.AddFirst(node);
            return node.Value.Kept;
        }
    }

    /// <summary>True when an answer of this length is worth keeping: there is room for it, or the question was asked before.</summary>
    public bool Admits(Key key, int length)
    {
        lock (_gate)
        {
            if (_bytes + length + (2L * (key.Question.Length + key.Scope.Length)) + Overhead <= _most || _answers.ContainsKey(key))
            {
                return true;
            }

            var hash = key.GetHashCode();
            if (_asked.Contains(hash) || _askedBefore.Contains(hash))
            {
                return true;
            }

            if (_asked.Count >= MostAsked)
            {
                (_askedBefore, _asked) = (_asked, []);
            }

            _asked.Add(hash);
            return false;
        }
    }

    /// <summary>Keeps an answer in place of an older one, unless it alone would take more than a sixteenth of the room.</summary>
    public void Keep(Key key, KeptAnswer kept)
    {
        if (SizeOf(key, kept) > _most / 16)
        {
            return;
        }

        lock (_gate)
        {
            if (_answers.TryGetValue(key, out var older))
            {
                Forget(older);
            }

            _answers[key] = _byAge.AddFirst((key, kept));
            _bytes += SizeOf(key, kept);
            while (_bytes > _most)
            {
                Forget(_byAge.Last!);
            }
        }
    }

    private void Forget(LinkedListNode<(Key Key, KeptAnswer Kept)> node)
    {
        _byAge.Remove(node);
        _answers.Remove(node.Value.Key);
        _bytes -= SizeOf(node.Value.Key, node.Value.Kept);
    }

    private static long SizeOf(Key key, KeptAnswer kept) =>
        kept.Answer.Body.Length + (2L * (key.Question.Length + key.Scope.Length + (kept.Answer.Next?.Length ?? 0))) + Overhead;

    /// <summary>What was asked, by whom.</summary>
    /// <param name="Scope">The caller, as far as the rows depend on who asks.</param>
    /// <param name="Question">Address with query, and the headers that shape an answer.</param>
    internal readonly record struct Key(string Scope, string Question);
}
