using System.Collections.Immutable;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Tests.Conformance;

/// <summary>What a camera and a board do to a drive.</summary>
[Flags]
public enum Trouble
{
    None = 0,
    Jitter = 1,
    Lost = 2,
    RepeatedAndLate = 4,
    WallJump = 8,
    All = Jitter | Lost | RepeatedAndLate | WallJump,
}

/// <summary>A rate, a trouble, and where between two pictures things begin.</summary>
/// <param name="Phase">Share of a picture's interval by which the onset lies after a picture.</param>
public readonly record struct Variant(double Rate, Trouble Trouble, double Phase)
{
    private static readonly double[] Rates = [10, 15, 30];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.1), LongestSilence = TimeSpan.FromSeconds(0.5);

    /// <summary>Every rate with every trouble; those two that say most also with the onset between two pictures.</summary>
    public static readonly ImmutableArray<Variant> Every =
    [
        .. from rate in Rates
        from trouble in (Trouble[])
            [Trouble.None, Trouble.Jitter, Trouble.Lost, Trouble.RepeatedAndLate, Trouble.WallJump, Trouble.All]
        from phase in trouble is Trouble.None or Trouble.All ? (double[])[0, 0.35, 0.7] : [0]
        select new Variant(rate, trouble, phase),
    ];

    /// <summary>Seconds from the start to the onset.</summary>
    public double OnsetAfter(double lead) => lead + Phase / Rate;

    /// <summary>
    /// Jitter: times wander by a tenth of the interval either way. Lost: one picture in twelve. Repeated and late: one in
    /// twelve comes twice, one in 24 comes again with an older time. Wall jump: the clock on the wall is set seven hours
    /// ahead in the middle of the drive, and a day back five seconds later.
    /// </summary>
    public IEnumerable<Observation> Of(IEnumerable<Observation> drive) => WithSilences(Troubled(drive));

    /// <summary>
    /// As the product's loop waits: after a tenth of a second without a picture it says so. A longer hole is one of a recording,
    /// in which nobody says anything.
    /// </summary>
    private static IEnumerable<Observation> WithSilences(IEnumerable<Observation> drive)
    {
        Observation? before = null;
        foreach (var observation in drive)
        {
            if (before is { } last && observation.At - last.At < LongestSilence)
            {
                for (var at = last.At + Patience; at < observation.At; at += Patience)
                    yield return new(at, FaceReading.NoFrame, Vehicle: last.Vehicle, Wall: last.Wall);
            }

            if (!(observation.At < before?.At)) before = observation;
            yield return observation;
        }
    }

    private IEnumerable<Observation> Troubled(IEnumerable<Observation> drive)
    {
        var number = 0;
        foreach (var observation in drive)
        {
            number++;
            var shaken = observation;
            if (Has(Trouble.Jitter) && number > 1)
                shaken = shaken with { At = shaken.At + TimeSpan.FromSeconds((number * 7 % 11 - 5) / 50.0 / Rate) };
            if (Has(Trouble.WallJump))
                shaken = shaken with { Wall = Wall(shaken.At) };
            if (Loses(number - 1))
                continue;
            yield return shaken;
            if (!Has(Trouble.RepeatedAndLate)) continue;
            if (number % 12 == 9) yield return shaken;
            if (number % 24 == 7) yield return shaken with { At = shaken.At - TimeSpan.FromSeconds(0.3 / Rate) };
        }
    }

    /// <summary>Whether the drive's picture of this number, from 0, never comes.</summary>
    public bool Loses(int picture) => Has(Trouble.Lost) && picture % 12 == 4;

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
        new(
            DateTimeOffset.UnixEpoch
                + at
                + TimeSpan.FromHours(
                    at.TotalSeconds > 25 ? -24
                    : at.TotalSeconds > 20.5 ? 7
                    : 0),
            Trusted: true);
}
