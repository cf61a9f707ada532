using System.Text.Json;
using Credit.Core.Http;
using Credit.Core.Subjects;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;

namespace Credit.Core.Checks.Batches;

/// <summary>The rows of a batch as they arrive: each is reduced to its identifier, or to what is wrong with it, and forgotten.</summary>
/// <param name="identities">Reads identifiers.</param>
/// <param name="today">Today in the district.</param>
/// <param name="most">Rows a batch may have.</param>
internal sealed class AskedRows(SubjectIdentities identities, DateOnly today, int most)
{
    private readonly List<SubjectIdentifier?> _named = [];
    private readonly Dictionary<int, IReadOnlyList<Refusal>> _faults = [];

    /// <summary>Number of rows, those beyond the limit included.</summary>
    public int Count { get; private set; }

    /// <summary>Too many rows: nothing of the batch is answered.</summary>
    public bool TooMany => Count > most;

    /// <summary>Rows that name nobody.</summary>
    public int Faulty => _faults.Count;

    /// <summary>Identifier of each row; null where it names nobody.</summary>
    public IReadOnlyList<SubjectIdentifier?> Named => _named;

    /// <summary>Why a row names nobody.</summary>
    public IReadOnlyList<Refusal> FaultsOf(int row) => _faults[row];

    /// <summary>A row that says who is asked about.</summary>
    public void Add(CheckedSubject subject)
    {
        if (++Count > most)
        {
            return;
        }

        var named = subject.Identify(identities, today, "");
        Keep(
            named.Accepted ? named.Value : null,
            named.Accepted ? [] : [.. named.Refusals.Select(refusal => refusal with { Field = refusal.Field?.TrimStart('.') })]);
    }

    /// <summary>A row that is JSON, but none of a subject.</summary>
    public void Add(JsonException fault)
    {
        if (++Count > most)
        {
            return;
        }

        var told = JsonFault.Of(fault);
        Keep(null, [.. (told.Errors ?? []).Select(error => new Refusal(
            error.Code, error.Zh, error.En, Clause.Standard(error.Clause), error.Pointer?.TrimStart('/').Replace('/', '.')))]);
    }

    private void Keep(SubjectIdentifier? named, IReadOnlyList<Refusal> faults)
    {
        if (faults.Count > 0)
        {
            _faults[_named.Count] = faults;
        }

        _named.Add(named);
    }
}
