using Credit.Core.Http;
using Credit.Core.Intake.Cells;
using Credit.Core.Oversight;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Domain.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Credit.Core.Rules;

/// <summary>A department proposes to amend a rule; the lead office finds it in its inbox .</summary>
internal sealed class ProposeAmendment : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/policy/amendments", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithoutVersionBecause(VersionlessCommands.New)
            .WithName(nameof(ProposeAmendment))
            .WithSummary("Propose to amend a rule of a policy pack")
            .Produces<AmendmentView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new
            {
                pack = "rencheng-2019",
                rule = "defenceDays",
                title = "关于延长陈述申辩期限的修订建议",
                text = "建议将列入前告知的陈述申辩期由五个工作日延长为七个工作日。",
                documentNumber = "任税发〔2026〕18号",
                basis = "行政处罚法第四十五条",
            });

    private static async Task<IResult> HandleAsync(
        AmendmentDraft body, CreditDbContext db, Caller caller, PolicyPacks packs, DepartmentDirectory departments, TimeProvider clock, CancellationToken cancel)
    {
        if (caller.Department is null)
        {
            return TypedResults.NotFound();
        }

        var proposed = RuleAmendment.Propose(body, caller.Department, caller.User, clock.Today(), packs);
        Refusal[] refusals = [.. proposed.Refusals, .. AgainstPersonalText(body)];
        if (refusals.Length > 0)
        {
            return refusals.ToProblem();
        }

        db.Add(proposed.Value);
        db.Add(new InboxItem
        {
            Department = departments.LeadOffice.Key,
            Kind = InboxKind.RuleAmendment,
            AggregateId = proposed.Value.Id,
            Text = $"{caller.Department} 对规则包 {body.Pack} 的 {body.Rule} 提出修订建议 {proposed.Value.Id}",
            CreatedOn = clock.Today(),
        });
        await db.SaveChangesAsync(cancel);
        return TypedResults.Created($"/api/policy/amendments/{proposed.Value.Id}", AmendmentView.Of(proposed.Value)).WithVersion(proposed.Value.Version);
    }

    // An adopted amendment is read by everybody.
    private static IEnumerable<Refusal> AgainstPersonalText(AmendmentDraft body)
    {
        (string Field, string Value)[] texts = [("title", body.Title), ("text", body.Text), ("documentNumber", body.DocumentNumber), ("basis", body.Basis)];
        return
        [
            .. from text in texts
               where PersonalText.IsIn(text.Value)
               select new Refusal(
                   "amendment-names-person", "修订建议中不得出现证件号码或电话。", "An amendment may not hold identity numbers or telephone numbers.", Clause.R("3.2.4.f"), text.Field),
        ];
    }
}

/// <summary>A proposed amendment.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Pack">Pack.</param>
/// <param name="Rule">Value it is about.</param>
/// <param name="Title">Title.</param>
/// <param name="Text">Text.</param>
/// <param name="DocumentNumber">Document number.</param>
/// <param name="Basis">What it rests on.</param>
/// <param name="Department">Department that proposes.</param>
/// <param name="ProposedOn">Day of the proposal.</param>
/// <param name="State">Where it stands.</param>
/// <param name="DecidedOn">Day of the decision.</param>
/// <param name="Finding">Reason of the decision.</param>
/// <param name="Version">Version, as in the ETag.</param>
internal sealed record AmendmentView(
    Guid Id, string Pack, string Rule, string Title, string Text, string DocumentNumber, string Basis, string Department, DateOnly ProposedOn, AmendmentState State,
    DateOnly? DecidedOn, string? Finding, int Version)
{
    public static AmendmentView Of(RuleAmendment amendment) => new(
        amendment.Id, amendment.Pack, amendment.Rule, amendment.Title, amendment.Text, amendment.DocumentNumber, amendment.Basis, amendment.Department,
        amendment.ProposedOn, amendment.State, amendment.DecidedOn, amendment.Finding, amendment.Version);
}
