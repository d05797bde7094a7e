namespace DriverMonitor.Core.Evaluation;

/// <summary>A stretch of an input's time, its end not before its start.</summary>
public readonly record struct TimeRange(TimeSpan From, TimeSpan Until)
{
    public TimeSpan Duration => Until - From;

    public TimeSpan Overlap(in TimeRange other)
    {
        var (from, until) = (From > other.From ? From : other.From, Until < other.Until ? Until : other.Until);
        return until > from ? until - from : TimeSpan.Zero;
    }

    public bool Touches(in TimeRange other) => From <= other.Until && other.From <= Until;
}
