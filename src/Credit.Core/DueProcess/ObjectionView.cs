using Credit.Core.Deadlines;
using Credit.Core.Http;
using Credit.Core.Oversight;
using Credit.Core.Store;
using Credit.Domain.DueProcess;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.DueProcess;

/// <summary>An objection as handler and filer see it.</summary>
/// <param name="Id">Identity.</param>
/// <param name="EntryId">The entry.</param>
/// <param name="Origin">Who raised it.</param>
/// <param name="State">Where it stands.</param>
/// <param name="BeforeRecognition">Raised before recognition.</param>
/// <param name="AcceptDue">Last day to take it up.</param>
/// <param name="DecideDue">Last day to conclude.</param>
/// <param name="Finding">Written finding.</param>
/// <param name="AnswerToReporter">Answer to the person who reported.</param>
/// <param name="AnswerToSubject">Answer to the subject.</param>
/// <param name="Version">Version, as in the ETag.</param>
internal sealed record ObjectionView(
    Guid Id, Guid EntryId, ObjectionOrigin Origin, ObjectionState State, bool BeforeRecognition, DateOnly AcceptDue, DateOnly? DecideDue,
    string? Finding, string? AnswerToReporter, string? AnswerToSubject, int Version)
{
    public static ObjectionView Of(Objection objection) => new(
        objection.Id, objection.EntryId, objection.Origin, objection.State, objection.BeforeRecognition, objection.AcceptDue, objection.DecideDue,
        objection.Finding, objection.AnswerToReporter, objection.AnswerToSubject, objection.Version);
}
