namespace DriverMonitor.Fleet.Marks;

/// <summary>
/// When a vehicle is told how far everything has arrived: each telling costs it a write. So: after 50 events, after five
/// minutes, or
/// when something is missing, and then less and less often.
/// </summary>
internal static class MarkPolicy
{
    public const int Events = 50;
    public static readonly TimeSpan Oldest = TimeSpan.FromMinutes(5);

    /// <summary>What overtook the rest on its way comes within this time; asked sooner, it would come twice.</summary>
    public static readonly TimeSpan Settle = TimeSpan.FromSeconds(3);

    /// <summary>Asked so often while the vehicle was heard, a hole is nobody's any more: it is closed, and said.</summary>
    public const int MostAsked = 20;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    /// <param name="unmarked">Events since the last mark.</param>
    /// <param name="oldest">Age of the oldest of them; null without any.</param>
    /// <param name="hasHoles">Something is missing below the highest.</param>
    /// <param name="asked">How often these holes were asked for.</param>
    /// <param name="sinceMark">Since the last mark of this epoch; null before the first.</param>
    public static bool IsDue(int unmarked, TimeSpan? oldest, bool hasHoles, int asked, TimeSpan? sinceMark)
    {
        if (unmarked >= Events || oldest >= Oldest) return true;
        if (!hasHoles) return false;
        return asked == 0 ? oldest is null || oldest >= Settle : sinceMark is null || sinceMark >= PauseAfter(asked);
    }

    public static TimeSpan PauseAfter(int asked)
    {
        var pause = TimeSpan.FromSeconds(5) * Math.Pow(2, Math.Min(asked - 1, 10));
        return pause < LongestPause ? pause : LongestPause;
    }
}
