using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DriverMonitor.Fleet.Live;

/// <summary>Events as they are stored, for those who watch.</summary>
internal static class LiveRegistration
{
    /// <summary>
    /// To be added after the API's server: what starts later stops earlier, so streams end before the server waits for them.
    /// </summary>
    public static void AddLive(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<ArrivalReader>();
        services.AddSingleton<LiveEvents>();
        services.AddHostedService(parts => parts.GetRequiredService<LiveEvents>());
        services.AddSingleton<StreamEndpoint>();
        services.AddSingleton<Action<IEndpointRouteBuilder>>(parts => parts.GetRequiredService<StreamEndpoint>().Map);
    }
}
