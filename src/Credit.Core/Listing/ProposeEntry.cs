using Credit.Abstractions;
using Credit.Core.Http;
using Credit.Core.Modules;
using Credit.Core.Reference;
using Credit.Core.Store;
using Credit.Core.Subjects;
using Credit.Domain.Listing;
using Credit.Domain.Policy;
using Credit.Domain.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Listing;

/// <summary>Proposes an entry: criterion checked, bases cited, cross-compared .</summary>
internal sealed class ProposeEntry : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/entries", HandleAsync)
            .RequireAuthorization(Access.Department)
            .WithoutVersionBecause(VersionlessCommands.New)
            .WithName(nameof(ProposeEntry))
            .WithSummary("Propose a red, black or watch entry")
            .Produces<ProposedView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new
            {
                list = "Black",
                domain = "税收征管",
                category = "Market",
                subject = new { kind = "LegalPerson", name = "任城某某商贸有限公司", code = "91370811MA3TEXT0X0", legalRepresentative = "张某" },
                facts = "采取偷税手段，少缴税款一百二十万元。",
                bases = new[] { new { kind = "AdministrativeAct", text = "税收征收管理法第六十三条", documentNumber = "任税稽罚〔2026〕9号" } },
                standard = "重大税收违法失信主体信息公布管理办法",
                standardLevel = "National",
                validTo = "2029-11-24",
                punishMonths = 36,
                repairable = true,
                repairModes = "公开信用承诺;参加信用修复专题培训",
                watchMonthsAfterExit = 12,
            });

    private static async Task<IResult> HandleAsync(
        ProposalBody body, CreditDbContext db, Caller caller, TimeProvider clock, PolicyPack pack, ModuleCatalog modules,
        DepartmentDirectory departments, SubjectFinder subjects, CancellationToken cancel)
    {
        if (caller.Department is null || departments.Find(caller.Department) is not { MayRecognise: true })
        {
            return new Refusal(
                "recogniser-not-allowed",
                "只有区级以上国家机关和法律法规授权组织可以认定名单。",
                "Only state organs of district level or above, and organisations authorised by law, recognise entries.",
                Clause.R("3.2.2.a")).ToProblem();
        }

        if (body.Bases.Any(basis => basis is null))
        {
            return new Refusal("basis-missing", "至少引用一项依据。", "Cite at least one basis of an admitted kind.", Clause.R("3.2.1.b"), "bases").ToProblem();
        }

        var today = clock.Today();
        var found = await subjects.FindOrRegisterAsync(body.Subject, today, cancel);
        if (!found.Accepted)
        {
            return found.Refusals.ToProblem();
        }

        var severity = pack.SeverityOf(body.List, body.Severity);
        var criterion = modules.FindCriterion(body.List, body.Domain, body.Standard);
        var proposal = new EntryProposal
        {
            List = body.List,
            Domain = body.Domain,
            Category = body.Category,
            Subject = found.Value,
            Facts = body.Facts,
            Standard = body.Standard,
            StandardLevel = body.StandardLevel,
            StandardApproval = criterion?.Approval ?? body.StandardApproval,
            StandardFrom = criterion?.EffectiveFrom,
            LegalRepresentative = body.Subject.LegalRepresentative,
            Criterion = criterion?.Key,
            Recogniser = caller.Department,
            ProposedBy = caller.User,
            ProposedOn = today,
            DecidedOn = body.DecidedOn,
            ActOn = body.ActOn,
            ValidTo = body.ValidTo,
            NoticeExemption = body.NoticeExemption,
            Publishable = body.Publishable,
            UnpublishableReason = body.UnpublishableReason,
            Severity = severity,
            Shown = pack.Publishes(severity),
            PunishMonths = body.PunishMonths,
            EarliestExitMonths = criterion?.EarliestExitInMonths,
            Repairable = body.Repairable,
            RepairModes = body.RepairModes,
            RepairMonths = body.RepairMonths,
            AbleButRefuses = body.AbleButRefuses,
            WatchReason = body.WatchReason,
            MinorOffences = body.WatchReason == WatchReason.RepeatedMinor
                ? body.MinorOffences ?? await BelowBlackStandard.CountMinorAsync(db, found.Value, today, pack, cancel)
                : body.MinorOffences,
            WatchMonthsAfterExit = body.WatchMonthsAfterExit,
            PredecessorId = body.PredecessorId ?? await WatchedInDomainAsync(db, body, found.Value.Id, cancel),
            PolicyPack = pack.Name,
            Bases = [.. body.Bases.Select(basis => new EntryBasis { Kind = basis.Kind, Text = basis.Text, DocumentNumber = basis.DocumentNumber, PenaltyId = basis.PenaltyId, RecordId = basis.RecordId })],
        };
        var proposed = ListEntry.Propose(proposal);
        Refusal[] refusals =
        [
            .. WatchTerm.Against(body.WatchMonthsAfterExit, pack) is { } tooLong ? [tooLong] : Array.Empty<Refusal>(),
            .. proposed.Refusals, .. EntryRules.Against(proposal, pack), .. CriterionCheck.Against(criterion, proposal, found.Value.Kind), .. CheckApproval(criterion, body),
            .. await CheckPenaltiesAsync(db, body, found.Value.Id, cancel),
            .. await CheckRecordsAsync(db, body, found.Value.Id, cancel),
            .. WatchGrounds.Against(proposal.WatchReason, proposal.MinorOffences, pack),
            .. proposed.Accepted ? await BelowBlackStandard.AgainstAsync(db, modules, proposed.Value, body.DecidedOn ?? today, cancel) : [],
        ];
        if (refusals.Length > 0)
        {
            return refusals.ToProblem();
        }

        // The lock comes before the entry, whose reference to the subject would otherwise hold a weaker lock and two proposals wait for each other.
        await using var transaction = await db.LockSubjectAsync(found.Value.Id, cancel);
        db.Add(proposed.Value);
        await db.SaveChangesAsync(cancel);
        if (await CrossCompare.AgainstSecondUseAsync(db, proposed.Value, cancel) is { Count: > 0 } used)
        {
            return used.ToProblem();
        }

        var compared = await CrossCompare.AgainstAsync(db, proposed.Value, pack, today, cancel);
        await transaction.CommitAsync(cancel);
        var view = new ProposedView(EntryView.Of(proposed.Value), [.. compared.Select(finding => new ProblemError(finding.Code, null, finding.Clause.ToString(), finding.Chinese, finding.English))]);
        return TypedResults.Created($"/api/entries/{proposed.Value.Id}", view).WithVersion(proposed.Value.Version);
    }

    private static IEnumerable<Refusal> CheckApproval(ICriterion? criterion, ProposalBody body)
    {
        if (body.StandardLevel == StandardLevel.Provincial && string.IsNullOrWhiteSpace(criterion?.Approval ?? body.StandardApproval))
        {
            yield return new(
                "standard-approval-missing",
                "省级认定标准须注明经上级主管部门和省政府审定的文号。",
                "A provincial standard names the document by which superior authority and provincial government approved it.",
                Clause.R("3.2.1.a"),
                "standardApproval");
        }
    }

    // Serious conduct while watched moves the subject to black (R-3.5.5.f): the new entry follows the watch entry it will close.
    private static async Task<Guid?> WatchedInDomainAsync(CreditDbContext db, ProposalBody body, Guid subjectId, CancellationToken cancel) =>
        body.List != ListKind.Black
            ? null
            : await db.Entries
                .Where(entry => entry.SubjectId == subjectId && entry.List == ListKind.Watch && entry.Domain == body.Domain
                    && (entry.State == EntryState.Active || entry.State == EntryState.Verifying))
                .Select(entry => (Guid?)entry.Id)
                .FirstOrDefaultAsync(cancel);

    private static async Task<IEnumerable<Refusal>> CheckPenaltiesAsync(CreditDbContext db, ProposalBody body, Guid subjectId, CancellationToken cancel)
    {
        var cited = body.Bases.Select(basis => basis.PenaltyId).OfType<Guid>().Distinct().ToArray();
        var known = cited.Length == 0 ? 0 : await db.Penalties.CountAsync(penalty => cited.Contains(penalty.Id) && penalty.SubjectId == subjectId, cancel);
        return known == cited.Length
            ? []
            : [new("penalty-unknown", "所引用的行政处罚不存在或不属于该主体。", "A penalty cited is unknown, or another subject's.", Clause.R("3.1.4.d"), "bases")];
    }

    private static async Task<IEnumerable<Refusal>> CheckRecordsAsync(CreditDbContext db, ProposalBody body, Guid subjectId, CancellationToken cancel)
    {
        var cited = body.Bases.Select(basis => basis.RecordId).OfType<Guid>().Distinct().ToArray();
        var known = cited.Length == 0 ? 0 : await db.CreditRecords.CountAsync(
            record => cited.Contains(record.Id) && record.SubjectId == subjectId && record.State == RecordState.Current, cancel);
        return known == cited.Length
            ? []
            : [new("record-unknown", "所引用的信用记录不存在、已撤销或不属于该主体。", "A credit record cited is unknown, no longer counts, or is another subject's.", Clause.R("3.2.1.b"), "bases")];
    }

    /// <summary>A proposal.</summary>
    internal sealed record ProposalBody
    {
        /// <summary>The list.</summary>
        public required ListKind List { get; init; }

        /// <summary>领域.</summary>
        public required string Domain { get; init; }

        /// <summary>Kind of conduct; compulsory on punish lists.</summary>
        public ConductCategory? Category { get; init; }

        /// <summary>The subject, by identifier.</summary>
        public required SubjectReference Subject { get; init; }

        /// <summary>The facts found.</summary>
        public required string Facts { get; init; }

        /// <summary>What the entry rests on.</summary>
        public required IReadOnlyList<BasisBody> Bases { get; init; }

        /// <summary>Title of the recognition standard.</summary>
        public required string Standard { get; init; }

        /// <summary>Its level.</summary>
        public required StandardLevel StandardLevel { get; init; }

        /// <summary>Number of the document that approved a provincial standard; not needed where a module declares the standard.</summary>
        public string? StandardApproval { get; init; }

        /// <summary>Day of the department's decision, if any yet.</summary>
        public DateOnly? DecidedOn { get; init; }

        /// <summary>Day of the act itself, if it is known: who was in office then answers for it.</summary>
        public DateOnly? ActOn { get; init; }

        /// <summary>Last day of validity.</summary>
        public required DateOnly ValidTo { get; init; }

        /// <summary>Law that exempts from prior notice.</summary>
        public string? NoticeExemption { get; init; }

        /// <summary>May be published.</summary>
        public bool Publishable { get; init; } = true;

        /// <summary>Why not.</summary>
        public string? UnpublishableReason { get; init; }

        /// <summary>Grade of the conduct, where the framework in force knows grades; the usual one of the list when left out.</summary>
        public Severity? Severity { get; init; }

        /// <summary>Term of the punishment, months.</summary>
        public int? PunishMonths { get; init; }

        /// <summary>May be repaired.</summary>
        public bool Repairable { get; init; }

        /// <summary>Ways of repair.</summary>
        public string? RepairModes { get; init; }

        /// <summary>Months from the recognition within which the subject may repair; as long as the punishment runs when left out.</summary>
        public int? RepairMonths { get; init; }

        /// <summary>Able to perform but refuses.</summary>
        public bool AbleButRefuses { get; init; }

        /// <summary>Why watched; watch entries only.</summary>
        public WatchReason? WatchReason { get; init; }

        /// <summary>Minor offences in the pack's window, for repeated minor ones; counted from the register when left out.</summary>
        public int? MinorOffences { get; init; }

        /// <summary>Months on the watch list after exit from black.</summary>
        public int? WatchMonthsAfterExit { get; init; }

        /// <summary>Entry it follows.</summary>
        public Guid? PredecessorId { get; init; }
    }

    /// <summary>A basis.</summary>
    /// <param name="Kind">One of the five admitted kinds.</param>
    /// <param name="Text">Law or document.</param>
    /// <param name="DocumentNumber">Number of the deciding document.</param>
    /// <param name="PenaltyId">A published penalty it cites.</param>
    /// <param name="RecordId">A credit record it cites.</param>
    internal sealed record BasisBody(BasisKind Kind, string Text, string DocumentNumber, Guid? PenaltyId = null, Guid? RecordId = null);

    /// <summary>The new entry and what the cross-comparison found.</summary>
    /// <param name="Entry">The entry, a draft.</param>
    /// <param name="Compared">Findings that will bar recognition while they last.</param>
    internal sealed record ProposedView(EntryView Entry, IReadOnlyList<ProblemError> Compared);
}
