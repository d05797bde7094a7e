using DriverMonitor.Camera;
using DriverMonitor.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Vision;

/// <summary>Adds the networks that read faces.</summary>
internal static partial class VisionRegistration
{
    /// <returns>The models on their way; the service must not start before they are there.</returns>
    public static ModelLoading AddVision(this IHostApplicationBuilder builder)
    {
        var settings = builder.AddSection<VisionSettings>("Vision");
        var orientation = builder.AddSection<CameraSettings>("Camera").Orientation;
        var kept = new KeptModels(ServiceFolders.State(null));
        string? fault = null;
        // Loaded now and not when first asked for: without them the service must not start at all.
        var loading = new ModelLoading(
            () => kept.Open(settings, one => new FaceReader(one, orientation, TimeProvider.System), out fault));
        builder.Services.AddSingleton(_ => loading.Reader);
        builder.Services.AddHostedService(services =>
            new ModelBackup(settings, kept, fault, services.GetRequiredService<ILogger<ModelBackup>>()));
        builder.Services.AddHostedService(services => new CodeTrim(services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton(services =>
            Torso(settings, orientation, services.GetRequiredService<ILogger<TorsoWatch>>()));
        return loading;
    }

    private static TorsoWatch Torso(VisionSettings settings, PictureOrientation orientation, ILogger log) =>
        new(settings, orientation, TimeProvider.System, ownThread: true, line => LogSwitchedOff(log, line));

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Line}")]
    private static partial void LogSwitchedOff(ILogger log, string line);
}
