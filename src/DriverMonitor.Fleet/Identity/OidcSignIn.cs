using DriverMonitor.Fleet.Rights;
using DriverMonitor.Fleet.Wire;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace DriverMonitor.Fleet.Identity;

/// <summary>
/// Signing in at the organisation's own provider: what comes back becomes a session like any other, with the roles of the
/// person's groups.
/// </summary>
internal sealed class OidcSignIn(OidcOptions options, Accounts accounts, SessionCookie cookie, AuditChain audit)
{
    private const string Scheme = "oidc", CallbackPath = "/signin-oidc";

    /// <summary>
    /// A scheme that knows nobody: sessions are our own. Without it the provider's would be the only one, and be asked who every
    /// request comes from.
    /// </summary>
    private const string Session = "session";

    public bool IsEnabled => options.IsEnabled;

    public void AddTo(IServiceCollection services)
    {
        if (!IsEnabled) return;
        // Protects the few minutes between leaving for the provider and coming back; a restart between them asks again.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddAuthentication(Session).AddScheme<AuthenticationSchemeOptions, NobodyHandler>(Session, null)
            .AddOpenIdConnect(Scheme, Configure);
    }

    /// <summary>Sends the browser to the provider.</summary>
    public static Task ChallengeAsync(HttpContext context) =>
        context.ChallengeAsync(Scheme, new AuthenticationProperties { RedirectUri = "/" });

    /// <exception cref="ConfigurationException">The secret's file cannot be read.</exception>
    private void Configure(OpenIdConnectOptions oidc)
    {
        oidc.Authority = options.Authority;
        oidc.ClientId = options.ClientId;
        oidc.ClientSecret = SecretOf(options.ClientSecretFile);
        oidc.RequireHttpsMetadata = options.Authority.StartsWith("https:", StringComparison.Ordinal);
        oidc.CallbackPath = CallbackPath;
        oidc.ResponseType = OpenIdConnectResponseType.Code;
        oidc.ResponseMode = OpenIdConnectResponseMode.Query;
        oidc.UsePkce = true;
        oidc.MapInboundClaims = false;
        oidc.SaveTokens = false;
        oidc.SignInScheme = Session;
        oidc.CorrelationCookie.SameSite = oidc.NonceCookie.SameSite = SameSiteMode.Lax;
        oidc.CorrelationCookie.SecurePolicy = oidc.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        oidc.Events.OnTicketReceived = EnterAsync;
        oidc.Events.OnRemoteFailure = failed =>
        {
            failed.HandleResponse();
            failed.Response.Redirect("/#refused");
            return Task.CompletedTask;
        };
    }

    private async Task EnterAsync(TicketReceivedContext ticket)
    {
        ticket.HandleResponse();
        var person = ticket.Principal!;
        var grants = options.GrantsOf(person.FindAll(options.GroupClaim).Select(claim => claim.Value));
        var subject = person.FindFirst("sub")?.Value;
        if (grants.Count == 0 || subject is null)
        {
            ticket.Response.Redirect("/#refused");
            return;
        }

        var stop = ticket.HttpContext.RequestAborted;
        var name = TopicName.Shown(person.FindFirst("preferred_username")?.Value ?? person.FindFirst("email")?.Value ?? subject);
        var account = await accounts.PutElsewhereAsync($"{options.Authority} {subject}", name, grants, stop);
        await audit.AppendAsync(null, $"user:{account.Name}", "sign in", stop);
        await cookie.SignInAsync(ticket.HttpContext, account);
        ticket.Response.Redirect("/");
    }

    private static string? SecretOf(string? file)
    {
        try
        {
            return file is null ? null : File.ReadAllText(file).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"Fleet:Web:Oidc:ClientSecretFile {file} cannot be read: {e.Message}", e);
        }
    }
}
