using Credit.Core.DueProcess;
using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Listing;
using Credit.Core.Store;
using Credit.Core.Subjects;
using Credit.Domain.Accountability;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Accountability;

/// <summary>The recogniser names a person responsible for an organisation's entry, at recognition or later, by an approver who neither proposed nor recognised the entry (R-3.4.6.a, D8, I84).</summary>
internal sealed class NameResponsible : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/entries/{id:guid}/responsible-persons", HandleAsync)
            .RequireAuthorization(Access.Approver)
            .AnswerNotKept()
            .WithoutVersionBecause(VersionlessCommands.New)
            .WithName(nameof(NameResponsible))
            .WithSummary("Name a person responsible for an organisation's entry")
            .Produces<AccountabilityView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new
            {
                person = new { name = "李某某", certificateType = "身份证", certificateNumber = "370811199001010014" },
                responsibility = "DirectlyResponsible",
                reason = "任财务负责人期间直接实施虚假申报（任税稽罚〔2026〕9号）。",
            });

    private static async Task<IResult> HandleAsync(
        Guid id, NamedBody body, CreditDbContext db, Caller caller, TimeProvider clock, SubjectFinder subjects, WriteNotice notices, CancellationToken cancel)
    {
        var known = await db.Entries.AsNoTracking().SingleOrDefaultAsync(entry => entry.Id == id, cancel);
        if (known is null || known.Recogniser != caller.Department)
        {
            return known is not null && caller.Is(Roles.LeadOffice) ? EntryAccess.NotYours.ToProblem() : TypedResults.NotFound();
        }

        if (PersonalText.IsIn(body.Reason))
        {
            return new Refusal("reason-names-person", "理由中不得出现证件号码或电话。", "The reason may not hold identity numbers or telephone numbers.", Clause.R("3.4.6.a"), "reason").ToProblem();
        }

        var today = clock.Today();
        var found = await subjects.FindOrRegisterAsync(body.Person.ToReference(), today, cancel);
        if (!found.Accepted)
        {
            return found.Refusals.ToProblem();
        }

        if (await db.LockEntryAsync(id, cancel) is not { } locked)
        {
            return TypedResults.NotFound();
        }

        await using var transaction = locked.Transaction;
        if (caller.User == locked.Entry.ProposedBy || caller.User == locked.Entry.RecognisedBy)
        {
            return new Refusal(
                "four-eyes", "提议人、认定人不得追溯责任人员，须由另一名审核人办理。", "Who proposed or recognised the entry names nobody: another approver does.", Clause.Standard("I84")).ToProblem();
        }

        if (await db.AccountabilityItems.AnyAsync(item => item.EntryId == id && item.PersonId == found.Value.Id && item.State != AccountabilityState.Deleted, cancel))
        {
            return new Refusal(
                "already-held-to-account", "该人员已因本条目被追溯责任。", "That person already answers for this entry.", Clause.R("3.4.6.a")).ToProblem();
        }

        var named = AccountabilityItem.Name(
            locked.Entry, new(found.Value.Id, found.Value.Name, found.Value.Mask), body.Responsibility, body.Reason, today);
        if (!named.Accepted)
        {
            return named.Refusals.ToProblem();
        }

        db.Add(named.Value);
        if (named.Value.State == AccountabilityState.InForce)
        {
            notices.HeldToAccount(db, locked.Entry, named.Value);
        }

        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Created((string?)null, AccountabilityView.Of(named.Value)).WithVersion(named.Value.Version);
    }

    /// <summary>A person named responsible.</summary>
    /// <param name="Person">Who.</param>
    /// <param name="Responsibility">In what the person answers.</param>
    /// <param name="Reason">What the responsibility rests on.</param>
    internal sealed record NamedBody(PersonReference Person, Responsibility Responsibility, string Reason);
}
