using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Store;
using Credit.Core.Subjects;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;
using Microsoft.EntityFrameworkCore.Storage;

namespace Credit.Core.Incentives;

/// <summary>Who it is about, by identifier. The name registers one that is new and matches nobody (I18).</summary>
/// <param name="Kind">Kind of subject.</param>
/// <param name="Name">Name as registered; needed only where something is written about the subject.</param>
/// <param name="Code">Unified social credit code; organisations and individually-owned businesses.</param>
/// <param name="CertificateType">Type of certificate; natural persons.</param>
/// <param name="CertificateNumber">Certificate number; natural persons. Never shown again.</param>
internal sealed record IncentiveSubject(SubjectKind Kind, string? Name = null, string? Code = null, string? CertificateType = null, string? CertificateNumber = null)
{
    /// <summary>The reference the finder wants.</summary>
    public SubjectReference ToReference() => new()
    {
        Kind = Kind,
        Name = Name ?? "",
        Code = Code,
        CertificateType = CertificateType,
        CertificateNumber = CertificateNumber,
    };
}

/// <summary>A subject, in a transaction that holds its lock; what is not committed is undone.</summary>
internal sealed record HeldSubject(IDbContextTransaction Transaction, Subject Subject) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Transaction.DisposeAsync();
}

/// <summary>How the use cases about rewards get hold of a subject.</summary>
internal static class IncentiveAccess
{
    /// <summary>Finds or registers the subject and locks it.</summary>
    public static async Task<Outcome<HeldSubject>> HoldSubjectAsync(
        this CreditDbContext db, SubjectFinder finder, IncentiveSubject named, DateOnly today, CancellationToken cancel)
    {
        var found = await finder.FindOrRegisterAsync(named.ToReference(), today, cancel);
        if (!found.Accepted)
        {
            return Outcome<HeldSubject>.Refused(found.Refusals);
        }

        var transaction = await db.LockSubjectAsync(found.Value.Id, cancel);
        await db.SaveChangesAsync(cancel);
        return new HeldSubject(transaction, found.Value);
    }

    /// <summary>More people read these texts than may hold personal numbers.</summary>
    public static IEnumerable<Refusal> AgainstPersonalText(params IEnumerable<(string? Text, string Field)> texts) =>
        from each in texts
        where PersonalText.IsIn(each.Text)
        select new Refusal(
            "text-names-person", "文本中不得出现证件号码或电话。", "The text may not hold identity numbers or telephone numbers.", Clause.R("3.2.4.f"), each.Field);

    /// <summary>A purpose is stated for every question about a subject, and kept with it (R-3.1.5.a).</summary>
    public static IEnumerable<Refusal> AgainstPurpose(string? purpose)
    {
        if (string.IsNullOrWhiteSpace(purpose))
        {
            yield return new("purpose-missing", "请写明查询用途。", "State what the question is for.", Clause.R("3.1.5.a"), "purpose");
        }

        if (purpose?.Length > 200)
        {
            yield return new("text-too-long", "文本超过200个字符。", "The text is longer than 200 characters.", Clause.R("3.1.1.b"), "purpose");
        }

        foreach (var personal in AgainstPersonalText((purpose, "purpose")))
        {
            yield return personal;
        }
    }

    /// <summary>True for whoever may read a department's own rows about a subject: the department, who sees all, and the subject.</summary>
    public static bool MaySee(this Caller caller, string department, Guid subjectId) =>
        caller.SeesAllDepartments || (caller.Department is not null && caller.Department == department) || (caller.SubjectId is not null && caller.SubjectId == subjectId);
}
