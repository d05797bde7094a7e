namespace DriverMonitor.Gpio;

/// <summary>
/// When the driver is told that nobody watches: at once, after half a minute, then every five minutes. More would be noise.
/// </summary>
internal sealed class LostReminder
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(5);

    private TimeSpan? _due;
    private int _told;

    /// <summary>True when it is time to tell.</summary>
    public bool Step(TimeSpan now, bool lost)
    {
        if (!lost)
        {
            (_due, _told) = (null, 0);
            return false;
        }

        if (now < _due) return false;
        _due = now + (_told == 0 ? Second : Later);
        _told++;
        return true;
    }
}
