using Credit.Core.Checks.Index;
using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Receipts;
using Credit.Core.Reference;
using Credit.Core.Subjects;
using Credit.Domain.Checks;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;

namespace Credit.Core.Checks;

/// <summary>
/// Asks the register before a decision (应查必查, R-3.1.6.a): all of it is read in one state of the register and kept with a number, also
/// when nothing was found. However the question came, the answer is made here.
/// </summary>
internal sealed class DecisionCheck(
    Caller caller, TimeProvider clock, SubjectIdentities identities, CanonicalMeasures canonical, CheckIndex index, CheckIndexSignal behind, KeptReceipts receipts,
    CheckAnswers answers, Lazy<RegisterCheck> register, CheckMeters meters)
{
    /// <summary>Subjects in one check.</summary>
    public const int Most = 100;

    /// <summary>Checks and keeps the receipt, or says every reason against asking.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="beside">Adds to the same transaction what the answer gives rise to; null for nothing.</param>
    /// <param name="cancel">Cancels.</param>
    public async Task<Outcome<CheckAnswer>> AskAsync(CheckQuestion question, Action<CheckVerdict>? beside, CancellationToken cancel)
    {
        var today = clock.Today();
        var named = (question.Subjects ?? []).Take(Most).Select((subject, index) => subject.Identify(identities, today, $"subjects.{index}")).ToArray();
        Refusal[] refusals = [.. Against(question), .. named.SelectMany(each => each.Refusals)];
        if (refusals.Length > 0)
        {
            return Outcome<CheckAnswer>.Refused(refusals);
        }

        SubjectIdentifier[] identifiers = [.. named.Select(each => each.Value)];
        if (question.KnownAt is { } knownAt)
        {
            return await register.Value.AgainAsync(question, knownAt, identifiers, cancel);
        }

        var asked = new HitQuestion(question.Matter!, caller.Department!, question.ValidAt ?? today, today);
        var answer = await FromIndexAsync(question, asked, identifiers, beside, cancel)
            ?? await register.Value.AskAsync(question, asked, identifiers, beside, cancel);
        meters.Answered(answer.Source, identifiers.Length);
        return answer;
    }

    // Made from memory, and given only if nothing was committed since what memory holds.
    private async Task<CheckAnswer?> FromIndexAsync(
        CheckQuestion question, HitQuestion asked, SubjectIdentifier[] named, Action<CheckVerdict>? beside, CancellationToken cancel)
    {
        IndexStamp stamp;
        CheckVerdict verdict;
        if (index.TryRead(asked.Today, asked.ValidAt) is not { } reading)
        {
            return null;
        }

        using (reading)
        {
            stamp = reading.Stamp;
            verdict = await answers.MakeAsync(reading, question.Purpose!.Value, asked, named, cancel);
        }

        // What memory answers from has its place in the sequence, all of it.
        var made = await answers.WriteAsync(verdict, named, exact: true, knownAt: null, cancel);
        if (beside is null
            ? await receipts.KeepWhileFreshAsync(made, stamp.Snapshot, cancel)
            : await register.Value.KeepBesideAsync(verdict, made, stamp.Snapshot, beside, cancel))
        {
            return new(verdict, made.Text, CheckSource.Index);
        }

        behind.Wake();
        return null;
    }

    private IEnumerable<Refusal> Against(CheckQuestion question)
    {
        foreach (var refusal in Against(question.Purpose, question.Matter, canonical))
        {
            yield return refusal;
        }

        if (question.Subjects is not { Count: > 0 and <= Most })
        {
            yield return new(
                "subjects-out-of-range", $"一次查询1至{Most}个主体。", $"A check is about 1 to {Most} subjects.", Clause.R("3.1.6.a"), "subjects");
        }
    }

    /// <summary>Every reason against asking, whoever is asked about.</summary>
    /// <param name="purpose">Purpose stated.</param>
    /// <param name="matter">The matter at hand.</param>
    /// <param name="canonical">The dictionary of measures.</param>
    public static IEnumerable<Refusal> Against(QueryPurpose? purpose, CheckedMatter? matter, CanonicalMeasures canonical)
    {
        if (purpose is null)
        {
            yield return StatedPurpose.Missing with { Field = "purpose" };
        }

        foreach (var refusal in MatterText.Against(matter?.Reference, matter?.Procedure, "matter."))
        {
            yield return refusal;
        }

        if (PersonalText.IsIn(matter?.Reference) || PersonalText.IsIn(matter?.Procedure))
        {
            yield return MatterNamesPerson("matter.reference");
        }

        if (matter?.Measure is { } measure && canonical.Find(measure) is null)
        {
            yield return new("measure-canonical-unknown", "没有该措施代码。", "There is no measure with this key.", Clause.R("3.1.6.a"), "matter.measure");
        }
    }

    /// <summary>More people read what a matter is called than may hold personal numbers.</summary>
    public static Refusal MatterNamesPerson(string field) => new(
        "matter-names-person", "事项编号和名称中不得出现证件号码或电话。", "A matter's number and name may not hold identity numbers or telephone numbers.", Clause.R("3.1.4.i"), field);
}

/// <summary>A question before a decision.</summary>
/// <param name="Purpose">What it is asked for; mandatory.</param>
/// <param name="Matter">The matter at hand; mandatory.</param>
/// <param name="Subjects">Who is checked, 1 to 100, by identifier only.</param>
/// <param name="ValidAt">Day on which it is asked what holds; today when absent, or the day of <paramref name="KnownAt"/>.</param>
/// <param name="KnownAt">Asks again as the register was known at a position or instant, in the words of an earlier answer; it counts for no decision.</param>
internal sealed record CheckQuestion(
    QueryPurpose? Purpose = null, CheckedMatter? Matter = null, IReadOnlyList<CheckedSubject>? Subjects = null, DateOnly? ValidAt = null, KnownAt? KnownAt = null);

/// <summary>An answer that was kept.</summary>
/// <param name="Verdict">What was found.</param>
/// <param name="Text">The same as JSON, byte for byte as kept.</param>
/// <param name="Source">Where it came from.</param>
internal sealed record CheckAnswer(CheckVerdict Verdict, ReadOnlyMemory<byte> Text, CheckSource Source);
