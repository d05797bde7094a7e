using System.Text.Json;
using DriverMonitor.Configuration;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Files;

namespace DriverMonitor.Monitoring;

/// <summary>
/// The settings that the service last ran with, for the day on which the disk has lost the file: a driver who was watched
/// yesterday is watched today. What a person wrote and cannot be meant is not mended this way; it stops the start.
/// </summary>
/// <param name="folder">Where the service's state is kept.</param>
internal sealed class LastGoodSettings(string folder)
{
    /// <summary>Its keys stand in the copy like all others; the file itself may be what was lost.</summary>
    private const string ExpertFileKey = $"{SettingsJson.Section}:Judgement:ExpertFile";

    private static readonly JsonSerializerOptions Shape = new() { WriteIndented = true };

    private readonly string _file = Path.Combine(folder, "settings.last.json");

    public bool IsKept => File.Exists(_file);

    /// <summary>Keeps what was just read, if it is new.</summary>
    public void Keep(LoadedSettings<MonitorOptions> loaded)
    {
        var values = loaded.Values
            .Where(one => !one.Key.Equals(ExpertFileKey, StringComparison.OrdinalIgnoreCase))
            .OrderBy(one => one.Key, StringComparer.OrdinalIgnoreCase)
            .ToDictionary();
        var text = JsonSerializer.SerializeToUtf8Bytes(values, Shape);
        try
        {
            if (File.Exists(_file) && StoredFile.ReadBytes(_file).AsSpan().SequenceEqual(text)) return;
            AtomicFile.Write(_file, file => file.Write(text));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // An older copy, or none: the settings themselves are good.
        }
    }

    /// <summary>What is kept, with a line that says so; throws <paramref name="damage"/> where that is nothing good.</summary>
    /// <remarks>Whoever lowered the privacy level in the file that was lost must not find values sent all the same.</remarks>
    public LoadedSettings<MonitorOptions> Load(ConfigurationException damage)
    {
        try
        {
            var kept = MonitorOptions.Read(_file);
            if (kept.Settings.Mqtt.Privacy > WireLevel.P1)
                kept = MonitorOptions.Read(_file, new Dictionary<string, string> { ["Mqtt:Privacy"] = nameof(WireLevel.P1) });
            return kept with
            {
                Notice = $"{damage.Message.Replace(SettingsFile.Advice, "", StringComparison.Ordinal)} "
                    + "The service runs with the last settings that were good; nothing beyond P1 is sent. "
                    + "Mend the file, put it back from a copy, or name the right one with --config, and restart.",
            };
        }
        catch (ConfigurationException)
        {
            throw damage;
        }
    }
}
