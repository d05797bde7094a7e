namespace DriverMonitor.Core.Features;

/// <summary>
/// AttenD (Kircher and Ahlström 2009): two seconds of attention that looking away spends and looking back earns, after a
/// tenth of a second to take the road in. Empty means distracted.
/// </summary>
public sealed class AttentionBuffer(RoadSettings settings)
{
    private TimeSpan _back = settings.AttentionLatency;

    /// <summary>What is left, zero to all.</summary>
    public TimeSpan Left { get; private set; } = settings.AttentionBuffer;

    /// <summary>Counts a stretch; an unknown one changes nothing.</summary>
    public void Step(TimeSpan lasting, bool? onRoad)
    {
        if (onRoad is not { } road) return;
        if (!road)
        {
            _back = TimeSpan.Zero;
            Left = Left > lasting ? Left - lasting : TimeSpan.Zero;
            return;
        }

        var earning = _back + lasting - settings.AttentionLatency;
        _back += lasting;
        if (earning > lasting) earning = lasting;
        if (earning > TimeSpan.Zero) Left = Left + earning < settings.AttentionBuffer ? Left + earning : settings.AttentionBuffer;
    }

    public void Reset() => (Left, _back) = (settings.AttentionBuffer, settings.AttentionLatency);
}
