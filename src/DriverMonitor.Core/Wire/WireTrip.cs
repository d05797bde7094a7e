using System.Collections.Immutable;
using DriverMonitor.Core.Privacy;

namespace DriverMonitor.Core.Wire;

/// <summary>
/// What one trip amounts to, for those who plan the next: how long it was, what was warned of, and how much of it the monitor
/// could judge at all. It rates nobody: there is no score of a driver in it. The driver's pseudonym is told from P2 on, so that a
/// fleet which holds values measured on somebody can find them when it must erase them.
/// </summary>
/// <param name="Number">Counts the trips since the start of the program.</param>
/// <param name="Ended">When the vehicle came to rest, or the monitor stopped; since the start.</param>
/// <param name="IsParked">False when the monitor was stopped while driving.</param>
/// <param name="Alerts">Kind and how many were raised; kinds without one are left out.</param>
/// <param name="Judged">Kind and share of the trip's seconds, 0..1, in which that state could be judged.</param>
/// <param name="Heart">Share of the trip's seconds with figures from the strap.</param>
public sealed record WireTrip(
    int Number, TimeSpan Ended, TimeSpan Duration, bool IsParked,
    ImmutableArray<KeyValuePair<string, int>> Alerts, ImmutableArray<KeyValuePair<string, double>> Judged, double Heart)
{
    /// <summary>The trip's name in events: <c>BOOT-NUMBER</c>.</summary>
    public static string NameOf(int boot, int number) => $"{boot}-{number}";

    /// <param name="driver">The driver's pseudonym; null where there is none.</param>
    public byte[] Write(WireIdentity who, WireStamp stamp, string? driver = null) =>
        WireEnvelope.Write(
            who,
            stamp,
            Ended,
            "trip.ended",
            "trip",
            "trip:1.0",
            json =>
            {
                json.WriteString("trip", NameOf(who.Boot, Number));
                if (driver is not null && who.Discloses(Disclosure.Measures)) json.WriteString("driver", driver);
                json.WriteNumber("durationS", (long)Duration.TotalSeconds);
                json.WriteString("end", IsParked ? "parked" : "stopped");
                json.WriteStartObject("alerts");
                foreach (var (kind, count) in Alerts)
                    json.WriteNumber(kind, count);
                json.WriteEndObject();
                json.WriteStartObject("judged");
                foreach (var (kind, share) in Judged)
                    json.WriteNumber(kind, Math.Round(share, 3));
                json.WriteEndObject();
                json.WriteNumber("heart", Math.Round(Heart, 3));
            }
        );
}
