using System.Text.Json;
using System.Text.Json.Nodes;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Testing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Tests.Register;

/// <summary>Builds states from the log and from the tables, so that the two can be compared (I82).</summary>
internal static class Folding
{
    /// <summary>Every aggregate whose row is not what its log yields, by kind; and how many of each kind were compared.</summary>
    public static async Task<(IReadOnlyList<string> Differences, IReadOnlyDictionary<string, int> Compared)> CompareAsync(CreditDbContext db)
    {
        List<string> differences = [];
        Dictionary<string, int> compared = [];
        var log = (await db.RegisterEntries.AsNoTracking().ToListAsync()).OrderBy(entry => entry.Id).ToLookup(entry => (entry.Kind, entry.AggregateId));
        foreach (var type in db.Model.GetEntityTypes().Where(type => type.ClrType.IsAssignableTo(typeof(Aggregate))))
        {
            var rows = await (Task<List<Aggregate>>)typeof(Folding).GetMethod(nameof(LoadAsync), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
                .MakeGenericMethod(type.ClrType).Invoke(null, [db, type.GetNavigations().Where(navigation => navigation.IsCollection).Select(navigation => navigation.Name).ToArray()])!;
            compared[type.ClrType.Name] = rows.Count;
            foreach (var row in rows.Where(row => row is not RecognitionStandard { ProposedBy: TestStandards.Registrar }))
            {
                var (folded, stored) = (Plain(Fold(log[(type.ClrType.Name, row.Id)])), Plain(RowOf(db, row)));
                if (folded != stored)
                {
                    differences.Add($"{type.ClrType.Name} {row.Id}: {folded} is not {stored}");
                }
            }

            db.ChangeTracker.Clear();
        }

        return (differences, compared);
    }

    private static async Task<List<Aggregate>> LoadAsync<T>(CreditDbContext db, string[] parts)
        where T : Aggregate =>
        [.. await parts.Aggregate(db.Set<T>().AsQueryable(), (rows, part) => rows.Include(part)).AsSplitQuery().ToListAsync()];

    // A part that never came is an empty array on one side and absent on the other; JSON inside a column is compared as JSON.
    private static string Plain(JsonObject state) => new JsonObject(state
        .Where(field => field.Value is not JsonArray { Count: 0 })
        .Select(field => KeyValuePair.Create(field.Key, Normal(field.Value)))).ToJsonString();

    private static JsonNode? Normal(JsonNode? value) => value switch
    {
        JsonValue text when text.TryGetValue<string>(out var content) && content.StartsWith('{') => Ordered(JsonNode.Parse(content)),
        JsonValue number when number.GetValueKind() == JsonValueKind.Number => JsonValue.Create(decimal.Parse(number.ToJsonString(), System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture) / 1.0000000000m),
        JsonValue text when text.TryGetValue<DateTimeOffset>(out var instant) && text.GetValueKind() == JsonValueKind.String && text.ToJsonString().Contains('T', StringComparison.Ordinal) => JsonValue.Create(instant.ToUniversalTime().ToString("O")),
        JsonObject fields => Ordered(fields),
        JsonArray items => new JsonArray([.. items.Select(Normal)]),
        _ => value?.DeepClone(),
    };

    private static JsonNode? Ordered(JsonNode? node) => node is JsonObject fields
        ? new JsonObject(fields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => KeyValuePair.Create(field.Key, Normal(field.Value))))
        : Normal(node);

    /// <summary>The state that the changes yield: fields are replaced, parts are replaced by their Id.</summary>
    public static JsonObject Fold(IEnumerable<RegisterEntry> entries)
    {
        var state = new JsonObject();
        foreach (var (name, value) in entries.SelectMany(entry => JsonNode.Parse(entry.Changes)!.AsObject().ToArray()))
        {
            if (value is not JsonArray array || !array.All(part => part is JsonObject fields && fields.ContainsKey("Id")) || array.Count == 0)
            {
                state[name] = value?.DeepClone();
                continue;
            }

            var parts = (state[name]?.AsArray() ?? []).Concat(array)
                .GroupBy(part => (string)part!["Id"]!).OrderBy(same => same.Key, StringComparer.Ordinal).Select(same => same.Last()!.DeepClone());
            state[name] = new JsonArray([.. parts.ToArray()]);
        }

        return Sorted(state);
    }

    /// <summary>The state as the row and its parts have it.</summary>
    public static JsonObject RowOf(CreditDbContext db, object aggregate)
    {
        var state = new JsonObject();
        foreach (var property in db.Entry(aggregate).Properties)
        {
            state[property.Metadata.Name] = RegisterInterceptor.ValueOf(property);
        }

        foreach (var collection in db.Entry(aggregate).Collections)
        {
            var rows = collection.CurrentValue!.Cast<object>()
                .Select(part => RegisterInterceptor.PartOf(db.Entry(part))).OrderBy(part => (string)part["Id"]!, StringComparer.Ordinal);
            state[collection.Metadata.Name] = new JsonArray([.. rows.ToArray()]);
        }

        return Sorted(state);
    }

    private static JsonObject Sorted(JsonObject state) =>
        new(state.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())));
}
