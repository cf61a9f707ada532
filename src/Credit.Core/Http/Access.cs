using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace Credit.Core.Http;

/// <summary>Names of roles, as the <c>role</c> claim of a token carries them.</summary>
internal static class Roles
{
    /// <summary>经办人 of a department: submits, proposes, feeds back.</summary>
    public const string Officer = "officer";

    /// <summary>审核人 of a department: recognises, decides. Never the one who submitted.</summary>
    public const string Approver = "approver";

    /// <summary>区发改局 as the office of the joint conference.</summary>
    public const string LeadOffice = "lead-office";

    /// <summary>Reads everything but secrets, changes nothing.</summary>
    public const string Auditor = "auditor";

    /// <summary>A credit subject signed in for itself.</summary>
    public const string Subject = "subject";

    /// <summary>行业协会商会: supplies leads, recognises nothing (I12).</summary>
    public const string Association = "association";

    /// <summary>金融机构, 信用服务机构 or 行业协会 as a partner's system: queries what the lead office granted (R-3.1.5.b).</summary>
    public const string Partner = "partner";

    /// <summary>A department's system.</summary>
    public const string Machine = "machine";

    /// <summary>The city platform's system: fetches what the district mirrors to it.</summary>
    public const string Exchange = "exchange";

    /// <summary>举报保管人: the only one who may learn who made a report of misconduct.</summary>
    public const string ReportCustodian = "report-custodian";

    /// <summary>组织、人社: keeps the integrity files of public servants.</summary>
    public const string IntegrityFile = "integrity-file";
}

/// <summary>Names of access policies. Deny by default; every endpoint names one of these or is anonymous by attribute.</summary>
internal static class Access
{
    /// <summary>Any caller with a valid token of a department, the lead office, an auditor or a machine: may read official data.</summary>
    public const string Official = "official";

    /// <summary>Officer, approver or machine of a department: may submit for it.</summary>
    public const string Department = "department";

    /// <summary>Approver of a department: may recognise and decide.</summary>
    public const string Approver = "approver";

    /// <summary>The lead office.</summary>
    public const string LeadOffice = "lead-office";

    /// <summary>Approver of the lead office: decides in its name; its 经办人 does not.</summary>
    public const string LeadOfficeApprover = "lead-office-approver";

    /// <summary>The city platform's system, and the lead office in its stead.</summary>
    public const string Exchange = "exchange";

    /// <summary>An association: acts on its own members.</summary>
    public const string Association = "association";

    /// <summary>A partner's system.</summary>
    public const string Partner = "partner";

    /// <summary>The custodian of who made a report of misconduct, and nobody else.</summary>
    public const string ReportCustodian = "report-custodian";

    /// <summary>Who keeps the integrity files of public servants, and nobody else.</summary>
    public const string IntegrityFile = "integrity-file";

    /// <summary>Any valid token, subjects and associations included.</summary>
    public const string Authenticated = "authenticated";
}

/// <summary>Who calls: read once from the token, never from the body.</summary>
internal sealed class Caller
{
    public Caller(ClaimsPrincipal principal)
    {
        User = principal.FindFirstValue("sub") ?? principal.FindFirstValue(ClaimTypes.NameIdentifier) ?? "";
        Department = principal.FindFirstValue("department");
        Association = principal.FindFirstValue("association");
        SubjectId = Guid.TryParse(principal.FindFirstValue("subject_id"), out var subject) ? subject : null;
        Names = [.. principal.FindAll("role").Concat(principal.FindAll(ClaimTypes.Role)).Select(claim => claim.Value).Distinct()];
    }

    public Caller(IHttpContextAccessor accessor)
        : this(accessor.HttpContext?.User ?? new ClaimsPrincipal()) => OfRequest = accessor.HttpContext is not null;

    /// <summary>True when a request is being answered, false in clockwork and reactions.</summary>
    public bool OfRequest { get; }

    /// <summary>Account or client id; empty when anonymous.</summary>
    public string User { get; }

    /// <summary>Key of the caller's department; null for subjects, auditors and the public.</summary>
    public string? Department { get; }

    /// <summary>Key of the association the caller acts for; null for everybody else. An association is no department.</summary>
    public string? Association { get; }

    /// <summary>The credit subject the caller is, when it is one.</summary>
    public Guid? SubjectId { get; }

    /// <summary>Role names.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>True when the caller has the role.</summary>
    public bool Is(string role) => Names.Contains(role);

    /// <summary>True when the caller may see every department's rows.</summary>
    public bool SeesAllDepartments => Is(Roles.LeadOffice) || Is(Roles.Auditor);
}
