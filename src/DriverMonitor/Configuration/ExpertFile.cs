using DriverMonitor.Files;

namespace DriverMonitor.Configuration;

/// <summary>Reads the file of tuning keys that the settings name.</summary>
internal static class ExpertFile
{
    /// <summary>Null where the settings name none.</summary>
    /// <param name="options">The type that the settings fill.</param>
    /// <exception cref="ConfigurationException">It cannot be read, or sets a key that is unknown or belongs in the
    /// settings.</exception>
    public static SettingsJson? Read(SettingsJson settings, SettingsSplit split, Type options)
    {
        // A key that is empty or damaged is told of with the settings' other keys.
        var path = settings.Keys[split.FileKey];
        if (string.IsNullOrWhiteSpace(path) || path.Any(char.IsControl)) return null;
        if (InputFile.Fault(path) is { } fault)
            throw settings.Fault($"{split.FileKey} is {path}, which {fault}. Name another one.");
        if (FileStatus.Of(path, out _) is { } there && there == FileStatus.Of(settings.Path, out _))
            throw settings.Fault($"{split.FileKey} is this settings file itself. Name another file, or leave it out.");

        var expert = SettingsJson.Read("Expert file", path, "expert.json");
        if (SettingsKeyValidator.Fault(expert.Keys, options) is { } wrong) throw expert.Fault(wrong);
        if (SettingsSplit.KeysOf(expert.Keys).FirstOrDefault(split.IsInstaller) is { } key)
            throw expert.Fault($"{key} is no tuning key. Set it in the settings file {settings.Path}.");
        return expert;
    }
}
