using DriverMonitor.Fleet.Feed;
using DriverMonitor.Fleet.Identity;
using DriverMonitor.Fleet.Orders;
using DriverMonitor.Fleet.Rates;
using DriverMonitor.Fleet.Rights;
using DriverMonitor.Fleet.Webhooks;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DriverMonitor.Fleet.Web;

/// <summary>Adds what people and programs ask, and what follows from stored events.</summary>
internal static class WebRegistration
{
    public static void AddWeb(this IHostApplicationBuilder builder)
    {
        builder.AddSection<WebOptions>(WebOptions.Section);
        builder.AddSection<RetentionOptions>(RetentionOptions.Section);
        builder.AddIdentity();
        builder.AddOrders();
        var services = builder.Services;
        services.AddSingleton<ApiTokens>();
        services.AddSingleton<Callers>();
        services.AddSingleton<AuditReader>();
        services.AddSingleton<ConsoleReader>();
        services.AddSingleton<LargeAnswers>();
        services.AddSingleton<FleetReader>();
        services.AddSingleton<AlertReader>();
        services.AddSingleton<AuditChain>();
        services.AddSingleton<ErasureLog>();
        services.AddSingleton<Eraser>();
        services.AddSingleton<WebhookStore>();
        services.AddSingleton<WebhookClient>();
        services.AddSingleton<HealthEndpoints>();
        services.AddSingleton<TrendReader>();
        services.AddSingleton<CoverageReader>();
        services.AddSingleton<TimelineReader>();
        services.AddSingleton<HourExport>();

        services.AddSingleton<IFeedHandler>(parts => parts.GetRequiredService<Eraser>());
        services.AddSingleton<IFeedHandler, WebhookOutbox>();
        services.AddSingleton<IFeedHandler, HourCounter>();
        services.AddHostedService<WebhookSender>();
        services.AddHostedService<FleetMetrics>();
        services.AddSingleton<Retention>();
        services.AddHostedService(parts => parts.GetRequiredService<Retention>());

        services.AddEndpoints<VehicleEndpoints>(one => one.Map);
        services.AddEndpoints<AlertEndpoints>(one => one.Map);
        services.AddEndpoints<ExportEndpoints>(one => one.Map);
        services.AddEndpoints<ErasureEndpoints>(one => one.Map);
        services.AddEndpoints<WebhookEndpoints>(one => one.Map);
        services.AddEndpoints<RateEndpoints>(one => one.Map);
        services.AddEndpoints<OrderEndpoints>(one => one.Map);
        services.AddEndpoints<SessionEndpoints>(one => one.Map);
        services.AddEndpoints<ConsoleEndpoints>(one => one.Map);
        services.AddEndpoints<OrderRequests>(one => one.Map);
        services.AddEndpoints<AccountEndpoints>(one => one.Map);
        services.AddSingleton<ApiServer>();
        services.AddHostedService(parts => parts.GetRequiredService<ApiServer>());
        services.AddSingleton<SetupLink>();
        services.AddHostedService(parts => parts.GetRequiredService<SetupLink>());
    }

    private static void AddEndpoints<T>(this IServiceCollection services, Func<T, Action<IEndpointRouteBuilder>> map)
        where T : class
    {
        services.AddSingleton<T>();
        services.AddSingleton(parts => map(parts.GetRequiredService<T>()));
    }
}
