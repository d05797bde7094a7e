using System.Runtime.CompilerServices;
using DriverMonitor.Core.Baselines;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Scoring;

/// <summary>What speaks about fatigue, with the unit of each.</summary>
public enum FatigueCue
{
    /// <summary>Share of the last 180 s of valid time with the lids down, 0..1.</summary>
    Perclos180,

    /// <summary>The same over 60 s.</summary>
    Perclos60,

    /// <summary>Mean logarithm of blink durations against the person's own, robust z.</summary>
    BlinkDurationZ,

    /// <summary>Long blinks and closures a valid minute.</summary>
    LongBlinksPerMinute,

    /// <summary>Distance of the blink rate from the person's own, absolute robust z: it moves both ways.</summary>
    BlinkRateAbsZ,

    /// <summary>Yawns in ten minutes.</summary>
    Yawns10,

    /// <summary>Nods in five minutes.</summary>
    Nods5,

    /// <summary>Slower heart, larger variability; see <see cref="HrvDrowsiness"/>. -2..2.</summary>
    HrvDrowsyZ,

    /// <summary>Sleepiness that time of day and hours awake predict, Karolinska scale 1..9.</summary>
    ThreeProcessKss,

    /// <summary>Hours of driving since the last real break.</summary>
    TimeOnTaskHours,
}

/// <summary>A full set of fatigue cues; one that is not set is missing.</summary>
public struct FatigueCues
{
    public const int Count = 10;

    private Slots _slots;

    public Cue this[FatigueCue cue]
    {
        readonly get => _slots[(int)cue];
        set => _slots[(int)cue] = value;
    }

    [InlineArray(Count)]
    private struct Slots
    {
        private Cue _first;
    }
}
