using System.Text.Json;
using DriverMonitor.Files;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Web.Aim;

/// <summary>Keeps how the camera was aimed over restarts: five numbers, no picture.</summary>
/// <param name="folder">The device's state folder; null to keep nothing.</param>
internal sealed partial class AimFile(string? folder, ILogger<AimFile> log)
{
    private readonly ILogger _log = log;

    private string? Place => folder is null ? null : Path.Combine(folder, "aim.json");

    /// <summary>Null where none is kept, or none that can be used.</summary>
    public AimReference? Load()
    {
        if (Place is not { } path || !File.Exists(path)) return null;
        try
        {
            if (JsonSerializer.Deserialize<AimReference>(StoredFile.ReadBytes(path)) is { } aim && aim.IsSound()) return aim;
            LogUnusable(path, "it holds numbers that cannot be");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            LogUnusable(path, ShownText.Excerpt(e.Message));
        }

        return null;
    }

    /// <exception cref="IOException">It could not be written.</exception>
    public void Save(AimReference aim)
    {
        if (Place is { } path) AtomicFile.Write(path, file => JsonSerializer.Serialize(file, aim));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The saved aim {Path} cannot be used ({Why}): aim the camera once more.")]
    private partial void LogUnusable(string path, string why);
}
