using System.Text;
using System.Text.Json;
using DriverMonitor.Files;
using Microsoft.Extensions.Configuration;

namespace DriverMonitor.Configuration;

/// <summary>A JSON file with one section of settings, as it is written.</summary>
/// <param name="What">Its name in messages.</param>
/// <param name="Path">Where it lies.</param>
/// <param name="Keys">What it sets.</param>
internal sealed record SettingsJson(string What, string Path, IConfigurationSection Keys)
{
    /// <summary>The one section of the file.</summary>
    public const string Section = "DriverMonitor";

    /// <summary>The file that shows every key is a hundredth of it.</summary>
    private const long Largest = 4 << 20;

    /// <summary>
    /// Each value below a section by its whole path; also an empty one, which a chained configuration would lose.
    /// </summary>
    public static Dictionary<string, string?> ValuesOf(IConfigurationSection keys)
    {
        var all = keys.AsEnumerable().ToList();
        var anyCase = StringComparer.OrdinalIgnoreCase;
        var groups = all.Select(one => one.Key[..Math.Max(0, one.Key.LastIndexOf(':'))]).ToHashSet(anyCase);
        return all.Where(one => !groups.Contains(one.Key)).ToDictionary(one => one.Key, one => one.Value, anyCase);
    }

    /// <param name="what">Its name in messages.</param>
    /// <param name="path">A file that may be opened.</param>
    /// <param name="template">The file that shows how it is written.</param>
    /// <exception cref="ConfigurationException">It cannot be read, is no JSON, or has no section of settings.</exception>
    public static SettingsJson Read(string what, string path, string template)
    {
        var text = Text(what, path);
        try
        {
            using var json = new MemoryStream(Encoding.UTF8.GetBytes(text));
            var file = new SettingsJson(what, path, new ConfigurationBuilder().AddJsonStream(json).Build().GetSection(Section));
            if ((file.Keys.Value is null && file.Keys.Exists()) || HasEmptySection(text)) return file;
            throw new ConfigurationException(
                $"{what} {path} has no section {Section}. Start from the {template} that came with the program.") { IsDamage = true };
        }
        // A word with half a surrogate pair is an InvalidOperationException of the reader.
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            throw new ConfigurationException($"{what} {path} is not valid JSON: {JsonFault.Words(e.GetBaseException())}.", e) { IsDamage = true };
        }
    }

    /// <summary>What is wrong with it, in one line.</summary>
    public ConfigurationException Fault(string why) => new($"{What} {Path}: {ShownText.Line(why)}");

    private static string Text(string what, string path)
    {
        try
        {
            return InputFile.ReadText(what, path, isStrict: true, Largest);
        }
        catch (InputException e) when (e.InnerException is UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{what} {path} may not be read by this user. Give it read access.") { IsDamage = true };
        }
        catch (InputException e)
        {
            throw new ConfigurationException(e.Message, e) { IsDamage = true };
        }
    }

    /// <summary>A section without a key is one all the same: everything stays as it is by default.</summary>
    private static bool HasEmptySection(string text)
    {
        using var json = JsonDocument.Parse(
            text,
            new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        return json.RootElement.ValueKind == JsonValueKind.Object
            && json.RootElement.EnumerateObject()
                .Any(key =>
                    key.Name.Equals(Section, StringComparison.OrdinalIgnoreCase) && key.Value.ValueKind == JsonValueKind.Object);
    }
}
