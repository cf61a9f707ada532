using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Credit.Domain.Enforcement;
using Credit.Domain.Listing;

namespace Credit.Domain.Policy;

/// <content>Our reading of what the policy leaves open (architecture §13), the framework a pack belongs to, and where its values come from.</content>
public sealed partial record PolicyPack
{
    /// <summary>Source of a value that no document gives.</summary>
    public const string Default = "default";

    /// <summary>Official title of what the pack puts into numbers.</summary>
    public required string Title { get; init; }

    /// <summary>Packs of one framework follow each other in time; a district runs under one framework.</summary>
    public required string Framework { get; init; }

    /// <summary>Last day in force; null while it is.</summary>
    public DateOnly? EffectiveTo { get; init; }

    /// <summary>Document and clause of a value, by the value's name; a value without one is ours.</summary>
    public required IReadOnlyDictionary<string, string> Sources { get; init; }

    /// <summary>Lists on which subjects are recognised at all.</summary>
    public required IReadOnlyList<ListKind> Lists { get; init; }

    /// <summary>Levels of standard that can back a punish entry; a local list needs one of them (R-3.2.1.a; 国办发〔2020〕49号).</summary>
    public required IReadOnlyList<StandardLevel> PunishStandardLevels { get; init; }

    /// <summary>Lowest rank of legal basis on which a punish measure is given out; null where any basis does (国办发〔2020〕49号).</summary>
    public LegalLevel? LowestMeasureBasis { get; init; }

    /// <summary>Day on which terms of entries begin to run.</summary>
    public required TermStart TermFrom { get; init; }

    /// <summary>Longest term of any punish entry or shown penalty, in months, whatever its standard says (I20).</summary>
    public required int LongestPunishMonths { get; init; }

    /// <summary>Terms by grade; none where the framework knows no grades (I20).</summary>
    public required IReadOnlyList<SeverityTerm> SeverityTerms { get; init; }

    /// <summary>Grade of an entry that states none, by list.</summary>
    public required IReadOnlyDictionary<ListKind, Severity> ListSeverities { get; init; }

    /// <summary>Kinds of penalty (处罚类别) of a grade; a kind in none of them is ordinary.</summary>
    public required IReadOnlyDictionary<Severity, IReadOnlyList<string>> PenaltySeverities { get; init; }

    /// <summary>A watch entry follows a black one (R-3.5.5.g).</summary>
    public required bool WatchAfterBlack { get; init; }

    /// <summary>It follows too when the black entry was repaired (R-3.5.5.g against 36号令).</summary>
    public required bool WatchAfterRepair { get; init; }

    /// <summary>Watch entries may be chosen for publication (R-3.1.4.g).</summary>
    public required bool WatchPublication { get; init; }

    /// <summary>Watch entries oblige departments to measures (R-3.5.5.b).</summary>
    public required bool WatchMeasures { get; init; }

    /// <summary>Natural persons are told before they are put on a black list (I15, decision D4).</summary>
    public required bool NoticeBeforeBlack { get; init; }

    /// <summary>Whose rules govern a repair (lists-2025 §7.1).</summary>
    public required RepairRule RepairRule { get; init; }

    /// <summary>An approved repair ends the listing at once; without it the subject applies for early exit (R-3.5.4.c).</summary>
    public required bool RepairEndsListing { get; init; }

    /// <summary>A repaired entry is shared with other departments no longer (36号令: 停止共享和使用).</summary>
    public required bool RepairEndsSharing { get; init; }

    /// <summary>How names and identifiers of natural persons are shown; the views know this one rule.</summary>
    public required string Masking { get; init; }

    /// <summary>Where a value comes from.</summary>
    /// <param name="value">Name of the value as in the file, for example <c>reportEntryDays</c>.</param>
    public string SourceOf(string value) => Sources.GetValueOrDefault(value, Default);

    /// <summary>True when the pack is in force on this day, both ends included.</summary>
    public bool InForce(DateOnly day) => EffectiveFrom <= day && !(day > EffectiveTo);

    /// <summary>The terms of a grade; null where there is none.</summary>
    public SeverityTerm? TermOf(Severity? severity) => SeverityTerms.FirstOrDefault(term => term.Severity == severity);

