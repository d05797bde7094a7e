using System.Text;
using System.Text.Json;
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
    /// <summary>The one section of the file.</summary>
    public const string Root = "DriverMonitor";

    /// <summary>The file that shows every key is a hundredth of it.</summary>
    private const long Largest = 4 << 20;

    /// <summary>The section <c>DriverMonitor</c> of a JSON file, validated. Throws <see cref="ConfigurationException"/>.</summary>
    /// <param name="over">Keys below that section that outweigh the file's; from the fleet.</param>
    public static LoadedSettings<T> Load<T>(string path, IReadOnlyDictionary<string, string>? over = null) where T : class, new()
    {
        var text = Text(path);
        try
        {
            using var json = new MemoryStream(Encoding.UTF8.GetBytes(text));
            var source = new ConfigurationBuilder()
                .AddJsonStream(json)
                .AddInMemoryCollection((over ?? new Dictionary<string, string>()).Select(one => KeyValuePair.Create($"{Root}:{one.Key}", (string?)one.Value)))
                .Build();
            var section = source.GetSection(Root);
            if (!section.Exists() && !HasEmptySection(text))
                throw new ConfigurationException($"Settings file {path} has no section {Root}. Start from the appsettings.json that came with the program.");
            if (SettingsKeyValidator.Fault(section, typeof(T)) is { } fault) throw new ConfigurationException($"Settings file {path}: {ShownText.Line(fault)}");

            var settings = section.Get<T>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new T();
            Check(settings, path);
            if (PathFault(settings, path) is { } wrong) throw new ConfigurationException($"Settings file {path}: {ShownText.Line(wrong)}");
            return new(settings, source);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new ConfigurationException($"Settings file {path} is not valid JSON: {Place(e.GetBaseException())}", e);
        }
        catch (InvalidOperationException e)
        {
            throw new ConfigurationException($"Settings file {path}: {OneLine(e.Message)}{OneLine(e.InnerException is null ? "" : $" ({e.InnerException.Message})")} Correct the file.", e);
        }
    }

    private static string Text(string path)
    {
        if (InputFile.Fault(path) is { } fault)
            throw new ConfigurationException($"Settings file {path} {fault}. Name another one with --config, or leave it out for the defaults.");
        try
        {
            return InputFile.ReadText("Settings file", path, isStrict: true, Largest);
        }
        catch (InputException e) when (e.InnerException is UnauthorizedAccessException)
        {
            throw new ConfigurationException($"Settings file {path} may not be read by this user. Give it read access.");
        }
        catch (InputException e)
        {
            throw new ConfigurationException(e.Message, e);
        }
    }

    /// <summary>A section without a key is one all the same: everything stays as it is by default.</summary>
    private static bool HasEmptySection(string text)
    {
        using var json = JsonDocument.Parse(text, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        return json.RootElement.ValueKind == JsonValueKind.Object
            && json.RootElement.EnumerateObject().Any(key => key.Name.Equals(Root, StringComparison.OrdinalIgnoreCase) && key.Value.ValueKind == JsonValueKind.Object);
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
