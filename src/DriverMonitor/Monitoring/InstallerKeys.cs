using DriverMonitor.Configuration;

namespace DriverMonitor.Monitoring;

/// <summary>What an installer sets, and a fleet's operator; every other key is tuning.</summary>
internal static class InstallerKeys
{
    public static SettingsSplit Split { get; } = new(
        "Judgement:ExpertFile",
        "Camera:Preset", "Camera:Kind", "Camera:Source", "Camera:Command", "Camera:Arguments", "Camera:Format",
        "Camera:Width", "Camera:Height", "Camera:FramesPerSecond", "Camera:RotateDegrees",
        "Vision:Seat",
        "HeartRate:Bluetooth:Addresses", "HeartRate:Mqtt:Enabled", "HeartRate:Mqtt:Broker",
        "Voice:Enabled", "Voice:Device", "Voice:Command", "Voice:Arguments",
        "Vehicle:Gpsd:Host", "Vehicle:Nmea:Port", "Vehicle:Mqtt:Enabled", "Vehicle:Mqtt:Broker", "Vehicle:IgnitionSleepAfter",
        "Vehicle:Can:Interface", "Vehicle:Can:DbcFile", "Vehicle:Can:ObdRequests", "Vehicle:Can:Signals",
        "Judgement:ExpertFile", "Judgement:Profile", "Judgement:Strict", "Judgement:SafetyJustification", "Judgement:DpiaId",
        "Judgement:Stress:Enabled", "Judgement:Anger:Enabled",
        "Privacy", "Profiles",
        "Gpio:Board", "Gpio:Chip", "Gpio:BuzzerLine", "Gpio:LampLine", "Gpio:CameraLampLine", "Gpio:ButtonLine", "Gpio:Buzzer",
        "Gpio:ActiveLow", "Gpio:InfraredLine", "Gpio:Volume", "Gpio:QuietVolume", "Gpio:QuietFrom", "Gpio:QuietUntil",
        "Devices:Parts",
        "Outbox:Folder",
        "Mqtt:Brokers", "Mqtt:Tenant", "Mqtt:Vehicle", "Mqtt:Privacy", "Mqtt:Acknowledge", "Mqtt:User",
        "Mqtt:PasswordFile", "Mqtt:Tls", "Mqtt:HomeAssistant",
        "Recording", "Fleet",
        "Web:Enabled", "Web:Address", "Web:Port", "Web:PasswordFile", "Web:CertificateFile", "Web:KeyFile");
}
