using Credit.Core.Deadlines;
using Credit.Core.Http;
using Credit.Core.Store;
using Credit.Domain.Enforcement;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Enforcement;

/// <summary>A task as its department sees it.</summary>
/// <param name="Id">Identity.</param>
/// <param name="EntryId">The entry that obliges.</param>
/// <param name="Memorandum">Code of the memorandum.</param>
/// <param name="MemorandumVersion">Version it was created with.</param>
/// <param name="MeasureKey">Key of the measure: code of the memorandum and ordinal in it.</param>
/// <param name="Wording">Official wording.</param>
/// <param name="Canonical">Canonical measures it is an instance of.</param>
/// <param name="Obligation">Mandatory or recommended.</param>
/// <param name="BasisFrom">Whether the memorandum or the dictionary of measures names the legal bases.</param>
/// <param name="LegalBases">What it rests on.</param>
/// <param name="Department">Department that carries it out.</param>
/// <param name="SubjectName">Name of the subject, or of the person reached.</param>
/// <param name="SubjectCode">Unified code, or mask for natural persons.</param>
/// <param name="PersonId">The person the measure reaches beside the unit; null when it reaches the subject itself.</param>
/// <param name="State">Progress.</param>
/// <param name="Execution">Whether it is executed just now.</param>
/// <param name="IssuedOn">Day given out.</param>
/// <param name="Due">Last day to feed back.</param>
/// <param name="FedBackOn">Day of the latest feedback.</param>
/// <param name="StopDue">Last day to confirm the stop.</param>
/// <param name="StoppedOn">Day the stop was confirmed.</param>
/// <param name="Version">Version, as in the ETag.</param>
internal sealed record TaskView(
    Guid Id, Guid EntryId, string Memorandum, int MemorandumVersion, string MeasureKey, string Wording, IReadOnlyList<string> Canonical,
    MeasureObligation Obligation, BasisSource BasisFrom, IReadOnlyList<CitedBasis> LegalBases, string Department, string SubjectName, string SubjectCode, Guid? PersonId, TaskState State, TaskExecution Execution,
    DateOnly IssuedOn, DateOnly Due, DateOnly? FedBackOn, DateOnly? StopDue, DateOnly? StoppedOn, int Version)
{
    public static TaskView Of(MeasureTask task) => new(
        task.Id, task.EntryId, task.Memorandum, task.MemorandumVersion, task.MeasureKey, task.Wording, task.Canonical, task.Obligation, task.BasisFrom, task.LegalBases,
        task.Department, task.SubjectName, task.SubjectCode, task.PersonId, task.State, task.Execution, task.IssuedOn, task.Due, task.FedBackOn, task.StopDue,
        task.StoppedOn, task.Version);
}
