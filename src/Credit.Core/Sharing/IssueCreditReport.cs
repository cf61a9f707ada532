using System.Data;
using System.Text.Json;
using Credit.Core.Http;
using Credit.Core.Register;
using Credit.Core.Store;
using Credit.Core.Subjects;
using Credit.Domain.Checks;
using Credit.Domain.Policy;
using Credit.Domain.Sharing;
using Credit.Domain.Subjects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Credit.Core.Sharing;

/// <summary>
/// Issues a credit report (信用报告): to a subject about itself, to a department for a purpose, to a partner by the subject's
/// authorisation. It is kept as issued, with number, data cut-off and verification code (R-3.1.5.c).
/// </summary>
internal sealed class IssueCreditReport : IUseCase
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/credit-reports", HandleAsync)
            .RequireAuthorization(Access.Authenticated)
            .AnswerNotKept()
            .WithoutVersionBecause(VersionlessCommands.New)
            .WithName(nameof(IssueCreditReport))
            .WithSummary("Issue a credit report")
            .Produces<CreditReportView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithExample(new { purpose = "PublicService", subject = new { kind = "LegalPerson", code = "91370811MA3TEXT0X0" } });

    private static async Task<IResult> HandleAsync(
        ReportBody body, CreditDbContext db, Caller caller, TimeProvider clock, PolicyPack pack, PersonVault vault, SubjectFinder subjects,
        RegisterExtract extract, CancellationToken cancel)
    {
        if (body.Purpose is not { } purpose)
        {
            return PartnerAccess.NoPurpose.ToProblem();
        }

        // One moment for everything in it.
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        var today = clock.Today();
        var wanted = await WantedAsync(body, db, caller, subjects, today, cancel);
        if (!wanted.Accepted)
        {
            return wanted.Refusals.ToProblem();
        }

        var order = await OrderAsync(wanted.Value, purpose, db, caller, pack, today, cancel);
        if (!order.Accepted)
        {
            return order.Refusals.ToProblem();
        }

        if (wanted.Value is not { } subject)
        {
            return TypedResults.NotFound();
        }

        var report = await WriteAsync(subject, order.Value, purpose, db, caller, clock, pack, extract, cancel);
        db.Add(report);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return TypedResults.Created($"/api/credit-reports/{report.Id}", CreditReportView.Of(report, vault));
    }

    private static async Task<Outcome<Subject?>> WantedAsync(
        ReportBody body, CreditDbContext db, Caller caller, SubjectFinder subjects, DateOnly today, CancellationToken cancel)
    {
        if (caller.SubjectId is { } self)
        {
            return body.Subject is null
                ? await db.Subjects.AsNoTracking().SingleOrDefaultAsync(subject => subject.Id == self, cancel)
                : new Refusal("report-of-another", "信用主体只能取得本人的信用报告。", "A subject gets a report about itself only.", Clause.R("3.1.5.c"), "subject");
        }

        return body.Subject is null
            ? new Refusal("report-subject-missing", "请填写被查询主体。", "Say who the report is about.", Clause.R("3.1.5.c"), "subject")
            : await subjects.FindAsync(body.Subject.ToReference(), today, cancel);
    }

    private static async Task<Outcome<Order>> OrderAsync(
        Subject? subject, QueryPurpose purpose, CreditDbContext db, Caller caller, PolicyPack pack, DateOnly today, CancellationToken cancel)
    {
        if (caller.SubjectId is not null)
        {
            return new Order(ReportRequester.Subject, null, new ExtractScope([.. pack.Catalogue.Select(item => item.Key)], null, Outside: false), null);
        }

        if (caller.Department is { } department)
        {
            string[] shared = [.. pack.Catalogue.Where(item => item.IsShared).Select(item => item.Key)];
            return new Order(ReportRequester.Department, department, new ExtractScope(shared, department, Outside: false), null);
        }

        if (!caller.Is(Roles.Partner))
        {
            return new Refusal("report-not-for-caller", "该账户不能取得信用报告。", "The account gets no credit reports.", Clause.R("3.1.5.c"));
        }

        var own = await db.OwnGrantAsync(caller, cancel);
        if (!own.Accepted)
        {
            return Outcome<Order>.Refused(own.Refusals);
        }

        // A report holds what the subject authorised for this purpose and the lead office still grants.
        var given = await db.Authorisations.AsNoTracking()
            .Where(each => subject != null && each.SubjectId == subject.Id && each.PartnerId == own.Value.Id && each.State == AuthorisationState.Given
                && each.Purpose == purpose && each.Until >= today)
            .OrderByDescending(each => each.GivenOn).ThenByDescending(each => each.Id).FirstOrDefaultAsync(cancel);
        return given is null
            ? PartnerAccess.NotAuthorised
            : new Order(ReportRequester.Partner, own.Value.Name, new ExtractScope([.. given.Items.Intersect(own.Value.Items)], null, Outside: true), given.Id);
    }

    private static async Task<CreditReport> WriteAsync(
        Subject subject, Order order, QueryPurpose purpose, CreditDbContext db, Caller caller, TimeProvider clock, PolicyPack pack, RegisterExtract extract,
        CancellationToken cancel)
    {
        var (now, today) = (clock.GetUtcNow(), clock.Today());
        var head = await RegisterHead.ReadAsync(db, cancel);
        var document = new CreditReportDocument(
            ReportSeal.NewNumber(today), subject.Name, subject.Kind, subject.Code, today, now, head.Position, today.AddDays(pack.CreditReportDays), order.Requester,
            order.RequestedFor, purpose, pack.Name, await extract.ReadAsync(subject.Id, order.Scope, today, cancel));
        return CreditReport.Issue(
            document.Number, subject.Id, order.Requester, caller.User, order.RequestedFor, purpose, order.AuthorisationId, now, head.Position, document.ExpiresOn,
            JsonSerializer.SerializeToUtf8Bytes(document, RegisterInterceptor.Json));
    }

    private sealed record Order(ReportRequester Requester, string? RequestedFor, ExtractScope Scope, Guid? AuthorisationId);

    /// <summary>A request for a report.</summary>
    /// <param name="Purpose">What it is used for; compulsory.</param>
    /// <param name="Subject">Who it is about, by identifier; absent for oneself.</param>
    internal sealed record ReportBody(QueryPurpose? Purpose, NamedSubject? Subject = null);
}

/// <summary>The document of a credit report. It holds no number of a person.</summary>
/// <param name="Number">Report number.</param>
/// <param name="SubjectName">Name of the subject.</param>
/// <param name="SubjectKind">Kind of subject.</param>
/// <param name="SubjectCode">Unified code; null for natural persons.</param>
/// <param name="AsOf">Day whose state it shows.</param>
/// <param name="IssuedAt">Instant of issue, UTC.</param>
/// <param name="Position">Position of the register log up to which everything is in it.</param>
/// <param name="ExpiresOn">Last day it can be relied on.</param>
/// <param name="Requester">Who asked.</param>
/// <param name="RequestedFor">Department or partner that asked.</param>
/// <param name="Purpose">What it is for.</param>
/// <param name="PolicyPack">Policy pack of the catalogue it follows.</param>
/// <param name="Sections">What there is, by item.</param>
internal sealed record CreditReportDocument(
    string Number, string SubjectName, SubjectKind SubjectKind, string? SubjectCode, DateOnly AsOf, DateTimeOffset IssuedAt, long Position, DateOnly ExpiresOn,
    ReportRequester Requester, string? RequestedFor, QueryPurpose Purpose, string PolicyPack, IReadOnlyList<ExtractSection> Sections);
