using DriverMonitor.Camera;
using DriverMonitor.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Vision;

/// <summary>Adds the networks that read faces.</summary>
internal static partial class VisionRegistration
{
    /// <exception cref="ModelException">A model is missing, or is not the one of the manifest, and none is kept.</exception>
    public static void AddVision(this IHostApplicationBuilder builder)
    {
        var settings = builder.AddSection<VisionSettings>("Vision");
        var orientation = builder.AddSection<CameraSettings>("Camera").Orientation;
        var kept = new KeptModels(ServiceFolders.State(null));
        // Loaded here and not when first asked for: without them the service must not start at all.
        var reader = kept.Open(settings, one => new FaceReader(one, orientation, TimeProvider.System), out var fault);
        LoaderMemory.Release();
        builder.Services.AddSingleton(_ => reader);
        builder.Services.AddHostedService(services =>
            new ModelBackup(settings, kept, fault, services.GetRequiredService<ILogger<ModelBackup>>()));
        builder.Services.AddHostedService(services => new CodeTrim(services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton(services =>
            Torso(settings, orientation, services.GetRequiredService<ILogger<TorsoWatch>>()));
    }

    private static TorsoWatch Torso(VisionSettings settings, PictureOrientation orientation, ILogger log) =>
        new(settings, orientation, TimeProvider.System, ownThread: true, line => LogSwitchedOff(log, line));

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Line}")]
    private static partial void LogSwitchedOff(ILogger log, string line);
}
