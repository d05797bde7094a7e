namespace DriverMonitor.Core.Features;

/// <summary>
/// Numbers moments in whole units, for windows of buckets. A recording may begin below zero, where division of whole numbers
/// rounds the other way and a remainder is no place in an array.
/// </summary>
internal static class WholeUnits
{
    /// <summary>The number of the unit that the moment lies in, rounded down on both sides of zero.</summary>
    public static long Of(TimeSpan at, long ticks) =>
        Math.DivRem(at.Ticks, ticks) is var (whole, rest) && rest < 0 ? whole - 1 : whole;

    /// <summary>The second that the moment lies in.</summary>
    public static long Second(TimeSpan at) => Of(at, TimeSpan.TicksPerSecond);

    /// <summary>The place of that unit in a ring of so many.</summary>
    public static int Place(long number, int count)
    {
        var rest = (int)(number % count);
        return rest < 0 ? rest + count : rest;
    }
}
