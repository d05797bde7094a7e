using Microsoft.Extensions.Configuration;

namespace DriverMonitor.Configuration;

/// <summary>Which keys an installer sets in the settings file; all others are tuning and live in the expert file.</summary>
/// <param name="fileKey">The key that names the expert file.</param>
/// <param name="installer">Keys, and groups of keys, of the settings file.</param>
internal sealed class SettingsSplit(string fileKey, params IReadOnlyList<string> installer)
{
    public string FileKey => fileKey;

    public IReadOnlyList<string> Installer => installer;

    /// <param name="key">The path of a single value.</param>
    public bool IsInstaller(string key) => installer.Any(one =>
        key.StartsWith(one, StringComparison.OrdinalIgnoreCase) && (key.Length == one.Length || key[one.Length] == ':'));

    /// <summary>The single values that a file sets, by their path below the root.</summary>
    public static IReadOnlyList<string> KeysOf(IConfigurationSection root) =>
        [.. Leaves(root).Select(leaf => leaf.Path[(root.Path.Length + 1)..])];

    private static IEnumerable<IConfigurationSection> Leaves(IConfigurationSection section) =>
        section.GetChildren().SelectMany(child =>
            child.GetChildren().Any() ? Leaves(child) : child.Value is null or "" ? [] : [child]);
}
