namespace DriverMonitor.Fleet.Wire;

/// <summary>
/// Keeps of an event what its privacy level may tell: nothing at P0, no measured value at P1, no position at P2.
/// </summary>
internal static class PrivacyFilter
{
    public const int Highest = 3;

    /// <param name="level">0 to 3.</param>
    /// <returns>The event, which keeps its number in any case, and what was dropped of it.</returns>
    public static (FleetEvent Kept, Finding? Dropped) Apply(FleetEvent one, int level, long at)
    {
        if (level > 0 && one.LeastPrivacy <= level) return (one, null);
        var kept = level > 0
            ? one with { Body = Measures.Without(one.Body, level), LeastPrivacy = Measures.Least }
            : one with
            {
                Type = EventType.Unknown, Kind = EventKind.None, Level = 0, Episode = null, Rule = null, Body = "{}",
                LeastPrivacy = Measures.Least,
            };
        var what = level > 0 ? "a value" : "an event";
        return (kept, new(one.Vehicle, at, FindingKind.Contract, $"{one.Type}: {what} that P{level} does not tell; not kept")
        {
            Numbers = one.Seq > 0 ? (one.Epoch, one.Seq, one.Seq) : null,
        });
    }
}
