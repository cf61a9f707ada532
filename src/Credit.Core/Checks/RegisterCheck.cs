using System.Data;
using Credit.Core.Checks.Index;
using Credit.Core.Http;
using Credit.Core.Receipts;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Checks;

/// <summary>Checks that the register itself answers: as it is, or folded from its log as it was known.</summary>
internal sealed class RegisterCheck(CreditDbContext db, Caller caller, CheckAnswers answers, RegisterReading register, KnownRegister past)
{
    /// <summary>Answers from the register as it is, and keeps the receipt.</summary>
    public async Task<CheckAnswer> AskAsync(
        CheckQuestion question, HitQuestion asked, SubjectIdentifier[] named, Action<CheckVerdict>? beside, CancellationToken cancel)
    {
        await using var snapshot = await register.OpenAsync(cancel);
        var verdict = await answers.MakeAsync(snapshot.Source, question.Purpose!.Value, asked, named, cancel);
        var made = await answers.WriteAsync(verdict, named, await snapshot.Source.IsExactAsync(verdict.KnownSubjects, cancel), knownAt: null, cancel);
        db.Add(answers.Sign(made));
        beside?.Invoke(verdict);
        await db.SaveChangesAsync(cancel);
        await snapshot.Transaction.CommitAsync(cancel);
        return new(verdict, made.Text, CheckSource.Sql);
    }

    /// <summary>Answers as the register was known: kept like any answer, and marked, because it counts before no decision.</summary>
    public async Task<Outcome<CheckAnswer>> AgainAsync(CheckQuestion question, KnownAt knownAt, SubjectIdentifier[] named, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        var then = await past.AtAsync(knownAt, caller.Department!, cancel);
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

        var verdict = await answers.MakeAsync(source, question.Purpose!.Value, new(question.Matter!, caller.Department!, question.ValidAt ?? day, day), named, cancel);
        var made = await answers.WriteAsync(verdict, named, exact: true, verdict.Position, cancel);
        db.Add(answers.Sign(made));
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return new CheckAnswer(verdict, made.Text, CheckSource.Log);
    }

    /// <summary>Keeps the receipt of an answer from memory together with what it gives rise to; false when something was committed since.</summary>
    public async Task<bool> KeepBesideAsync(CheckVerdict verdict, MadeAnswer made, string snapshot, Action<CheckVerdict> beside, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (!await KeptReceipts.IsFreshAsync(db, snapshot, cancel))
        {
            return false;
        }

        db.Add(answers.Sign(made));
        beside(verdict);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }
}
