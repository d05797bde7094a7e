using DriverMonitor.Camera;
using DriverMonitor.Monitoring;

namespace DriverMonitor.Setup;

/// <summary>Which camera, and where the driver sits in its picture.</summary>
/// <param name="now">The settings as they are: what an empty answer keeps.</param>
internal sealed class CameraQuestions(IDialogue dialogue, SettingsDraft draft, MonitorOptions now)
{
    private static readonly (Choice Choice, CameraPreset Preset)[] Cameras =
    [
        (new("usb", "USB camera"), CameraPreset.Usb),
        (new("ir-usb", "infrared USB camera, grey pictures"), CameraPreset.IrUsb),
        (new("pi-camera", "Raspberry Pi camera (rpicam-vid)"), CameraPreset.PiCamera),
        (new("jetson-csi", "Jetson CSI camera (gst-launch-1.0)"), CameraPreset.JetsonCsi),
        (new("network", "camera in the network"), CameraPreset.Network),
    ];

    /// <summary>A driver leans over the picture's middle now and then.</summary>
    private const double BesideMiddle = 0.4;

    public void AskCamera()
    {
        dialogue.Print("Camera");
        var found = Directory.GetFiles("/dev", "video*");
        Array.Sort(found, StringComparer.Ordinal);
        if (found.Length > 0) dialogue.Print($"  found: {string.Join(", ", found)}");

        var chosen = dialogue.Choose(
            "camera", "Which camera", [.. Cameras.Select(camera => camera.Choice), new("as-now", "as it is now")], Cameras.Length)!.Value;
        if (chosen == Cameras.Length) return;

        // What was said of another camera would contradict the preset.
        foreach (var key in new[] { "Kind", "Command", "Arguments", "Format", "Source" }) draft.Set($"Camera:{key}", null);
        var preset = Cameras[chosen].Preset;
        draft.Set("Camera:Preset", preset.ToString());
        if (preset is CameraPreset.Usb or CameraPreset.IrUsb)
            draft.Set("Camera:Source", AskDevice(found.FirstOrDefault("/dev/video0")));
        if (preset is CameraPreset.Network) draft.Set("Camera:Source", AskAddress());
    }

    /// <summary>With a passenger in view nobody else can say at once whose eyes are to be watched.</summary>
    public void AskSeat()
    {
                Choice[] places =
        [
            new("left", "in its left half"), new("right", "in its right half"),
            new("anywhere", "nobody else is in it, or not known"), new("as-now", "as it is now"),
        ];
        var chosen = dialogue.Choose("seat", "Where does the driver sit, in the picture as Aim shows it", places, 3)!.Value;
        if (chosen == 3) return;
        draft.Set("Vision:Seat:Left", chosen == 1 ? BesideMiddle : null);
        draft.Set("Vision:Seat:Right", chosen == 0 ? 1 - BesideMiddle : null);
    }

    private string AskDevice(string found) => dialogue.Prompt("device", "Device", Current("/dev/") ?? found,
        answer => answer.StartsWith("/dev/", StringComparison.Ordinal) ? null : "A device is called /dev/video0 or the like.");

    private string AskAddress() => dialogue.Prompt(
        "address", "Address", Current("://") ?? "rtsp://camera.local:554/stream1", answer => draft.FaultWith("Camera:Source", answer));

    /// <summary>The camera that is set now, if it is of that sort.</summary>
    private string? Current(string mark) => now.Camera.Source.Contains(mark, StringComparison.Ordinal) ? now.Camera.Source : null;
}
