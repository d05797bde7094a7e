using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace DriverMonitor.Host;

/// <summary>
/// Reads a settings file strictly: an unknown key, a value of the wrong kind or out of range stops the start with one
/// line. A monitor that runs with half its settings ignored would be worse than one that says so on the bench.
/// </summary>
internal static class SettingsFile
{
    /// <summary>The section <c>DriverMonitor</c> of a JSON file, validated. Throws <see cref="ConfigurationException"/>.</summary>
    /// <param name="over">Keys below that section that outweigh the file's; from the fleet.</param>
    public static T Load<T>(string path, IReadOnlyDictionary<string, string>? over = null) where T : class, new()
    {
        try
        {
            var section = new ConfigurationBuilder()
                .AddJsonFile(Path.GetFullPath(path), optional: false)
                .AddInMemoryCollection((over ?? new Dictionary<string, string>()).Select(one => KeyValuePair.Create($"DriverMonitor:{one.Key}", (string?)one.Value)))
                .Build().GetSection("DriverMonitor");
            if (!section.Exists()) throw new ConfigurationException($"Settings file {path} has no section DriverMonitor. Start from the appsettings.json that came with the program.");
            if (SettingsSpelling.Fault(section, typeof(T)) is { } fault) throw new ConfigurationException($"Settings file {path}: {fault}");

            var settings = section.Get<T>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new T();
            Check(settings, path);
            return settings;
        }
        catch (FileNotFoundException)
        {
            throw new ConfigurationException($"Settings file {path} does not exist. Name another one with --config, or leave it out for the defaults.");
        }
        catch (UnauthorizedAccessException)
        {
            throw new ConfigurationException($"Settings file {path} may not be read by this user. Give it read access.");
        }
        catch (InvalidDataException e)
        {
            throw new ConfigurationException($"Settings file {path} is not valid JSON: {Place(e.GetBaseException())}", e);
        }
        catch (InvalidOperationException e)
        {
            throw new ConfigurationException($"Settings file {path}: {OneLine(e.Message)}{OneLine(e.InnerException is null ? "" : $" ({e.InnerException.Message})")} Correct the file.", e);
        }
    }

    /// <summary>Ranges and rules of the whole tree. Throws <see cref="ConfigurationException"/> naming the first that is broken.</summary>
    public static void Check<T>(T settings, string source) where T : class
    {
        CheckLimits(settings, source);
        var result = new DataAnnotationValidateOptions<T>(name: null).Validate(Options.DefaultName, settings);
        if (result.Failed)
            throw new ConfigurationException($"Settings in {source}: {OneLine(string.Join(' ', (result.Failures ?? []).Select(Rule)))}");
    }

    /// <summary>Throws <see cref="ConfigurationException"/> for a value that no setting may have, whatever its own rule; see <see cref="SettingsLimits"/>.</summary>
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

    private static string Place(Exception e) => e is JsonException { LineNumber: { } line }
        ? $"line {line + 1}: {OneLine(e.Message.Split(" LineNumber:")[0])}"
        : OneLine(e.Message);

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").Trim();
}
