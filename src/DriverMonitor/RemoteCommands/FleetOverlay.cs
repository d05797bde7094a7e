using System.Text.Json;
using DriverMonitor.Core.Commands;
using DriverMonitor.Files;

namespace DriverMonitor.RemoteCommands;

/// <summary>
/// Settings changed from afar, as a small file laid over the vehicle's own: <c>fleet.json</c>, flat keys and values. It takes
/// effect at the next start, and only if the whole is valid then; otherwise the last one that was good does, or none.
/// </summary>
/// <param name="folder">Where <c>fleet.json</c> and <c>fleet.last.json</c> lie.</param>
internal sealed class FleetOverlay(string folder)
{
    private static readonly JsonSerializerOptions Shape = new() { WriteIndented = true };

    private readonly string _file = Path.Combine(folder, "fleet.json");
    private readonly string _last = Path.Combine(folder, "fleet.last.json");

    /// <summary>The changes to lay over the settings, newest first; a caller takes the first that makes valid settings.</summary>
    public IEnumerable<(string File, IReadOnlyDictionary<string, string> Changes)> Candidates()
    {
        foreach (var file in new[] { _file, _last })
        {
            if (Read(file) is { } changes) yield return (file, changes);
        }
    }

    /// <summary>Makes changes, all or none.</summary>
    /// <param name="isValid">Whether the vehicle's own settings with these over them could be started with; else why not.</param>
    /// <exception cref="OrderFailedException">One of them may not be made.</exception>
    public void Change(IReadOnlyList<ConfigChange> changes, Func<IReadOnlyDictionary<string, string>, string?> isValid)
    {
        var next = new Dictionary<string, string>(Read(_file) ?? [], StringComparer.Ordinal);
        foreach (var change in changes)
        {
            if (ConfigRules.Check(change) is { } refusal) throw new OrderFailedException(refusal, change.Key);
            if (change.Value is null) next.Remove(change.Key);
            else next[change.Key] = change.Value;
        }

        if (isValid(next) is { } why) throw new OrderFailedException(CommandRefusal.OutOfRange, why);
        if (File.Exists(_file)) File.Copy(_file, _last, overwrite: true);
        AtomicFile.Write(_file, file => JsonSerializer.Serialize(file, next, Shape));
    }

    /// <summary>Null where there is none that could have been written by an order.</summary>
    private static Dictionary<string, string>? Read(string file)
    {
        try
        {
            var changes = File.Exists(file)
                ? JsonSerializer.Deserialize<Dictionary<string, string>>(StoredFile.ReadBytes(file))
                : null;
            return changes?.All(one => one.Value is not null && ConfigRules.Check(new(one.Key, one.Value)) is null) == true
                ? changes
                : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
