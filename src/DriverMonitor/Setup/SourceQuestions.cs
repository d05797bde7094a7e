using System.Text.Json.Nodes;
using DriverMonitor.HeartRate.Bluez;
using DriverMonitor.Monitoring;

namespace DriverMonitor.Setup;

/// <summary>Where pulse and speed come from.</summary>
/// <param name="now">The settings as they are: what an empty answer keeps.</param>
internal sealed class SourceQuestions(IDialogue dialogue, SettingsDraft draft, MonitorOptions now)
{
    private const string None = "none";

    /// <param name="scan">Shows the straps near; null where nobody looks.</param>
    public void AskStrap(Action? scan)
    {
        dialogue.Print("Heart-rate strap, which the driver wears with wet electrodes");
        if (scan is not null && dialogue.Confirm("scan", "Look for straps now, for 10 s", byDefault: true)) scan();
        var usual = now.HeartRate.Bluetooth.Addresses;
        var strap = dialogue.Prompt(
            "strap", "Its address, or none", usual.FirstOrDefault(None),
            answer => answer == None || BluetoothSettings.IsAddress(answer) ? null : "Give an address such as A0:9E:1A:00:11:22.");
        if (strap == usual.FirstOrDefault(None)) return;
        draft.Set("HeartRate:Bluetooth:Addresses", strap == None ? null : new JsonArray(strap.ToUpperInvariant()));
    }

    /// <param name="hasGpsd">gpsd answers on this device.</param>
    public void AskSpeed(bool hasGpsd)
    {
        dialogue.Print("Speed; without one the vehicle is taken to drive fast, and warns when it stands, too");
        Choice[] sources =
        [
            new("gps", hasGpsd ? "satellites, by gpsd on this device (found)" : "satellites, by gpsd on this device"),
            new("gateway", "a gateway that sends it by MQTT (see gateways.md)"),
            new("none", "none"),
            new("as-now", "as it is now; the vehicle's bus: drivermonitor can"),
        ];
        switch (dialogue.Choose("speed", "Speed from where", sources, 3))
        {
            case 0:
                Clear();
                draft.Set("Vehicle:Gpsd:Host", "localhost");
                break;
            case 1:
                Clear();
                draft.Set("Vehicle:Mqtt:Enabled", true);
                break;
            case 2:
                Clear();
                break;
        }
    }

    private void Clear()
    {
        draft.Set("Vehicle:SpeedKmh", null);
        draft.Set("Vehicle:Gpsd:Host", null);
        draft.Set("Vehicle:Mqtt:Enabled", null);
    }
}
