using Credit.Core.Http;

namespace Credit.Host.Startup;

/// <summary>Who may do what: one policy per name of <see cref="Access"/>; everything else is refused.</summary>
internal static class Authorisation
{
    /// <summary>Adds the policies.</summary>
    public static void AddAccess(this WebApplicationBuilder builder) => builder.Services.AddAuthorizationBuilder()
        .AddPolicy(Access.Authenticated, policy => policy.RequireAuthenticatedUser())
        .AddPolicy(Access.Official, policy => policy.RequireAuthenticatedUser()
            .RequireRole(Roles.Officer, Roles.Approver, Roles.LeadOffice, Roles.Auditor, Roles.Machine))
        .AddPolicy(Access.Department, policy => policy.RequireAuthenticatedUser()
            .RequireRole(Roles.Officer, Roles.Approver, Roles.Machine).RequireClaim("department"))
        .AddPolicy(Access.Approver, policy => policy.RequireAuthenticatedUser().RequireRole(Roles.Approver).RequireClaim("department"))
        .AddPolicy(Access.LeadOffice, policy => policy.RequireAuthenticatedUser().RequireRole(Roles.LeadOffice))
        .AddPolicy(Access.LeadOfficeApprover, policy => policy.RequireAuthenticatedUser().RequireRole(Roles.LeadOffice).RequireRole(Roles.Approver).RequireClaim("department"))
        .AddPolicy(Access.Association, policy => policy.RequireAuthenticatedUser().RequireRole(Roles.Association).RequireClaim("association"))
        .AddPolicy(Access.Partner, policy => policy.RequireAuthenticatedUser().RequireRole(Roles.Partner))
        .AddPolicy(Access.Exchange, policy => policy.RequireAuthenticatedUser().RequireRole(Roles.Exchange, Roles.LeadOffice))
        .AddPolicy(Access.ReportCustodian, policy => policy.RequireAuthenticatedUser().RequireRole(Roles.ReportCustodian))
        .AddPolicy(Access.IntegrityFile, policy => policy.RequireAuthenticatedUser().RequireRole(Roles.IntegrityFile))
        .SetFallbackPolicy(new(
            [new Microsoft.AspNetCore.Authorization.Infrastructure.AssertionRequirement(_ => false)], []))
        .SetDefaultPolicy(new(
            [new Microsoft.AspNetCore.Authorization.Infrastructure.AssertionRequirement(_ => false)], []));
}
