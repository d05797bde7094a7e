using System.Text.Json;
using System.Text.Json.Serialization;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Signals;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Host;

/// <summary>
/// One driver's consents as a small JSON file beside the profile. One that cannot be read is set aside, and the driver has
/// then agreed to nothing.
/// </summary>
/// <param name="note">Hears of every word that a save changed; for the record.</param>
internal sealed partial class ConsentStore(ProfileSettings settings, ILogger log, Action<Modalities, Consent>? note = null)
{
    private static readonly JsonSerializerOptions Shape = new()
    {
        WriteIndented = true, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) }, PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    private readonly ILogger _log = log;

    /// <summary>Where the consents are kept; null if nothing is, and then they end with the program.</summary>
    public string? Place => settings.Folder is { } folder ? Path.Combine(folder, $"{settings.Driver}.consent.json") : null;

    public ConsentBook Load()
    {
        if (Place is not { } path || !File.Exists(path)) return ConsentBook.Empty;
        try
        {
            var words = JsonSerializer.Deserialize<Dictionary<Modalities, Consent>>(File.ReadAllBytes(path), Shape) ?? [];
            return ConsentBook.Empty with { Words = ConsentBook.Empty.Words.AddRange(words) };
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            LogDamaged(path, e.Message.ReplaceLineEndings(" "));
            SetAside(path);
            return ConsentBook.Empty;
        }
    }

    /// <summary>Throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>: whoever gave the word must hear that it was not kept.</summary>
    public void Save(ConsentBook book)
    {
        if (Place is not { } path) return;
        var before = Load();
        SmallFile.Write(path, file => JsonSerializer.Serialize(file, book.Words, Shape));
        foreach (var (one, said) in book.Words.OrderBy(word => word.Key))
        {
            if (said != before.Words.GetValueOrDefault(one)) note?.Invoke(one, said);
        }
    }

    /// <summary>Forgets every word.</summary>
    public void Delete()
    {
        if (Place is { } path) SmallFile.Delete(path);
    }

    private void SetAside(string path)
    {
        try
        {
            SmallFile.SetAside(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogDamaged(path, e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Consents {Path} cannot be read ({Why}); nothing counts as agreed to until it is said again.")]
    private partial void LogDamaged(string path, string why);
}
