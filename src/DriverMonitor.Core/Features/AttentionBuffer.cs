namespace DriverMonitor.Core.Features;

/// <summary>
/// AttenD (Kircher and Ahlström 2009): two seconds of attention that looking away spends and looking back earns, after a
/// tenth of a second to take the road in. Empty means distracted.
/// </summary>
public sealed class AttentionBuffer
{
    /// <summary>All there is.</summary>
    public static readonly TimeSpan Full = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Latency = TimeSpan.FromSeconds(0.1);

    private TimeSpan _back = Latency;

    /// <summary>What is left, zero to two seconds.</summary>
    public TimeSpan Left { get; private set; } = Full;

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

        var earning = _back + lasting - Latency;
        _back += lasting;
        if (earning > lasting) earning = lasting;
        if (earning > TimeSpan.Zero) Left = Left + earning < Full ? Left + earning : Full;
    }

    public void Clear() => (Left, _back) = (Full, Latency);
}
