using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credit.Core.Register;
using Credit.Domain.Listing;
using Credit.Domain.Receipts;
using Credit.Domain.Subjects;
using Npgsql;

namespace Credit.Core.Receipts;

/// <summary>
/// Finds the positions at which a content of an entry came before the public: by folding what the log says of the entry up to there, so
/// that the answer is that of the position whenever it is asked (I75).
/// </summary>
internal static class PublishedContents
{
    /// <summary>Salted hash of a content.</summary>
    public static byte[] HashOf(byte[] salt, PublicEntryContent content) => SHA256.HashData([.. salt, .. CanonicalJson.Bytes(content, RegisterInterceptor.Json)]);

    /// <summary>The contents that came before the public, by position.</summary>
    public static async Task<IReadOnlyDictionary<long, PublishedContent>> FindAsync(
        NpgsqlConnection connection, IReadOnlyList<LogPlace> places, CancellationToken cancel)
    {
        var about = places.Where(place => place.Kind == nameof(ListEntry)).ToDictionary(place => place.Position);
        if (about.Count == 0)
        {
            return new Dictionary<long, PublishedContent>();
        }

        List<Shown> shown = [];
        await foreach (var (entry, position, state) in StatesAsync(connection, [.. about.Values.Select(place => place.AggregateId).Distinct()], about.Keys.Max(), cancel))
        {
            if (IsShown(state))
            {
                shown.Add(new(entry, position, state));
            }
        }

        var contents = await ScrubbedAsync(connection, shown, cancel);
        Dictionary<long, PublishedContent> found = [];
        var pairs = shown.Zip(contents, (state, content) => (state.Position, Content: content)).ToLookup(pair => pair.Content.EntryId);
        foreach (var (position, content) in pairs.SelectMany(own => own.OrderBy(pair => pair.Position).Where((pair, i) => i == 0 || own.ElementAt(i - 1).Content != pair.Content)))
        {
            if (about.TryGetValue(position, out var place) && place.Salt is { } salt)
            {
                found.Add(position, new() { Position = position, EntryId = content.EntryId, Hash = HashOf(salt, content) });
            }
        }

        return found;
    }

    // Every state the entries had, in the order of the log; entry after entry.
    private static async IAsyncEnumerable<(Guid Entry, long Position, JsonObject State)> StatesAsync(
        NpgsqlConnection connection, Guid[] entries, long until, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT e.aggregate_id, p.position, e.changes::text FROM core.register_entry e JOIN core.register_position p ON p.entry_id = e.id
            WHERE e.kind = 'ListEntry' AND e.aggregate_id = ANY ($1) AND p.position <= $2 ORDER BY e.aggregate_id, p.position
            """,
            connection)
        {
            Parameters = { new NpgsqlParameter<Guid[]> { TypedValue = entries }, new NpgsqlParameter<long> { TypedValue = until } },
        };
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var (current, state) = (Guid.Empty, new JsonObject());
        while (await rows.ReadAsync(cancel))
        {
            if (rows.GetGuid(0) != current)
            {
                (current, state) = (rows.GetGuid(0), []);
            }

            foreach (var (name, value) in JsonNode.Parse(rows.GetString(2))!.AsObject())
            {
                state[name] = value?.DeepClone();
            }

            yield return (current, rows.GetInt64(1), state.DeepClone().AsObject());
        }
    }

    // As the public view decides, but for the days, which pass by themselves (rules.sql, pub.list_entry).
    private static bool IsShown(JsonObject state) =>
        Text(state, nameof(ListEntry.State)) is nameof(EntryState.Active) or nameof(EntryState.Verifying)
        && state[nameof(ListEntry.Publishable)]?.GetValue<bool>() == true
        && state[nameof(ListEntry.ChosenForPublication)]?.GetValue<bool>() == true
        && Text(state, nameof(ListEntry.ReviewedBy)) is not null
        && Text(state, nameof(ListEntry.SubjectName)) is not null;

    // Names and texts are told to the public by the rules of the database and nowhere else.
    private static async Task<IReadOnlyList<PublicEntryContent>> ScrubbedAsync(NpgsqlConnection connection, IReadOnlyList<Shown> shown, CancellationToken cancel)
    {
        bool IsPerson(JsonObject state) => Text(state, nameof(ListEntry.SubjectKind)) == nameof(SubjectKind.NaturalPerson);
        await using var command = new NpgsqlCommand(
            """
            SELECT pub.public_name(name, person), pub.scrub_about(facts, name, person)
            FROM unnest($1, $2, $3) WITH ORDINALITY AS told(name, facts, person, place) ORDER BY place
            """,
            connection)
        {
            Parameters =
            {
                new NpgsqlParameter<string[]> { TypedValue = [.. shown.Select(each => Text(each.State, nameof(ListEntry.SubjectName)) ?? "")] },
                new NpgsqlParameter<string[]> { TypedValue = [.. shown.Select(each => Text(each.State, nameof(ListEntry.Facts)) ?? "")] },
                new NpgsqlParameter<bool[]> { TypedValue = [.. shown.Select(each => IsPerson(each.State))] },
            },
        };
        List<PublicEntryContent> contents = [];
        await using var rows = await command.ExecuteReaderAsync(cancel);
        foreach (var (entry, _, state) in shown)
        {
            await rows.ReadAsync(cancel);
            DateOnly? Day(string name) => state[name]?.Deserialize<DateOnly>(RegisterInterceptor.Json);
            contents.Add(new(
                entry, Text(state, nameof(ListEntry.List))!, Text(state, nameof(ListEntry.Domain))!, Text(state, nameof(ListEntry.Category)), rows.GetString(0),
                Text(state, nameof(ListEntry.SubjectKind))!, Text(state, nameof(ListEntry.SubjectCode)), Text(state, nameof(ListEntry.SubjectMask)),
                Text(state, nameof(ListEntry.LegalRepresentative)), rows.GetString(1), Text(state, nameof(ListEntry.Standard))!, Text(state, nameof(ListEntry.Recogniser))!,
                Day(nameof(ListEntry.RecognisedOn)), Day(nameof(ListEntry.ValidFrom)), Day(nameof(ListEntry.ValidTo))!.Value));
        }

        return contents;
    }

    private static string? Text(JsonObject state, string name) => state[name]?.GetValue<string>();

    private sealed record Shown(Guid Entry, long Position, JsonObject State);
}
