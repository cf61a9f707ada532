using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Subjects;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Accountability;

/// <summary>Who may say who is in an office of an organisation: its registrar, and whoever recognised an entry of it (R-3.4.6.a).</summary>
internal static class OfficeAccess
{
    /// <summary>To everybody else.</summary>
    public static readonly Refusal NotYours = new(
        "office-not-yours", "只有登记机关和认定部门可以登记任职人员。", "Only the registrar and whoever recognised an entry record who is in office.", Clause.R("3.4.6.a"));

    /// <summary>True for the registrar of the organisation, or of its kind while none is on record, and for the recogniser of one of its entries.</summary>
    public static async Task<bool> MayRecordAsync(
        CreditDbContext db, Subject organisation, DepartmentDirectory departments, string department, CancellationToken cancel)
    {
        if (departments.Find(department) is not { } asking)
        {
            return false;
        }

        if (organisation.Registrar is { Length: > 0 } registrar ? departments.FindByName(registrar)?.Key == department : await RegistersKindAsync(db, organisation.Id, asking, cancel))
        {
            return true;
        }

        return await db.Entries.AnyAsync(
            entry => entry.SubjectId == organisation.Id && entry.Recogniser == department && entry.RecognisedOn != null && entry.List != ListKind.Red, cancel);
    }

    private static async Task<bool> RegistersKindAsync(CreditDbContext db, Guid organisation, Department department, CancellationToken cancel)
    {
        var code = await db.Subjects.Where(subject => subject.Id == organisation).SelectMany(subject => subject.Identifiers)
            .Where(held => held.Scheme == SubjectIdentifier.Uscc).Select(held => held.Lookup).FirstOrDefaultAsync(cancel);
        return code is { Length: > 0 } && RegistrationDepartment.All.Any(kind => kind.Code == code[0]
            && kind.RegistrarTitles.Any(word => department.Name.Contains(word, StringComparison.Ordinal) || department.RegisteredName?.Contains(word, StringComparison.Ordinal) is true));
    }
}
