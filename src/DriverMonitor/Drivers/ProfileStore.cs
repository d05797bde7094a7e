using System.Text.Json;
using DriverMonitor.Core.Baselines;
using DriverMonitor.Files;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Drivers;

/// <summary>
/// One driver's profile as a small JSON file: middles and spreads, no picture, no series, no name. Written whole or not at
/// all; one that cannot be read is set aside, and the driver is learned anew.
/// </summary>
internal sealed partial class ProfileStore(ProfileSettings settings, ILogger<ProfileStore> log)
{
    private static readonly JsonSerializerOptions Shape = new() { WriteIndented = true, RespectNullableAnnotations = true };

    private readonly ILogger _log = log;

    /// <summary>
    /// Says to a service that runs, also in another process, that the driver was forgotten: it still holds in memory what it
    /// learned in this drive, and must not write it down at the end.
    /// </summary>
    private string? Mark => MarkOf(settings);

    /// <summary>Null where nothing is kept.</summary>
    public static string? MarkOf(ProfileSettings settings) =>
        settings.Folder is { } folder ? Path.Combine(folder, $"{settings.Driver}.forgotten") : null;

    private string? Place => settings.Folder is { } folder ? Path.Combine(folder, $"{settings.Driver}.profile.json") : null;

    /// <summary>The stored profile; null where there is none, or none that can be used.</summary>
    public DriverProfile? Load()
    {
        BeginAnew();
        if (Place is not { } path || !File.Exists(path)) return null;
        try
        {
            return
                JsonSerializer.Deserialize<DriverProfile>(StoredFile.ReadBytes(path), Shape) is { } profile && profile.IsSound()
                ? profile
                : SetAside(path, "it holds numbers that cannot be");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return SetAside(path, e.Message.ReplaceLineEndings(" "));
        }
    }

    /// <summary>Keeps a profile; null changes nothing.</summary>
    public void Save(DriverProfile? profile)
    {
        if (Place is not { } path || profile is null || File.Exists(Mark)) return;
        try
        {
            AtomicFile.Write(path, file => JsonSerializer.Serialize(file, profile, Shape));
            // Forgotten while it was being written.
            if (File.Exists(Mark)) AtomicFile.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotSaved(path, e.Message);
        }
    }

    /// <summary>Forgets the driver; what was learned in this drive is not kept either. The next start begins anew.</summary>
    /// <exception cref="IOException">Something is left.</exception>
    public void Delete()
    {
        if (Place is not { } path || Mark is not { } mark || !Directory.Exists(settings.Folder)) return;
        PrivateFile.Create(mark).Dispose();
        AtomicFile.Delete(path);
    }

    private void BeginAnew()
    {
        if (!File.Exists(Mark)) return;
        try
        {
            File.Delete(Mark);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotSaved(Mark, e.Message);
        }
    }

    private DriverProfile? SetAside(string path, string why)
    {
        LogDamaged(path, why);
        try
        {
            AtomicFile.SetAside(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotSaved(path, e.Message);
        }

        return null;
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Profile {Path} cannot be used ({Why}); it is set aside and the driver learned anew."
    )]
    private partial void LogDamaged(string path, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Profile {Path} cannot be written: {Why}")]
    private partial void LogNotSaved(string path, string why);
}
