using System.Text.Json.Nodes;
using DriverMonitor.Camera;
using DriverMonitor.Configuration;
using DriverMonitor.Gpio;
using DriverMonitor.Monitoring;
using DriverMonitor.Mqtt;
using DriverMonitor.Web;

namespace DriverMonitor.Setup;

/// <summary>The few things that only the person who installs it knows: camera, board, broker, names, who sees the page.</summary>
/// <param name="now">The settings as they are: what an empty answer keeps.</param>
internal sealed class Questions(Dialogue dialogue, SettingsDraft draft, MonitorOptions now)
{
    private static readonly (string Words, CameraPreset Preset)[] Cameras =
    [
        ("USB camera", CameraPreset.Usb),
        ("infrared USB camera, grey pictures", CameraPreset.IrUsb),
        ("Raspberry Pi camera (rpicam-vid)", CameraPreset.PiCamera),
        ("Jetson CSI camera (gst-launch-1.0)", CameraPreset.JetsonCsi),
        ("camera in the network", CameraPreset.Network),
    ];

    /// <summary>A driver leans over the picture's middle now and then.</summary>
    private const double BesideMiddle = 0.4;

    public void AskCamera()
    {
        dialogue.Print("Camera");
        var found = Directory.GetFiles("/dev", "video*");
        Array.Sort(found, StringComparer.Ordinal);
        if (found.Length > 0) dialogue.Print($"  found: {string.Join(", ", found)}");

        var chosen = dialogue.Choose("Which", [.. Cameras.Select(camera => camera.Words), "as it is now"], Cameras.Length)!.Value;
        if (chosen == Cameras.Length) return;

        // What was said of another camera would contradict the preset.
        foreach (var key in new[] { "Kind", "Command", "Arguments", "Format", "Source" }) draft.Set($"Camera:{key}", null);
        var preset = Cameras[chosen].Preset;
        draft.Set("Camera:Preset", preset.ToString());
        if (preset is CameraPreset.Usb or CameraPreset.IrUsb)
            draft.Set("Camera:Source", AskDevice(found.FirstOrDefault("/dev/video0")));
        if (preset is CameraPreset.Network)
            draft.Set("Camera:Source", dialogue.Prompt("Address", Current("://") ?? "rtsp://camera.local:554/stream1"));
    }

    /// <summary>With a passenger in view nobody else can say at once whose eyes are to be watched.</summary>
    public void AskSeat()
    {
        dialogue.Print("Driver's seat, in the picture as Aim shows it");
        var chosen = dialogue.Choose(
            "Where", ["in its left half", "in its right half", "nobody else is in it, or not known", "as it is now"], 3)!.Value;
        if (chosen == 3) return;
        draft.Set("Vision:Seat:Left", chosen == 1 ? BesideMiddle : null);
        draft.Set("Vision:Seat:Right", chosen == 0 ? 1 - BesideMiddle : null);
    }

    public void AskBoard()
    {
        dialogue.Print("Outputs: the buzzer hangs on");
        var boards = Enum.GetNames<BoardKind>();
        var usual = now.Gpio.Board != BoardKind.Virtual ? now.Gpio.Board : BoardTable.Detect();
        var chosen = dialogue.Choose("Which board", boards, usual is null ? null : Array.IndexOf(boards, usual.ToString()))
            ?? throw new ConfigurationException(
                "Nothing was written: setup needs to know the board, or nobody would hear an alert. Answer its number.");
        draft.Set("Gpio:Board", boards[chosen]);
        if (boards[chosen] is nameof(BoardKind.None) or nameof(BoardKind.Virtual))
            dialogue.Print("  NO BUZZER: with this answer no alert is heard in the vehicle.");
    }

    /// <param name="credentials">The folder for the password.</param>
    public void AskBroker(string credentials)
    {
        dialogue.Print("Fleet");
        var broker = dialogue.Prompt(
            "MQTT broker, host:port, or none",
            now.Mqtt.Brokers.FirstOrDefault("none"),
            answer =>
                answer == "none" || BrokerAddress.TryParse(answer, tls: true, out _)
                    ? null
                    : "Give host:port, such as broker.example.com:8883.");
        draft.Set("Mqtt:Brokers", broker == "none" ? new JsonArray() : new JsonArray(broker));
        if (broker == "none") return;

        draft.Set("Mqtt:Tenant", dialogue.Prompt("Name of the fleet", now.Mqtt.Tenant));
        draft.Set("Mqtt:Vehicle", dialogue.Prompt("Name of this vehicle", now.Mqtt.Vehicle));
        AskPassword(credentials);
        AskEncryption();
    }

    /// <param name="credentials">The folder for the page's password.</param>
    public void AskPage(string credentials)
    {
        dialogue.Print($"Page in the cab, port {now.Web.Port}");
        var wanted = dialogue.Confirm(
            "For phones in the vehicle's network too, not only on this device", byDefault: !now.Web.IsLoopback);
        var file = now.Web.PasswordFile ?? Path.Combine(credentials, "page.password");
        if (wanted && HasPagePassword(file))
        {
            draft.Set("Web:Address", now.Web.IsLoopback ? "0.0.0.0" : now.Web.Address);
            draft.Set("Web:PasswordFile", file);
        }
        else
        {
            draft.Set("Web:Address", null);
        }
    }

    private bool HasPagePassword(string file)
    {
        var password = dialogue.Prompt(
            $"Its password, {PagePassword.Shortest} characters or more (empty: {(File.Exists(file) ? "as it is" : "none, so only on this device")})",
            "",
            answer => answer.Length < PagePassword.Shortest ? "Too short. Four words will do." : null);
        if (password.Length > 0)
            SavePassword(file, password);
        return File.Exists(file);
    }

    private static void SavePassword(string file, string password)
    {
        try
        {
            PagePassword.Save(file, password);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"Password file {file} cannot be written: {e.Message} Run setup as root.", e);
        }
    }

    private void AskEncryption()
    {
        if (!dialogue.Confirm("Encrypted (TLS)", byDefault: now.Mqtt.Tls is not null))
        {
            draft.Set("Mqtt:Tls", null);
            return;
        }

        var authority = dialogue.Prompt(
            "Certificate of the broker's authority (a PEM file), or none for a public one", now.Mqtt.Tls?.CaFile ?? "none");
        // A section without any key would not be seen as one.
        draft.Write("Mqtt:Tls:CaFile", authority == "none" ? null : authority);
    }

    private void AskPassword(string credentials)
    {
        var user = dialogue.Prompt("User name at the broker, or none", now.Mqtt.User ?? "none");
        draft.Set("Mqtt:User", user == "none" ? null : user);
        if (user == "none")
        {
            draft.Set("Mqtt:PasswordFile", null);
            return;
        }

        var file = Path.Combine(credentials, "password");
        var password = dialogue.Prompt("Password (empty: as it is)", "");
        if (password.Length > 0) SecretFile.Write(file, password);
        draft.Set("Mqtt:PasswordFile", file);
    }

    private string AskDevice(string found) => dialogue.Prompt("Device", Current("/dev/") ?? found,
        answer => answer.StartsWith("/dev/", StringComparison.Ordinal) ? null : "A device is called /dev/video0 or the like.");

    /// <summary>The camera that is set now, if it is of that sort.</summary>
    private string? Current(string mark) => now.Camera.Source.Contains(mark, StringComparison.Ordinal) ? now.Camera.Source : null;
}