    /// <summary>Grade of an entry: as stated, else as its list has it; null on red entries and where the framework knows no grades.</summary>
    public Severity? SeverityOf(ListKind list, Severity? stated) =>
        list == ListKind.Red || SeverityTerms.Count == 0 ? null
        : stated ?? (ListSeverities.TryGetValue(list, out var usual) ? usual : null);

    /// <summary>Grade of a penalty: that of its heaviest kind; null where the framework knows no grades.</summary>
    /// <param name="categories">处罚类别, separated by semicolons.</param>
    public Severity? SeverityOfPenalty(string categories) => SeverityTerms.Count == 0 ? null : categories
        .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(kind => PenaltySeverities.Where(grade => grade.Value.Contains(kind)).Select(grade => (Severity?)grade.Key).FirstOrDefault() ?? Severity.Ordinary)
        .DefaultIfEmpty(Severity.Ordinary)
        .Max();

    /// <summary>True when records of the grade are shown to the public.</summary>
    public bool Publishes(Severity? severity) => TermOf(severity)?.Publish ?? true;

    /// <summary>Longest term of a grade, in months: the shortest of all that apply (I20).</summary>
    public int LongestMonthsOf(Severity? severity) => Math.Min(LongestPunishMonths, TermOf(severity)?.MaxMonths ?? LongestPunishMonths);

    /// <summary>Last day a penalty is shown: what the organ stated, else the pack's months from the decision; never beyond the longest term (R-3.1.4.h, I20).</summary>
    public DateOnly PenaltyPublicUntil(DateOnly decidedOn, DateOnly? stated, Severity? severity)
    {
        var longest = decidedOn.AddMonths(LongestMonthsOf(severity));
        var until = stated ?? decidedOn.AddMonths(TermOf(severity)?.MaxMonths ?? PublicMonths);
        return until < longest ? until : longest;
    }

    /// <summary>The pack as its file has it, every value by name.</summary>
    public JsonObject ToJson() => JsonSerializer.SerializeToNode(this, FileFormat)!.AsObject();

    /// <summary>A draft: this pack with other values. It is in force nowhere.</summary>
    /// <param name="changes">New values by name, as in the file.</param>
    public Outcome<PolicyPack> Draft(JsonObject changes)
    {
        var draft = ToJson();
        foreach (var (value, content) in changes)
        {
            if (!draft.ContainsKey(value) || value is "name" or "framework")
            {
                return Unreadable($"{value}");
            }

            draft[value] = content?.DeepClone();
        }

        draft["name"] = $"{Name}+draft";
        if (OutOfRange("changes", changes).ToArray() is { Length: > 0 } beyond)
        {
            return Outcome<PolicyPack>.Refused([.. beyond.Select(each => new Refusal(
                "draft-pack-out-of-range", $"草案取值{each.Value}须在0至{each.Most}之间。", $"The draft's {each.Value} is to lie between 0 and {each.Most}.", Clause.Standard("I93"), "changes"))]);
        }

        try
        {
            return JsonSerializer.Deserialize<PolicyPack>(draft, DraftFormat)!;
        }
        catch (Exception unreadable) when (unreadable is JsonException or ArgumentException or NotSupportedException)
        {
            return Unreadable((unreadable as JsonException)?.Path ?? "changes");
        }
    }

    // No term of the policy is longer than a hundred years; a day beyond the calendar is no day.
    private static IEnumerable<(string Value, int Most)> OutOfRange(string value, JsonNode? content) => content switch
    {
        JsonObject members => members.SelectMany(member => OutOfRange(member.Key, member.Value)),
        JsonArray elements => elements.SelectMany(element => OutOfRange(value, element)),
        JsonValue number when number.GetValueKind() == JsonValueKind.Number
            && !(decimal.TryParse(number.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var given) && given >= 0 && given <= MostOf(value)) => [(value, MostOf(value))],
        _ => [],
    };

    private static int MostOf(string value) => value switch
    {
        _ when value.EndsWith("Months", StringComparison.OrdinalIgnoreCase) => 1200,
        _ when value.EndsWith("Days", StringComparison.OrdinalIgnoreCase) => 3650,
        _ when value.EndsWith("Years", StringComparison.OrdinalIgnoreCase) => 100,
        _ => 10_000,
    };

    private static Refusal Unreadable(string what) => new(
        "draft-pack-unreadable", $"草案取值无法识别({what})。", $"The draft has a value that no pack has ({what}).", Clause.Standard("I93"), "changes");
}
