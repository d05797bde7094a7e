using DriverMonitor.Files;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace DriverMonitor.Configuration;

/// <summary>
/// Reads a settings file strictly: an unknown key, a value of the wrong kind or out of range stops the start with one
/// line. A monitor that runs with half its settings ignored would be worse than one that says so on the bench.
/// </summary>
internal static class SettingsFile
{
    /// <summary>What whoever typed the name can do about a file that cannot be read.</summary>
    public const string Advice = " Name another one with --config, or leave it out for the defaults.";

    /// <summary>As many keys as a line has room for.</summary>
    private const int MostNamed = 3;

    /// <summary>The settings of a JSON file, validated. Throws <see cref="ConfigurationException"/>.</summary>
    /// <param name="over">Keys below that section that outweigh the file's; from the fleet.</param>
    /// <param name="split">Which of the keys live in a file of their own; null if none do.</param>
    public static LoadedSettings<T> Load<T>(
        string path, IReadOnlyDictionary<string, string>? over = null, SettingsSplit? split = null) where T : class, new()
    {
        if (InputFile.Fault(path) is { } unreadable)
        {
            throw new ConfigurationException($"Settings file {path} {unreadable}.{Advice}") { IsDamage = true };
        }

        var file = SettingsJson.Read("Settings file", path, "appsettings.json");
        var expert = split is null ? null : ExpertFile.Read(file, split, typeof(T));
        var notice = split is null ? null : Notice(file, split);
        var source = Join(file, expert, over);
        var section = source.GetSection(SettingsJson.Section);
        if (SettingsKeyValidator.Fault(section, typeof(T)) is { } fault) throw file.Fault(fault);
        try
        {
            var settings = section.Get<T>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new T();
            Check(settings, expert is null ? path : $"{path} and {expert.Path}");
            if (PathFault(settings, path) is { } wrong) throw file.Fault(wrong);
            return new(settings, SettingsJson.ValuesOf(section), notice);
        }
        catch (InvalidOperationException e)
        {
            var inner = e.InnerException is { } cause ? $" ({OneLine(cause.Message)})" : "";
            throw new ConfigurationException($"Settings file {path}: {OneLine(e.Message)}{inner} Correct the file.", e);
        }
    }

    /// <summary>Each outweighs the one before it.</summary>
    private static IConfigurationRoot Join(SettingsJson file, SettingsJson? expert, IReadOnlyDictionary<string, string>? over)
    {
        var all = new ConfigurationBuilder().AddInMemoryCollection(SettingsJson.ValuesOf(file.Keys));
        if (expert is not null) all.AddInMemoryCollection(SettingsJson.ValuesOf(expert.Keys));
        var outweighing = over?.Select(one => KeyValuePair.Create($"{SettingsJson.Section}:{one.Key}", (string?)one.Value));
        return all.AddInMemoryCollection(outweighing).Build();
    }

    /// <summary>Files of earlier versions set every key in one place; they are still read.</summary>
    private static string? Notice(SettingsJson file, SettingsSplit split)
    {
        var moved = SettingsSplit.KeysOf(file.Keys).Where(key => !split.IsInstaller(key)).ToList();
        if (moved.Count == 0) return null;
        var more = moved.Count > MostNamed ? $" and {moved.Count - MostNamed} more" : "";
        return ShownText.Line(
            $"Settings file {file.Path} sets {string.Join(", ", moved.Take(MostNamed))}{more}: still read here, "
            + $"but tuning lives in the file that {split.FileKey} names now; see EXPERT.md.");
    }

    /// <summary>
    /// The first path in the settings that leads to what is no file, or to this file itself. What does not exist yet, or may be
    /// reached only by the service's user, is left to whoever opens it.
    /// </summary>
    private static string? PathFault(object settings, string file)
    {
        var own = FileStatus.Of(file, out _);
        foreach (var (key, path) in SettingPaths.Of(settings))
        {
            if (path.Contains('\0', StringComparison.Ordinal)) return $"{key} holds a NUL. Name another file.";
            if (FileStatus.Of(path, out var error) is not { } there)
            {
                if (FileStatus.IsNonsense(error)) return $"{key} is {path}, which {InputFile.Fault(path)}. Name another one.";
                continue;
            }

            if (there == own) return $"{key} is this settings file itself, which would be overwritten. Name another file.";
            var isFolder = key.EndsWith("Folder", StringComparison.Ordinal);
            if (isFolder && there.Kind != FileKind.Folder) return $"{key} is {path}, which is no folder. Name another one.";
            if (!isFolder && InputFile.Fault(path) is { } fault) return $"{key} is {path}, which {fault}. Name another one.";
        }

        return null;
    }

    /// <summary>
    /// Ranges and rules of the whole tree. Throws <see cref="ConfigurationException"/> naming the first that is broken.
    /// </summary>
    public static void Check<T>(T settings, string source) where T : class
    {
        CheckLimits(settings, source);
        var result = new DataAnnotationValidateOptions<T>(name: null).Validate(Options.DefaultName, settings);
        if (result.Failed)
            throw new ConfigurationException(
                $"Settings in {source}: {OneLine(string.Join(' ', (result.Failures ?? []).Select(Rule)))}");
    }

    /// <summary>
    /// Throws <see cref="ConfigurationException"/> for a value that no setting may have, whatever its own rule; see
    /// <see cref="SettingsLimits"/>.
    /// </summary>
    private static void CheckLimits(object settings, string source)
    {
        if (SettingsLimits.Fault(settings) is { } fault) throw new ConfigurationException($"Settings in {source}: {fault}");
    }

    /// <summary>The rule as its setting words it, out of what the framework wraps it in.</summary>
    private static string Rule(string failure)
    {
        const string Before = "with the error: '";
        var start = failure.IndexOf(Before, StringComparison.Ordinal);
        return start < 0 ? failure : failure[(start + Before.Length)..].TrimEnd('.').TrimEnd('\'');
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();
}
