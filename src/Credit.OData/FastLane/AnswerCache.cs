using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;

namespace Credit.OData.FastLane;

/// <summary>
/// Whole answers, kept for as long as nothing they may be made of has changed: by caller scope, address, query, format, version of the
/// data and civil day. Bounded in bytes; what was not asked for longest goes first.
/// </summary>
/// <param name="configuration"><c>Feeds:CacheBytes</c>, 64 MB when it says nothing; 0 keeps nothing.</param>
internal sealed class AnswerCache(IConfiguration configuration)
{
    /// <summary>What an answer costs beside its body: its key and its links.</summary>
    private const int Overhead = 512;

    private readonly long _most = configuration.GetValue("Feeds:CacheBytes", 64L * 1024 * 1024);
    private readonly Lock _gate = new();
    private readonly Dictionary<Key, LinkedListNode<(Key Key, Answer Answer)>> _answers = [];
    private readonly LinkedList<(Key Key, Answer Answer)> _byAge = new();
    private long _bytes;

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

    public bool TryFind(Key key, [NotNullWhen(true)] out Answer? answer)
    {
        lock (_gate)
        {
            if (!_answers.TryGetValue(key, out var node))
            {
                answer = null;
                return false;
            }

            _byAge.Remove(node);
            _byAge.AddFirst(node);
            answer = node.Value.Answer;
            return true;
        }
    }

    /// <summary>Keeps an answer, unless it alone would take more than a sixteenth of the room.</summary>
    public void Keep(Key key, Answer answer)
    {
        var size = SizeOf(key, answer);
        if (size > _most / 16)
        {
            return;
        }

        lock (_gate)
        {
            if (_answers.ContainsKey(key))
            {
                return;
            }

            _answers[key] = _byAge.AddFirst((key, answer));
            _bytes += size;
            while (_bytes > _most)
            {
                var oldest = _byAge.Last!;
                _byAge.RemoveLast();
                _answers.Remove(oldest.Value.Key);
                _bytes -= SizeOf(oldest.Value.Key, oldest.Value.Answer);
            }
        }
    }

    private static long SizeOf(Key key, Answer answer) => answer.Body.Length + (2L * (key.Question.Length + key.Scope.Length + (answer.Next?.Length ?? 0))) + Overhead;

    /// <summary>What an answer was made of.</summary>
    /// <param name="Scope">The caller, as far as the rows depend on who asks.</param>
    /// <param name="Question">Method-free address with query, and the headers that shape an answer.</param>
    /// <param name="Marks">Version of the data.</param>
    /// <param name="Day">The civil day.</param>
    internal readonly record struct Key(string Scope, string Question, string Marks, DateOnly Day);
}
