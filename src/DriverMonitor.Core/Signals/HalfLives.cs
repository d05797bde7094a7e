namespace DriverMonitor.Core.Signals;

/// <summary>How fast belief in a last known value fades, by kind. Engineering judgement; see <see cref="Cue.Aged"/>.</summary>
public static class HalfLives
{
    public static readonly TimeSpan Eye = TimeSpan.FromSeconds(5);

    /// <summary>Mouth and head.</summary>
    public static readonly TimeSpan Mouth = TimeSpan.FromSeconds(30);

    public static readonly TimeSpan Heart = TimeSpan.FromSeconds(20);
    public static readonly TimeSpan SkinConductance = TimeSpan.FromSeconds(60);
}
