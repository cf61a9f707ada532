using System.Data;
using System.Text.Json;
using Credit.Core.Checks.Index;
using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Receipts;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Core.Subjects;
using Credit.Domain.Checks;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Credit.Core.Checks;

/// <summary>
/// Asks the register before a decision (应查必查, R-3.1.6.a): all of it is read in one state of the register and kept with a number, also
/// when nothing was found. However the question came, the answer is made here.
/// </summary>
internal sealed class DecisionCheck(
    CreditDbContext db, Caller caller, TimeProvider clock, SubjectFinder finder, CanonicalMeasures canonical, CheckIndex index, CheckIndexSignal behind,
    KeptReceipts receipts, RegisterReading register, KnownRegister past, ReceiptSeal seal, CheckMeters meters, IOptions<JsonOptions> json)
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
        var named = (question.Subjects ?? []).Take(Most).Select((subject, index) => subject.Identify(finder, today, $"subjects.{index}")).ToArray();
        Refusal[] refusals = [.. Against(question), .. named.SelectMany(each => each.Refusals)];
        if (refusals.Length > 0)
        {
            return Outcome<CheckAnswer>.Refused(refusals);
        }

        SubjectIdentifier[] identifiers = [.. named.Select(each => each.Value)];
        if (question.KnownAt is { } knownAt)
        {
            return await AgainAsync(question, knownAt, identifiers, cancel);
        }

        var asked = new HitQuestion(question.Matter!, caller.Department!, question.ValidAt ?? today, today);
        var answer = await FromIndexAsync(question, asked, identifiers, beside, cancel) ?? await FromRegisterAsync(question, asked, identifiers, beside, cancel);
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
            verdict = await AnswerAsync(reading, question, asked, named, cancel);
        }

        // What memory answers from has its place in the sequence, all of it.
        var answer = await ToldAsync(verdict, named, exact: true, CheckSource.Index, cancel);
        verdict = answer.Verdict;
        var receipt = ReceiptOf(answer, caller.User, named);
        if (beside is null ? await receipts.KeepWhileFreshAsync(db, receipt, stamp.Snapshot, cancel) : await KeepBesideAsync(verdict, receipt, stamp, beside, cancel))
        {
            return answer;
        }

        behind.Wake();
        return null;
    }

    private async Task<bool> KeepBesideAsync(CheckVerdict verdict, CheckReceipt receipt, IndexStamp stamp, Action<CheckVerdict> beside, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (!await KeptReceipts.IsFreshAsync(db, stamp.Snapshot, cancel))
        {
            return false;
        }

        db.Add(receipt);
        beside(verdict);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    private async Task<CheckAnswer> FromRegisterAsync(
        CheckQuestion question, HitQuestion asked, SubjectIdentifier[] named, Action<CheckVerdict>? beside, CancellationToken cancel)
    {
        await using var snapshot = await register.OpenAsync(cancel);
        var verdict = await AnswerAsync(snapshot.Source, question, asked, named, cancel);
        var answer = await ToldAsync(verdict, named, await snapshot.Source.IsExactAsync(verdict.KnownSubjects, cancel), CheckSource.Sql, cancel);
        db.Add(ReceiptOf(answer, caller.User, named));
        beside?.Invoke(answer.Verdict);
        await db.SaveChangesAsync(cancel);
        await snapshot.Transaction.CommitAsync(cancel);
        return answer;
    }

    // As the register was known: kept like any answer, and marked, because it counts before no decision.
    private async Task<Outcome<CheckAnswer>> AgainAsync(CheckQuestion question, KnownAt knownAt, SubjectIdentifier[] named, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        var then = await past.AtAsync(knownAt, cancel);
        if (!then.Accepted)
        {
            return Outcome<CheckAnswer>.Refused(then.Refusals);
        }

        var (source, day) = then.Value;
        if (question.ValidAt > day)
        {
            // What was known then says nothing of a later day, and a signed answer must not look as if it did.
            return Outcome<CheckAnswer>.Refused(
                [new("valid-at-after-known", "核查日不得晚于所查知悉时点的当日。", "The day asked about may not be later than the day of what was known.", Clause.Standard("I55"), "validAt")]);
        }

        var verdict = await AnswerAsync(source, question, new(question.Matter!, caller.Department!, question.ValidAt ?? day, day), named, cancel);
        var answer = await ToldAsync(verdict, named, exact: true, CheckSource.Log, cancel);
        db.Add(ReceiptOf(answer, caller.User, named));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return answer;
    }

    private async Task<CheckAnswer> ToldAsync(CheckVerdict verdict, SubjectIdentifier[] named, bool exact, CheckSource source, CancellationToken cancel)
    {
        var told = verdict with { Receipt = await seal.SealAsync(verdict, [.. named.Select(finder.KeyedLookup)], exact, cancel) };
        return new(told, JsonSerializer.Serialize(told, json.Value.SerializerOptions), source);
    }

    private async Task<CheckVerdict> AnswerAsync(IHitSource source, CheckQuestion question, HitQuestion asked, SubjectIdentifier[] named, CancellationToken cancel)
    {
        var found = await source.ResolveAsync(named, cancel);
        Guid[] known = [.. found.OfType<Guid>().Distinct()];
        var hits = await source.FindAsync(known, asked, cancel);
        var standing = await source.StandAsync(known, asked, cancel);
        var subjects = found.Select((id, index) => id is { } one
            ? new SubjectVerdict(index, id, hits[one].Any(hit => hit.Restricts), [.. hits[one]], standing[one])
            : new SubjectVerdict(index, null, Restricted: false, [], Standing: null)).ToArray();
        return new(
            CheckReceipt.NewNumber(clock.Today()), clock.GetUtcNow(), source.Position, asked.ValidAt, asked.Department, question.Purpose!.Value, asked.Matter,
            Array.Exists(subjects, subject => subject.Restricted), subjects);
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

    private CheckReceipt ReceiptOf(CheckAnswer answer, string account, SubjectIdentifier[] named) => ReceiptOf(
        answer.Verdict, account, [.. named.Select(finder.KeyedLookup).Distinct()], answer.Text, answer.Source == CheckSource.Log ? answer.Verdict.Position : null);

    private CheckReceipt ReceiptOf(CheckVerdict verdict, string account, string[] lookups, string text, long? knownAt) => new()
    {
        Number = verdict.Number,
        KnownAt = knownAt,
        Code = verdict.Receipt!.Code,
        Signed = JsonSerializer.Serialize(verdict.Receipt, json.Value.SerializerOptions),
        Department = verdict.Department,
        Account = account,
        Purpose = verdict.Purpose,
        Kind = verdict.Matter.Kind,
        Reference = verdict.Matter.Reference,
        Procedure = verdict.Matter.Procedure,
        AskedAt = verdict.AsOf,
        Position = verdict.Position,
        SubjectIds = verdict.KnownSubjects,
        Lookups = lookups,
        Hits = verdict.Subjects.Sum(subject => subject.Hits.Count),
        Restricted = verdict.Restricted,
        MeasureKeys = [.. verdict.Subjects.SelectMany(subject => subject.Hits).SelectMany(hit => hit.Measures).Select(measure => measure.MeasureKey).Distinct()],
        Verdict = text,
        VerdictHash = CheckReceipt.HashOf(text),
    };
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
internal sealed record CheckAnswer(CheckVerdict Verdict, string Text, CheckSource Source);
