using System.Security.Claims;
using Credit.Core.Http;

namespace Credit.Core.Demo;

/// <summary>Whoever acts in the district's history, with the claims a token of theirs would carry.</summary>
internal static class DemoCaller
{
    /// <summary>经办人 of a department.</summary>
    public static ClaimsPrincipal Officer(string department) => Of($"{department}.officer", Roles.Officer, department);

    /// <summary>审核人 of a department.</summary>
    public static ClaimsPrincipal Approver(string department) => Of($"{department}.approver", Roles.Approver, department);

    /// <summary>Another 审核人 of the department, who decides on what the first one recognised.</summary>
    public static ClaimsPrincipal Reviewer(string department) => Of($"{department}.reviewer", Roles.Approver, department);

    /// <summary>The system of a department, which sends files.</summary>
    public static ClaimsPrincipal System(string department) => Of($"{department}.system", Roles.Machine, department);

    /// <summary>审核人 of the lead office.</summary>
    public static ClaimsPrincipal LeadOffice() => Of("development-reform.approver", Roles.LeadOffice, "development-reform", new Claim("role", Roles.Approver));

    /// <summary>经办人 of the lead office.</summary>
    public static ClaimsPrincipal LeadOfficer() => Of("development-reform.officer", Roles.LeadOffice, "development-reform", new Claim("role", Roles.Officer));

    /// <summary>The trade association.</summary>
    public static ClaimsPrincipal Association() => Of("association", Roles.Association, department: null);

    /// <summary>A subject; the demo account's own signs in as <c>subject</c>.</summary>
    public static ClaimsPrincipal Subject(Guid id) =>
        Of(id == DemoPlan.AccountSubject ? "subject" : id == DemoPlan.AccountPerson ? "subject.person" : $"subject-{id:N}", Roles.Subject, department: null, new Claim("subject_id", id.ToString()));

    private static ClaimsPrincipal Of(string user, string role, string? department, params Claim[] more)
    {
        List<Claim> claims = [new("sub", user), new("role", role), .. more];
        if (department is not null)
        {
            claims.Add(new("department", department));
        }

        return new ClaimsPrincipal(new ClaimsIdentity(claims, "demo", "sub", "role"));
    }
}
