using System.Security.Claims;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Credit.Host.Callers;

/// <summary>Answers <c>/connect/token</c>: who signs in and what the token says about them.</summary>
internal sealed class TokenIssue(IAccounts accounts) :
    IOpenIddictServerHandler<ValidateTokenRequestContext>,
    IOpenIddictServerHandler<HandleTokenRequestContext>
{
    /// <summary>Audience of the platform's tokens.</summary>
    public const string Audience = "credit";

    /// <summary>Refuses grants without the parameters they need.</summary>
    public ValueTask HandleAsync(ValidateTokenRequestContext context)
    {
        if (!context.Request.IsPasswordGrantType() && !context.Request.IsClientCredentialsGrantType())
        {
            context.Reject(Errors.UnsupportedGrantType, "Use the password or the client_credentials grant.");
        }
        else if (context.Request.IsClientCredentialsGrantType() && (context.ClientId is null || context.Request.ClientSecret is null))
        {
            context.Reject(Errors.InvalidClient, "Send client_id and client_secret.");
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Signs in.</summary>
    public ValueTask HandleAsync(HandleTokenRequestContext context)
    {
        var machine = context.Request.IsClientCredentialsGrantType();
        var (user, secret) = machine ? (context.Request.ClientId, context.Request.ClientSecret) : (context.Request.Username, context.Request.Password);
        if (accounts.SignIn(user ?? "", secret ?? "", machine) is not { } account)
        {
            context.Reject(machine ? Errors.InvalidClient : Errors.InvalidGrant, "Name or secret are wrong.");
            return ValueTask.CompletedTask;
        }

        var identity = new ClaimsIdentity(TokenValidationParameters.DefaultAuthenticationType, Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, account.User)
            .SetClaim(Claims.Name, account.Name)
            .SetClaim("department", account.Department)
            .SetClaim("association", account.Association)
            .SetClaim("subject_id", account.SubjectId?.ToString())
            .SetClaims(Claims.Role, [.. account.Roles]);
        identity.SetResources(Audience);
        identity.SetDestinations(static _ => [Destinations.AccessToken]);
        context.SignIn(new ClaimsPrincipal(identity));
        return ValueTask.CompletedTask;
    }
}
