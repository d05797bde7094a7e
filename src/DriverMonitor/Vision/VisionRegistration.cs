using DriverMonitor.Camera;
using DriverMonitor.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DriverMonitor.Vision;

/// <summary>Adds the networks that read faces.</summary>
internal static class VisionRegistration
{
    /// <exception cref="ModelException">A model is missing, or is not the one of the manifest.</exception>
    public static void AddVision(this IHostApplicationBuilder builder)
    {
        var settings = builder.AddSection<VisionSettings>("Vision");
        // Loaded here and not when first asked for: without them the service must not start at all.
        var reader = new FaceReader(settings, builder.AddSection<CameraSettings>("Camera").Orientation, TimeProvider.System);
        builder.Services.AddSingleton(_ => reader);
    }
}
