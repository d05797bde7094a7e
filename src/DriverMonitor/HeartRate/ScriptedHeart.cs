using System.Collections.Immutable;
using DriverMonitor.Core.Signals;
using DriverMonitor.Hosting;

namespace DriverMonitor.HeartRate;

/// <summary>
/// The demo's heart: about 68 beats a minute that breathe (0.25 Hz, 25 ms) and sway with blood pressure (0.1 Hz, 40 ms), sent
/// once a second as a strap would. The same every time.
/// </summary>
/// <param name="racesFrom">When it begins to race: 112 beats a minute that hardly vary; null never.</param>
internal sealed class ScriptedHeart(TimeSpan? racesFrom = null) : IHeartMonitor
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly ImmutableArray<double>.Builder _intervals = ImmutableArray.CreateBuilder<double>();
    private double _beatAt;
    private TimeSpan _next = Period;

    public bool TryRead(TimeSpan now, out TimeSpan at, out HeartPacket packet)
    {
        (at, packet) = (_next, default);
        if (_next > now) return false;

        while (NextInterval() is var interval && _beatAt + interval / 1000 <= _next.TotalSeconds)
        {
            _beatAt += interval / 1000;
            _intervals.Add(interval);
        }

        packet = new("scripted", (int)Math.Round(60_000 / NextInterval()), StrapContact.Detected, _intervals.ToImmutable());
        _intervals.Clear();
        _next += Period;
        return true;
    }

    private double NextInterval() => TimeSpan.FromSeconds(_beatAt) >= racesFrom
        ? Math.Round(536 + 8 * Math.Sin(2 * Math.PI * 0.25 * _beatAt))
        : Math.Round(880 + 40 * Math.Sin(2 * Math.PI * 0.10 * _beatAt) + 25 * Math.Sin(2 * Math.PI * 0.25 * _beatAt));
}
