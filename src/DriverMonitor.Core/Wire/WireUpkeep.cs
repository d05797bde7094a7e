using System.Globalization;
using DriverMonitor.Core.Events;

namespace DriverMonitor.Core.Wire;

/// <summary>
/// Bodies of what the queue and the clock have to say, so that a fleet can count, wait for nothing in vain, and put times right.
/// </summary>
public static class WireUpkeep
{
    /// <summary>
    /// Events that had a number and will never come. What of these numbers does come is not lost, whether before this or after.
    /// </summary>
    /// <param name="cls">0 alerts, 1 records, 2 traces.</param>
    /// <param name="reason"><c>quota</c>, <c>expired</c>, <c>space</c>, <c>gone</c> or <c>corrupt</c>.</param>
    public static byte[] Gap(
        WireIdentity who, WireStamp stamp, TimeSpan at, SeqRange within, long count, int cls, string reason) =>
        WireEnvelope.Write(
            who,
            stamp,
            at,
            "gap",
            WireEvent.Device,
            "gap:1.0",
            json =>
            {
                json.WriteNumber("from", within.From);
                json.WriteNumber("to", within.To);
                json.WriteNumber("count", count);
                json.WriteNumber("cls", cls);
                json.WriteString("reason", reason);
            }
        );

    /// <summary>The queue itself was lost: of an earlier epoch nothing more will come.</summary>
    /// <param name="former">That epoch, if it is known.</param>
    public static byte[] Replaced(WireIdentity who, WireStamp stamp, TimeSpan at, ulong? former) =>
        WireEnvelope.Write(who, stamp, at, "gap", WireEvent.Device, "gap:1.0", json =>
        {
            json.WriteNumber("cls", 0);
            json.WriteString("reason", "corrupt");
            if (former is { } epoch) json.WriteString("formerEpoch", epoch.ToString("x16", CultureInfo.InvariantCulture));
        });

    /// <summary>
    /// What the clock of this run shows at a moment whose time of day is certain: an event of the same boot that was written with
    /// a worse clock happened at <c>utc</c> less the difference of the two <c>mono</c>.
    /// </summary>
    public static byte[] ClockFix(WireIdentity who, WireStamp stamp, TimeSpan at) =>
        WireEnvelope.Write(who, stamp, at, "clockfix", WireEvent.Device, "clockfix:1.0", json =>
        {
            json.WriteNumber("boot", who.Boot);
            json.WriteNumber("mono", (long)at.TotalMilliseconds);
            json.WriteString("utc", WireEnvelope.Text(stamp.Wall));
        });
}
