using System.Collections.Immutable;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Tests.Conformance;

/// <summary>What a camera and a board do to a drive.</summary>
[Flags]
public enum Trouble { None = 0, Jitter = 1, Lost = 2, RepeatedAndLate = 4, WallJump = 8, All = Jitter | Lost | RepeatedAndLate | WallJump }

/// <summary>A rate, a trouble, and where between two pictures things begin.</summary>
/// <param name="Phase">Share of a picture's interval by which the onset lies after a picture.</param>
public readonly record struct Variant(double Rate, Trouble Trouble, double Phase)
{
    private static readonly double[] Rates = [10, 15, 30];

    /// <summary>Every rate with every trouble; those two that say most also with the onset between two pictures.</summary>
    public static readonly ImmutableArray<Variant> Every =
    [
        .. from rate in Rates
           from trouble in (Trouble[])[Trouble.None, Trouble.Jitter, Trouble.Lost, Trouble.RepeatedAndLate, Trouble.WallJump, Trouble.All]
           from phase in trouble is Trouble.None or Trouble.All ? (double[])[0, 0.35, 0.7] : [0]
           select new Variant(rate, trouble, phase),
    ];

    /// <summary>
    /// Euro NCAP's 0.2 s. At ten pictures a second the one that would say it may be the one that was lost, and the next
    /// comes jittered: with everything at once they are given 0.3 s there. The product is made for 15.
    /// </summary>
    public double Tolerance => Trouble == Trouble.All && Rate <= 10 ? 0.3 : TimedRule.Tolerance;

    /// <summary>Seconds from the start to the onset.</summary>
    public double Onset => 20 + Phase / Rate;

    /// <summary>
    /// Jitter: times wander by a tenth of the interval either way. Lost: one picture in twelve. Repeated and late: one in
    /// twelve comes twice, one in 24 comes again with an older time. Wall jump: the clock on the wall is set seven hours
    /// ahead in the middle of the drive, and a day back five seconds later.
    /// </summary>
    public IEnumerable<Observation> Of(IEnumerable<Observation> drive)
    {
        var number = 0;
        foreach (var observation in drive)
        {
            number++;
            var shaken = observation;
            if (Has(Trouble.Jitter) && number > 1) shaken = shaken with { At = shaken.At + TimeSpan.FromSeconds((number * 7 % 11 - 5) / 50.0 / Rate) };
            if (Has(Trouble.WallJump)) shaken = shaken with { Wall = Wall(shaken.At) };
            if (Has(Trouble.Lost) && number % 12 == 5) continue;
            yield return shaken;
            if (!Has(Trouble.RepeatedAndLate)) continue;
            if (number % 12 == 9) yield return shaken;
            if (number % 24 == 7) yield return shaken with { At = shaken.At - TimeSpan.FromSeconds(0.3 / Rate) };
        }
    }

    public override string ToString() => Trouble switch
    {
        Trouble.None => $"{Rate}/s",
        Trouble.Jitter => $"{Rate}/s, jitter",
        Trouble.Lost => $"{Rate}/s, lost",
        Trouble.RepeatedAndLate => $"{Rate}/s, repeated",
        Trouble.WallJump => $"{Rate}/s, wall jump",
        _ => $"{Rate}/s, all",
    };

    private bool Has(Trouble trouble) => (Trouble & trouble) != 0;

    private static WallClock Wall(TimeSpan at) =>
        new(DateTimeOffset.UnixEpoch + at + TimeSpan.FromHours(at.TotalSeconds > 25 ? -24 : at.TotalSeconds > 20.5 ? 7 : 0), Trusted: true);
}
