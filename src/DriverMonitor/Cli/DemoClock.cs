using DriverMonitor.Core;
using DriverMonitor.Hosting;

namespace DriverMonitor.Cli;

/// <summary>
/// The drive's own time for moments of the board. On a busy machine the scripted drive falls behind the clock by which the
/// buzzer plays; shown by that clock its line would seem to come seconds after the alerts. Must hear of outcomes first.
/// </summary>
/// <param name="now">Time since the board was made.</param>
internal sealed class DemoClock(Func<TimeSpan> now) : IEventSink
{
    private readonly List<(TimeSpan Board, TimeSpan Drive)> _moments = [];

    /// <summary>How far the drive fell behind.</summary>
    public TimeSpan Behind => _moments.Count == 0 ? TimeSpan.Zero
        : _moments[^1].Board - _moments[0].Board - (_moments[^1].Drive - _moments[0].Drive);

    public void Emit(in Observation seen, in Outcome outcome) => _moments.Add((now(), outcome.At));

    public TimeSpan OnDrive(TimeSpan board)
    {
        var last = _moments.FindLastIndex(moment => moment.Board <= board);
        return last < 0 ? TimeSpan.Zero : _moments[last].Drive + (board - _moments[last].Board);
    }
}
