using DriverMonitor.Configuration;
using DriverMonitor.Hosting;
using DriverMonitor.Outbox;
using DriverMonitor.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DriverMonitor.Monitoring;

/// <summary>Adds how far the wall clock can be trusted; what it may not be earlier than is kept beside the outbox.</summary>
internal static class ClockRegistration
{
    public static void AddClock(this IHostApplicationBuilder builder)
    {
        var outbox = builder.AddSection<OutboxSettings>("Outbox");
        builder.Services.AddSingleton(services => new ClockQuality(services.GetRequiredService<TimeProvider>(), outbox.Place()));
        builder.Services.AddSingleton(services =>
        {
            var clock = services.GetRequiredService<ClockQuality>();
            return new ReadingSource(ServicePart.WallClock, (ref seen) => seen = seen with { Wall = clock.ReadTimeOfDay() });
        });
        builder.Services.AddPart(ServicePart.Clock, services => services.GetRequiredService<ClockQuality>().KeepAsync);
    }
}
