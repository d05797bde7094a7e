using DriverMonitor.Fleet.Enrolment;
using DriverMonitor.Fleet.Orders;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DriverMonitor.Fleet.Feed;

/// <summary>Lets erasures, renewals and webhooks follow from stored events by themselves.</summary>
internal static class FeedRegistration
{
    public static void AddFeed(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        // Renewals need the authority, a key to sign with, and a way to vehicles.
        if (services.Any(one => one.ServiceType == typeof(RenewalDesk))
            && services.Any(one => one.ServiceType == typeof(CommandSigner)))
            services.AddSingleton<IFeedHandler>(parts => parts.GetRequiredService<RenewalDesk>());
        services.AddHostedService(parts => parts.GetRequiredService<EventFeed>());
    }
}
