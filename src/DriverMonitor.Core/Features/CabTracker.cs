using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Features;

/// <summary>What the cab's sensors say, until it is old.</summary>
internal sealed class CabTracker : IModalityTracker
{
    /// <summary>The slowest sensor speaks every five seconds.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(30);

    /// <summary>How long the cab must have been at rest: a traffic light with the engine stopped is no parking space.</summary>
    private static readonly TimeSpan RestsAfter = TimeSpan.FromSeconds(60);

    // A road shakes a cab by 0.05 to 0.3 g, an idling engine by 0.01 to 0.05 (ISO 2631-1 measurements of cars and lorries), and a
    // sensor's own noise is 0.001 to 0.008. One that says nothing but the same number is broken, and no proof of rest. Judgement.
    private const double RoadG = 0.08, RestG = 0.008, BrokenG = 0.0002;

    private CabReading? _said;
    private TimeSpan _saidAt;
    private TimeSpan? _restsSince;

    public void Add(TimeSpan at, in CabReading reading) => (_said, _saidAt) = (reading, at);

    /// <summary>What is known now.</summary>
    public CabReading At(TimeSpan at) => _said is { } said && at - _saidAt <= Stale ? said : default;

    /// <summary>It shakes as on a road.</summary>
    public bool IsOnRoad(TimeSpan at) => At(at).VibrationG >= RoadG;

    /// <summary>Neither engine nor road for a minute.</summary>
    public bool IsAtRest(TimeSpan at)
    {
        _restsSince = At(at).VibrationG is >= BrokenG and <= RestG ? _restsSince ?? at : null;
        return at - _restsSince >= RestsAfter;
    }

    public void Reset(TimeSpan before, TimeSpan at) => (_said, _restsSince) = (null, null);
}
