using DriverMonitor.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DriverMonitor.Camera;

/// <summary>Makes the camera of the service; its feed opens it.</summary>
internal delegate ICamera CameraFactory();

/// <summary>Adds the camera that the settings name.</summary>
internal static class CameraRegistration
{
    /// <exception cref="CameraException">A file or folder that is to be read is not there or cannot be read.</exception>
    public static void AddCamera(this IHostApplicationBuilder builder)
    {
        var settings = builder.AddSection<CameraSettings>("Camera");
        Cameras.RequireFiles(settings, TimeProvider.System);
        builder.Services.AddSingleton<CameraFactory>(
            services => () => Cameras.Open(settings, services.GetRequiredService<TimeProvider>()));
    }
}
