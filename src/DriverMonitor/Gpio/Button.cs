using DriverMonitor.Hosting;

namespace DriverMonitor.Gpio;

/// <summary>
/// Asks the button's line fifty times a second: what that costs cannot be measured, and a bouncing contact floods nobody.
/// </summary>
internal sealed class Button : IDisposable
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(20);

    private readonly InputLine _line;
    private readonly TimeProvider _time;
    private readonly Action<ButtonAct> _heard;
    private readonly ButtonPress _press = new();
    private readonly long _start;
    private readonly ITimer _timer;
    private readonly SupervisedPart? _part;
    private bool _asking;

    /// <param name="heard">Called on a thread of the pool; it must return at once.</param>
    /// <param name="part">Contains what the line's driver throws beside refusals.</param>
    public Button(InputLine line, TimeProvider time, Action<ButtonAct> heard, SupervisedPart? part = null)
    {
        (_line, _time, _heard, _part, _start) = (line, time, heard, part, time.GetTimestamp());
        _timer = time.CreateTimer(_ => Poll(), null, Often, Often);
    }

    public void Dispose() => _timer.Dispose();

    private void Poll()
    {
        if (Interlocked.Exchange(ref _asking, true)) return; // the last answer is still on its way
        try
        {
            if (_press.Step(_time.GetElapsedTime(_start), _line.IsPressed()) is var act and not ButtonAct.None) _heard(act);
        }
        catch (Exception e) when (OutputLine.IsRefusal(e) || (_part?.Contain(e) ?? false))
        {
            // A line that cannot be read is a button nobody presses; the outputs of the same chip say what is wrong with it.
        }
        finally
        {
            Volatile.Write(ref _asking, false);
        }
    }
}
