using System.Globalization;

namespace DriverMonitor.Camera;

/// <summary>
/// Sets a USB camera's exposure with v4l2-ctl before it is opened: one way for all programs that may read it. A camera that
/// offers none, or a machine without the tool, keeps its own.
/// </summary>
internal static class UsbExposure
{
    public const string Tool = "v4l2-ctl";

    // Linux renamed both controls in 5.16; a camera knows one pair.
    private static readonly (string Mode, string Time)[] Names =
        [("auto_exposure", "exposure_time_absolute"), ("exposure_auto", "exposure_absolute")];

    private const int Manual = 1;
    private const int Automatic = 3; // aperture priority, which UVC cameras understand

    /// <summary>Whether the camera took it.</summary>
    /// <param name="exposureMs">Null is the camera's own business and sets nothing.</param>
    public static bool TrySet(string device, double? exposureMs, TimeProvider time, CancellationToken stop)
    {
        if (exposureMs is not { } ms || !ChildProcess.IsInstalled(Tool)) return exposureMs is null;
        return Names.Any(name => Run(device, $"{name.Mode}={(ms > 0 ? Manual : Automatic)}{Time(name.Time, ms)}", time, stop));
    }

    /// <summary>In tenths of a millisecond.</summary>
    private static string Time(string name, double ms) =>
        ms > 0 ? string.Create(CultureInfo.InvariantCulture, $",{name}={Math.Max(1, Math.Round(ms * 10))}") : "";

    private static bool Run(string device, string controls, TimeProvider time, CancellationToken stop)
    {
        using var tool = ChildProcess.Start(Tool, ["-d", device, $"--set-ctrl={controls}"], time);
        return tool.EndsWell(stop);
    }
}
