namespace DriverMonitor.Core.Features;

/// <summary>A closure of the eyes that has ended.</summary>
/// <param name="StartedAt">When the lids passed half way down, between two pictures if need be.</param>
/// <param name="EndedAt">When they passed half way up.</param>
/// <param name="Shut">Time with the lids over 80 % of the eye; zero for a partial blink.</param>
/// <param name="IsAborted">Its end was not seen.</param>
public readonly record struct Closure(TimeSpan StartedAt, TimeSpan EndedAt, TimeSpan Shut, bool IsAborted)
{
    public TimeSpan Duration => EndedAt - StartedAt;

    public bool IsPartial => Shut <= TimeSpan.Zero;
}
