using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DriverMonitor.Fleet.Identity;

/// <summary>Adds people: accounts, links that make them, sessions, and the organisation's own sign-in.</summary>
internal static class IdentityRegistration
{
    public static void AddIdentity(this IHostApplicationBuilder builder)
    {
        builder.AddSection<OidcOptions>(OidcOptions.Section);
        var services = builder.Services;
        services.AddSingleton<Accounts>();
        services.AddSingleton<Invitations>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<SessionCookie>();
        services.AddSingleton<SignInLock>();
        services.AddSingleton<OidcSignIn>();
    }
}
