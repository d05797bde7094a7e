using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Tests.Support;

/// <summary>A scripted strap: one packet a second with the beats since the last one, a little uneven as hearts are.</summary>
public sealed class Strap
{
    public static readonly Strap Off = new(0);

    private readonly double _interval;
    private double _beatAt;
    private int _beats;

    private Strap(double interval) => _interval = interval;

    public static Strap Worn(double beatsPerMinute) => new(60 / beatsPerMinute);

    /// <param name="seconds">Of the picture the packet comes with.</param>
    /// <param name="before">When the last packet came.</param>
    public HeartPacket? Packet(double seconds, double? before)
    {
        if (before is { } last && Math.Floor(seconds + 1e-9) <= Math.Floor(last + 1e-9)) return null;
        if (_interval <= 0) return new HeartPacket("strap", null, StrapContact.NotDetected, []);
        if (_beats == 0 || before is null || seconds - before > 2) _beatAt = seconds - _interval;
        var intervals = new List<double>();
        for (var next = Interval(); _beatAt + next <= seconds; next = Interval())
        {
            _beatAt += next;
            _beats++;
            intervals.Add(1000 * next);
        }

        return new HeartPacket("strap", (int)Math.Round(60 / _interval), StrapContact.Detected, [.. intervals]);
    }

    private double Interval() => _interval + 0.015 * Math.Sin(0.9 * _beats) + 0.01 * Math.Sin(2.3 * _beats);
}
