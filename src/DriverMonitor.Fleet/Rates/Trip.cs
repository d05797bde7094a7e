using System.Text.Json;

namespace DriverMonitor.Fleet.Rates;

/// <summary>A drive as its vehicle summed it up. Times are Unix milliseconds.</summary>
/// <param name="Judged">Kind and share of its seconds, 0 to 1, in which that state could be judged.</param>
internal sealed record Trip(long From, long To, IReadOnlyDictionary<string, double> Judged)
{
    /// <summary>A longer one is a vehicle whose counter is wrong; it must not fill a month.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    private static readonly string[] Kinds = ["fatigue", "distraction", "stress", "anger", "driver-state"];

    /// <summary>Null for a body that says nothing of its length, or was erased.</summary>
    public static Trip? Read(long endedAt, string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("durationS", out var length)
                || !length.TryGetInt64(out var seconds) || seconds <= 0) return null;
            var duration = (long)Math.Min(seconds, Longest.TotalSeconds) * 1_000;
            return new(endedAt - duration, endedAt, JudgedOf(document.RootElement));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>How much of it lies between two moments.</summary>
    public TimeSpan Within(long from, long to) =>
        TimeSpan.FromMilliseconds(Math.Max(0, Math.Min(To, to) - Math.Max(From, from)));

    private static Dictionary<string, double> JudgedOf(JsonElement trip)
    {
        Dictionary<string, double> judged = [];
        if (!trip.TryGetProperty("judged", out var shares) || shares.ValueKind != JsonValueKind.Object) return judged;
        foreach (var kind in Kinds)
        {
            if (shares.TryGetProperty(kind, out var share) && share.ValueKind == JsonValueKind.Number)
                judged[kind] = Math.Clamp(share.GetDouble(), 0, 1);
        }

        return judged;
    }
}
