using System.Security.Cryptography;
using System.Text.Json;
using DriverMonitor.Camera;
using DriverMonitor.Configuration;
using DriverMonitor.Core;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Devices;
using DriverMonitor.Drivers;
using DriverMonitor.Gpio;
using DriverMonitor.HeartRate;
using DriverMonitor.Mqtt;
using DriverMonitor.Outbox;
using DriverMonitor.Recording;
using DriverMonitor.RemoteCommands;
using DriverMonitor.Vehicle;
using DriverMonitor.Vision;
using DriverMonitor.Voice;
using DriverMonitor.Web;
using Microsoft.Extensions.Options;

namespace DriverMonitor.Monitoring;

/// <summary>
/// Everything that may be set, one section a part: an installer's keys and tuning; see <see cref="InstallerKeys"/>.
/// </summary>
internal sealed record MonitorOptions
{
    [ValidateObjectMembers] public CameraSettings Camera { get; init; } = new();
    [ValidateObjectMembers] public VisionSettings Vision { get; init; } = new();
    [ValidateObjectMembers] public HeartRateSettings HeartRate { get; init; } = new();
    [ValidateObjectMembers] public MicrophoneSettings Voice { get; init; } = new();
    [ValidateObjectMembers] public VehicleSettings Vehicle { get; init; } = new();
    [ValidateObjectMembers] public JudgementSettings Judgement { get; init; } = new();
    [ValidateObjectMembers] public PrivacySettings Privacy { get; init; } = new();
    [ValidateObjectMembers] public ProfileSettings Profiles { get; init; } = new();
    [ValidateObjectMembers] public DevicesSettings Devices { get; init; } = new();
    [ValidateObjectMembers] public GpioSettings Gpio { get; init; } = new();
    [ValidateObjectMembers] public OutboxSettings Outbox { get; init; } = new();
    [ValidateObjectMembers] public MqttSettings Mqtt { get; init; } = new();
    [ValidateObjectMembers] public RecordingSettings Recording { get; init; } = new();
    [ValidateObjectMembers] public FleetSettings Fleet { get; init; } = new();
    [ValidateObjectMembers] public WebSettings Web { get; init; } = new();

    public const string ConfigHelp = $"Settings file. Without it {PackagedFile}, or appsettings.json beside the program.";

    /// <summary>Where the package puts the service's settings.</summary>
    public const string PackagedFile = "/etc/drivermonitor/drivermonitor.json";

    /// <summary>Shows every key that an installer sets, with its default.</summary>
    public static string ShippedFile => Path.Combine(AppContext.BaseDirectory, "appsettings.json");

    /// <summary>What the service and <c>check</c> read when no other file is named.</summary>
    public static string InstalledFile => File.Exists(PackagedFile) ? PackagedFile : ShippedFile;

    /// <summary>The settings of a file, or the defaults for null. Throws <see cref="ConfigurationException"/>.</summary>
    public static MonitorOptions Load(string? path) => path is null ? new() : Read(path).Settings;

    /// <summary>As <see cref="Load"/>, with what there is to say of the file.</summary>
    /// <param name="over">Keys that outweigh the file's; from the fleet.</param>
    public static LoadedSettings<MonitorOptions> Read(string path, IReadOnlyDictionary<string, string>? over = null) =>
        SettingsFile.Load<MonitorOptions>(path, over, InstallerKeys.Split);

    /// <summary>What may be told to whom.</summary>
    public DisclosurePolicy Discloses() => DisclosurePolicy.Of(Mqtt.Privacy, Judgement.Profile);

    /// <summary>
    /// Names this judgement's settings in every alert, so that a disputed one can be judged again the same way: of both files,
    /// and the same whichever of them sets a key.
    /// </summary>
    public string JudgementHash() =>
        Convert.ToHexStringLower(
            SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(Judgement, JudgementJson.Default.MonitorSettings)))[..8];
}
