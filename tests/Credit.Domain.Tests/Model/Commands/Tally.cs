namespace Credit.Domain.Tests.Model;

/// <summary>How often each command was done and refused.</summary>
internal sealed class Tally
{
    private readonly Dictionary<CommandKind, (int Done, int Refused)> _counts = [];
    private readonly Dictionary<(CommandKind Kind, string Code), int> _codes = [];

    public void Count(Request request, Answer answer)
    {
        var (done, refused) = _counts.GetValueOrDefault(request.Kind);
        _counts[request.Kind] = answer.Accepted ? (done + 1, refused) : (done, refused + 1);
        foreach (var code in answer.Refusals)
        {
            _codes[(request.Kind, code)] = _codes.GetValueOrDefault((request.Kind, code)) + 1;
        }
    }

    /// <summary>Takes the counts of another run in.</summary>
    public Tally Add(Tally other)
    {
        foreach (var (kind, (done, refused)) in other._counts)
        {
            var mine = _counts.GetValueOrDefault(kind);
            _counts[kind] = (mine.Done + done, mine.Refused + refused);
        }

        foreach (var (code, count) in other._codes)
        {
            _codes[code] = _codes.GetValueOrDefault(code) + count;
        }

        return this;
    }

    /// <summary>Commands done or refused.</summary>
    public int Total => _counts.Values.Sum(count => count.Done + count.Refused);

    public int Done(CommandKind kind) => _counts.GetValueOrDefault(kind).Done;

    public override string ToString() => string.Join('\n', _counts.OrderBy(count => count.Key).Select(count => $"{count.Key,-20} {count.Value.Done,8} done {count.Value.Refused,8} refused: {Codes(count.Key)}"));

    private string Codes(CommandKind kind) => string.Join(", ", _codes.Where(code => code.Key.Kind == kind).OrderByDescending(code => code.Value).Select(code => $"{code.Key.Code} {code.Value}"));
}
