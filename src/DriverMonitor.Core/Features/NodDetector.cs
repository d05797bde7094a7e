namespace DriverMonitor.Core.Features;

/// <summary>A drowsy nod that has ended.</summary>
public readonly record struct NodSeen(TimeSpan StartedAt, TimeSpan EndedAt);

/// <summary>Finds the head that falls with the lids down and is caught again.</summary>
public sealed class NodDetector(HeadSettings settings)
{
    // Above this below neutral the head counts as upright.
    private const double Upright = 5;
    private static readonly TimeSpan Near = TimeSpan.FromSeconds(1);

    private TimeSpan? _uprightAt;
    private TimeSpan? _downAt;
    private TimeSpan _fallStarted;
    private TimeSpan _lowestAt;
    private double _lowest;
    private bool _isThrown;
    private TimeSpan? _lidsDownAt;
    private NodSeen? _waiting;

    /// <summary>Whether the head fell by a nod's depth within the last 1.5 s: eyes lost now are eyes that fell.</summary>
    public bool HasDropped(TimeSpan at) => _downAt is { } down && at - down <= settings.NodFallWithin;

    /// <param name="down">How far the head is below its neutral pitch, in degrees.</param>
    public NodSeen? Step(TimeSpan at, double down, double? closure)
    {
        if (closure >= settings.NodClosure) _lidsDownAt = at;
        Follow(at, down);

        if (_waiting is not { } nod) return null;
        if (_lidsDownAt >= nod.StartedAt - Near)
        {
            _waiting = null;
            return nod;
        }

        if (at - nod.EndedAt > Near) _waiting = null;
        return null;
    }

    public void Reset() => (_uprightAt, _downAt, _lidsDownAt, _waiting) = (null, null, null, null);

    private void Follow(TimeSpan at, double down)
    {
        if (down < Upright) _uprightAt = at;

        if (_downAt is null)
        {
            if (down < settings.NodFall || at - _uprightAt is not { } fall || fall > settings.NodFallWithin)
                return;
            (_downAt, _fallStarted, _lowest, _lowestAt, _isThrown) = (
                at, _uprightAt!.Value, down, at, fall < settings.NodShortestFall);
            return;
        }

        // The bottom's last moment counts: a head may hang before it is caught.
        if (down >= _lowest * 0.9) _lowestAt = at;
        _lowest = Math.Max(_lowest, down);
        if (down <= _lowest * (1 - settings.NodRebound)) Catch(at, _downAt.Value);
        else if (at - _downAt > settings.NodLongestDown) (_downAt, _uprightAt) = (null, null);
    }

    private void Catch(TimeSpan at, TimeSpan downAt)
    {
        if (!_isThrown && _lowestAt - downAt >= settings.NodShortestDown && at - _lowestAt <= settings.NodReboundWithin)
            _waiting = new(_fallStarted, at);
        _downAt = null;
    }
}
