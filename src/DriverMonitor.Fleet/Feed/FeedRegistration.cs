using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DriverMonitor.Fleet.Feed;

/// <summary>Lets erasures, renewals and webhooks follow from stored events by themselves.</summary>
internal static class FeedRegistration
{
    public static void AddFeed(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<EventFeed>();
        builder.Services.AddHostedService(parts => parts.GetRequiredService<EventFeed>());
    }
}
