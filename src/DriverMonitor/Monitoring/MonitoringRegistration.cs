using DriverMonitor.Configuration;
using DriverMonitor.Core.Wire;
using DriverMonitor.Recording;
using DriverMonitor.Vision;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DriverMonitor.Monitoring;

/// <summary>Adds the warning itself: the loop from picture to buzzer, and the recorder that follows it.</summary>
internal static class MonitoringRegistration
{
    public static void AddMonitoring(this IHostApplicationBuilder builder)
    {
        builder.AddSection<RecordingSettings>("Recording");
        builder.Services.AddSingleton(typeof(WireOrigin), services => new WireOrigin(
            services.GetRequiredService<FaceReader>().Mesh.Model.Entry.Label,
            services.GetRequiredService<MonitorOptions>().JudgementHash()));
        builder.Services.AddSingleton<DriveInputs>();
        builder.Services.AddSingleton<DriveSinks>();
        builder.Services.AddSingleton<LiveDrive>();
        builder.Services.AddHostedService<MonitoringService>();
    }
}
