using System.Globalization;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Wire;

/// <summary>Words of the API for numbers of the tables, and back.</summary>
internal static class Names
{
    public static string Of(EventType type) => Word(type.ToString());

    public static string Of(EventKind kind) => kind == EventKind.DriverState ? "driver-state" : Word(kind.ToString());

    public static string Of(EventClock clock) => Word(clock.ToString());

    public static string Of(FindingKind kind) => Word(kind.ToString());

    /// <summary>Null for a word that is no kind.</summary>
    public static EventKind? KindOf(string word)
    {
        foreach (var kind in Enum.GetValues<EventKind>())
            if (Of(kind) == word) return kind;
        return null;
    }

    public static string Epoch(long stored) => ((ulong)stored).ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Null for what is no epoch.</summary>
    public static long? EpochOf(string text) =>
        text.Length == 16 && ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var epoch)
            ? (long)epoch
            : null;

    private static string Word(string name) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
