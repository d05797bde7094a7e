using DriverMonitor.Configuration;

namespace DriverMonitor.Camera;

/// <summary>
/// Tries the camera for <c>check</c>: opens it, waits for one picture, and looks which way up a face in it stands.
/// </summary>
internal static class CameraProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <param name="adviceOn">What to say of a picture, beginning with "; ", or nothing.</param>
    public static CheckLine Check(
        CameraSettings settings, Func<Frame, string> adviceOn, TimeProvider time, CancellationToken stop)
    {
        try
        {
            using var camera = Cameras.Open(settings, time);
            camera.Open();
            using var frame = camera.NewFrame();
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
            patience.CancelAfter(Patience);
            return camera.Read(frame, patience.Token)
                ? new(
                    "camera",
                    Ok: true,
                    $"{settings.Name} gives pictures of {frame.Width} x {frame.Height} ({frame.Layout}) by {Cameras.Way(settings)}"
                    + $"{Exposure(settings)}{Confinement(settings)}{adviceOn(frame)}")
                : new("camera", Ok: false, $"{settings.Name} opens but gives no picture. Does another program use it?");
        }
        catch (CameraException e)
        {
            return new("camera", Ok: false, e.Message);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new(
                "camera",
                Ok: false,
                $"{settings.Name} opens but gave no picture within {Patience.TotalSeconds:0} s. Check its cable.");
        }
    }

    private static string Exposure(CameraSettings settings) =>
        settings.ExposureMs is not null
        && CameraPresets.Expand(settings).Kind is CameraKind.Usb or CameraKind.UsbFfmpeg
        && !ChildProcess.IsInstalled(UsbExposure.Tool)
            ? "; its exposure cannot be set without v4l2-ctl: apt install v4l-utils"
            : "";

    private static string Confinement(CameraSettings settings) =>
        CameraPresets.Expand(settings).Kind is not CameraKind.Url ? ""
        : DecoderFilter.IsSupported ? "; its decoder is confined"
        : "; its decoder is not confined: this kernel has no seccomp filters";
}
