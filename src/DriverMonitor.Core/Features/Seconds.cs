namespace DriverMonitor.Core.Features;

/// <summary>Says once when a new second has begun, whatever the rate of what comes in.</summary>
internal sealed class Seconds
{
    private long? _second;

    public bool Step(TimeSpan at)
    {
        var second = WholeUnits.Second(at);
        var isNew = _second is { } before && second != before;
        _second = second;
        return isNew;
    }

    /// <summary>The clock jumped: the second under way begins anew.</summary>
    public void Reset() => _second = null;
}
