using System.Text.Json.Nodes;
using DriverMonitor.Camera;
using DriverMonitor.Gpio;
using DriverMonitor.Mqtt;

namespace DriverMonitor.Setup;

/// <summary>The few things that only the person who installs it knows: camera, board, broker, names.</summary>
/// <param name="now">The settings as they are: what an empty answer keeps.</param>
internal sealed class Questions(Dialogue dialogue, SettingsDraft draft, MonitorOptions now)
{
    private static readonly string[] Cameras = ["USB camera", "Raspberry Pi camera (rpicam-vid)", "camera in the network", "as it is now"];

    public void AskCamera()
    {
        dialogue.Say("Camera");
        var found = Directory.Exists("/dev") ? Directory.GetFiles("/dev", "video*") : [];
        Array.Sort(found, StringComparer.Ordinal);
        if (found.Length > 0) dialogue.Say($"  found: {string.Join(", ", found)}");

        switch (dialogue.Choose("Which", Cameras, Cameras.Length - 1))
        {
            case 0:
                var usual = now.Camera.Kind == CameraKind.Usb ? now.Camera.Source : found.FirstOrDefault("/dev/video0");
                SetCamera(CameraKind.Usb, dialogue.Ask("Device", usual, answer => answer.StartsWith("/dev/", StringComparison.Ordinal) ? null : "A device is called /dev/video0 or the like."));
                break;
            case 1:
                SetPiCamera();
                break;
            case 2:
                SetCamera(CameraKind.Url, dialogue.Ask("Address", now.Camera.Kind == CameraKind.Url ? now.Camera.Source : "rtsp://camera.local:554/stream1"));
                break;
        }
    }

    public void AskBoard()
    {
        dialogue.Say("Outputs: the buzzer hangs on");
        var boards = Enum.GetNames<BoardKind>();
        draft.Set("Gpio:Board", boards[dialogue.Choose("Which board", boards, Array.IndexOf(boards, now.Gpio.Board.ToString()))]);
    }

    /// <param name="credentials">The folder for the password.</param>
    public void AskBroker(string credentials)
    {
        dialogue.Say("Fleet");
        var broker = dialogue.Ask("MQTT broker, host:port, or none", now.Mqtt.Brokers.FirstOrDefault("none"),
            answer => answer == "none" || BrokerAddress.TryParse(answer, tls: true, out _) ? null : "Give host:port, such as broker.example.com:8883.");
        draft.Set("Mqtt:Brokers", broker == "none" ? new JsonArray() : new JsonArray(broker));
        if (broker == "none") return;

        draft.Set("Mqtt:Tenant", dialogue.Ask("Name of the fleet", now.Mqtt.Tenant));
        draft.Set("Mqtt:Vehicle", dialogue.Ask("Name of this vehicle", now.Mqtt.Vehicle));
        AskPassword(credentials);
        AskEncryption();
    }

    private void AskEncryption()
    {
        if (!dialogue.Confirm("Encrypted (TLS)", byDefault: now.Mqtt.Tls is not null))
        {
            draft.Set("Mqtt:Tls", null);
            return;
        }

        var authority = dialogue.Ask("Certificate of the broker's authority (a PEM file), or none for a public one", now.Mqtt.Tls?.CaFile ?? "none");
        // A section without any key would not be seen as one.
        draft.Write("Mqtt:Tls:CaFile", authority == "none" ? null : authority);
    }

    private void AskPassword(string credentials)
    {
        var user = dialogue.Ask("User name at the broker, or none", now.Mqtt.User ?? "none");
        draft.Set("Mqtt:User", user == "none" ? null : user);
        if (user == "none")
        {
            draft.Set("Mqtt:PasswordFile", null);
            return;
        }

        var file = Path.Combine(credentials, "password");
        var password = dialogue.Ask("Password (empty: as it is)", "");
        if (password.Length > 0) SecretFile.Write(file, password);
        draft.Set("Mqtt:PasswordFile", file);
    }

    private void SetCamera(CameraKind kind, string source)
    {
        draft.Set("Camera:Kind", kind.ToString());
        draft.Set("Camera:Source", source);
        foreach (var key in new[] { "Command", "Arguments", "Format" }) draft.Set($"Camera:{key}", null);
    }

    /// <summary>As hardware/cameras.md has it. The rows of other widths are padded.</summary>
    private void SetPiCamera()
    {
        SetCamera(CameraKind.Command, now.Camera.Source);
        draft.Set("Camera:Command", "rpicam-vid");
        draft.Set("Camera:Arguments", new JsonArray(
            "-t", "0", "-n", "--codec", "yuv420", "--width", "640", "--height", "480", "--framerate", "30", "--flush", "-o", "-"));
        draft.Set("Camera:Format", nameof(CommandFormat.I420));
        draft.Set("Camera:Width", 640);
        draft.Set("Camera:Height", 480);
        draft.Set("Camera:FramesPerSecond", 30);
    }
}
