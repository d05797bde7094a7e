using DriverMonitor.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Mqtt;

/// <summary>Adds a part that hears one topic of a gateway.</summary>
internal static class SubscriberRegistration
{
    public static void AddSubscriber(
        this IServiceCollection services, ServicePart part, SubscriptionTarget place,
        Func<IServiceProvider, MessageHandler> handler) =>
        services.AddPart(part, parts => new TopicSubscriber(
            place, handler(parts), parts.GetRequiredService<TimeProvider>(), Random.Shared.NextDouble,
            parts.GetRequiredService<ILogger<TopicSubscriber>>()).RunAsync);
}
