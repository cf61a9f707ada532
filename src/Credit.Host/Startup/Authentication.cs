using System.Text.Json;
using Credit.Core.Http;
using Credit.Core.Modules;
using Credit.Host.Callers;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Credit.Host.Startup;

/// <summary>Who calls: bearer tokens of the embedded issuer, or of the authority named by <c>Issuer:Authority</c>.</summary>
internal static class Authentication
{
    /// <summary>Address of the embedded issuer.</summary>
    public const string TokenPath = "/connect/token";

    /// <summary>Adds the reading of tokens and, unless an authority is configured, the issuer.</summary>
    /// <param name="builder">Host being built.</param>
    /// <param name="dataDirectory">Where the signing key and the operator's accounts are kept.</param>
    public static void AddCallers(this WebApplicationBuilder builder, string dataDirectory)
    {
        var authority = builder.Configuration["Issuer:Authority"];
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddScoped(services => new Caller(services.GetRequiredService<IHttpContextAccessor>()));
        builder.Services.AddScoped<IdempotentEffect>();
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        var bearer = builder.Services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<TimeProvider>((options, clock) => ReadTokens(options, clock));
        if (string.IsNullOrEmpty(authority))
        {
            builder.AddIssuer(dataDirectory);
            bearer.Configure<IssuerKey>((options, key) =>
            {
                options.TokenValidationParameters.IssuerSigningKey = key.Key;
                options.TokenValidationParameters.ValidAudience = TokenIssue.Audience;
                // The key never leaves this host, so its signature says who issued the token, whatever name the host was called by.
                options.TokenValidationParameters.ValidateIssuer = false;
            });
        }
        else
        {
            bearer.Configure(options =>
            {
                options.Authority = authority;
                options.Audience = builder.Configuration["Issuer:Audience"]
                    ?? throw new InvalidOperationException("请配置 Issuer:Audience。 Issuer:Authority needs Issuer:Audience.");
                options.RequireHttpsMetadata = builder.Configuration.GetValue("Issuer:RequireHttps", defaultValue: true);
            });
        }
    }

    private static void AddIssuer(this WebApplicationBuilder builder, string dataDirectory)
    {
        var limits = new ApiLimits();
        builder.Services.AddSingleton(_ => new IssuerKey(Path.Combine(dataDirectory, "keys", "issuer.pem")));
        builder.Services.AddSingleton<IAccounts>(provider => new FileAccounts(
            AccountsOf(builder.Configuration, dataDirectory, provider.GetService<ModuleCatalog>()?.Modules.SelectMany(module => module.Manifest.Departments) ?? [])));
        builder.Services.AddOpenIddict().AddServer(issuer =>
        {
            issuer.SetTokenEndpointUris(TokenPath);
            issuer.AllowPasswordFlow().AllowClientCredentialsFlow().AcceptAnonymousClients();
            issuer.EnableDegradedMode().DisableScopeValidation();
            issuer.DisableAccessTokenEncryption().SetAccessTokenLifetime(TimeSpan.FromSeconds(limits.TokenSeconds));
            // Only codes and refresh tokens are encrypted, and there are none.
            issuer.AddEphemeralEncryptionKey();
            // TLS ends at the gateway; the first run is on loopback.
            issuer.UseAspNetCore().DisableTransportSecurityRequirement();
            issuer.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseSingletonHandler<TokenIssue>());
            issuer.AddEventHandler<HandleTokenRequestContext>(handler => handler.UseSingletonHandler<TokenIssue>());
        });
        builder.Services.AddOptions<OpenIddictServerOptions>().Configure<IssuerKey>((options, key) =>
            options.SigningCredentials.Add(new SigningCredentials(key.Key, SecurityAlgorithms.RsaSha256)));
    }

    // A department that brings a module can be tried out at once: it gets what the first department of the file has.
    private static IEnumerable<Account> DemoAccountsOf(IEnumerable<string> departments, List<Account> known) =>
        from department in departments
        from account in known.Where(account => account.Department == known[0].Department).ToArray()
        let user = department + account.User[account.User.LastIndexOf('.')..]
        select account with { User = user, Name = user + "（演示）", Department = department };

    private static List<Account> AccountsOf(IConfiguration configuration, string dataDirectory, IEnumerable<string> departmentsWithModule)
    {
        var accounts = new List<Account>();
        if (FirstRun.HasDemoAccounts(configuration))
        {
            using var demo = typeof(Account).Assembly.GetManifestResourceStream("demo-accounts.json")!;
            accounts.AddRange(JsonSerializer.Deserialize<Account[]>(demo, JsonSerializerOptions.Web)!);
            accounts.AddRange([.. DemoAccountsOf(departmentsWithModule.Except(accounts.Select(account => account.Department ?? "")), accounts)]);
        }

        var own = Path.Combine(dataDirectory, "accounts.json");
        if (File.Exists(own))
        {
            using var file = File.OpenRead(own);
            accounts.AddRange(JsonSerializer.Deserialize<Account[]>(file, JsonSerializerOptions.Web)!);
        }

        return accounts;
    }

    private static void ReadTokens(JwtBearerOptions options, TimeProvider clock)
    {
        options.MapInboundClaims = false;
        options.TokenValidationParameters = new TokenValidationParameters
        {
            NameClaimType = "name",
            RoleClaimType = "role",
            ValidTypes = ["at+jwt", "JWT"],
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            LifetimeValidator = (notBefore, expires, _, _) => IsAlive(clock.GetUtcNow(), notBefore, expires),
        };
        options.Events = new JwtBearerEvents
        {
            OnChallenge = async context =>
            {
                context.HandleResponse();
                var code = context.AuthenticateFailure switch
                {
                    null => "token-missing",
                    SecurityTokenExpiredException => "token-expired",
                    _ => "token-invalid",
                };
                context.Response.Headers.WWWAuthenticate = code == "token-missing" ? "Bearer" : "Bearer error=\"invalid_token\"";
                await RefuseAsync(context.HttpContext, StatusCodes.Status401Unauthorized, code);
            },
            OnForbidden = context => RefuseAsync(context.HttpContext, StatusCodes.Status403Forbidden, "not-allowed"),
        };
    }

    private static bool IsAlive(DateTimeOffset now, DateTime? notBefore, DateTime? expires)
    {
        // Clocks of two machines differ; a minute is more than any that is kept.
        var skew = TimeSpan.FromMinutes(1);
        if (expires is not { } end || end + skew <= now.UtcDateTime)
        {
            throw new SecurityTokenExpiredException("The token has expired.");
        }

        return notBefore is not { } start || start - skew <= now.UtcDateTime;
    }

    private static async Task RefuseAsync(HttpContext context, int status, string code)
    {
        context.Response.StatusCode = status;
        var problem = new ProblemDetails { Status = status };
        problem.Extensions["code"] = code;
        await context.RequestServices.GetRequiredService<IProblemDetailsService>().WriteAsync(new ProblemDetailsContext { HttpContext = context, ProblemDetails = problem });
    }
}
