namespace DriverMonitor.Gpio;

/// <summary>What a press means.</summary>
internal enum ButtonAct { None, Short, Long, Triple }

/// <summary>
/// From a bouncing contact to presses. A level counts once it has lasted 30 ms; a press is short when it is let go before two
/// seconds and long as soon as it has lasted them, so that the finger gets its answer. A button that is down at the start
/// must first be let go: it may be stuck. Three short presses within two seconds are a third thing; the first two of them speak
/// as they come, for nobody can know what follows, and who presses in haste must not wait.
/// </summary>
internal sealed class ButtonPress
{
    private static readonly TimeSpan Bounce = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan LongPress = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan TripleWithin = TimeSpan.FromSeconds(2);

    private bool _raw = true;
    private TimeSpan? _rawSince;
    private bool _down = true;
    private TimeSpan? _downSince;
    private (TimeSpan? BeforeLast, TimeSpan? Last) _shorts;

    /// <summary>Call it every few milliseconds.</summary>
    /// <param name="pressed">The contact as it is now.</param>
    public ButtonAct Step(TimeSpan now, bool pressed)
    {
        if (pressed != _raw || _rawSince is null) (_raw, _rawSince) = (pressed, now);
        if (_raw != _down && now - _rawSince >= Bounce) return Change(now);
        if (!_down || now - _downSince < LongPress || _downSince is null) return ButtonAct.None;
        (_downSince, _shorts) = (null, default); // said once; letting go says nothing more
        return ButtonAct.Long;
    }

    private ButtonAct Change(TimeSpan now)
    {
        _down = _raw;
        var began = _downSince;
        _downSince = _down ? now - Bounce : null;
        return !_down && began is { } at ? Short(at, now) : ButtonAct.None;
    }

    private ButtonAct Short(TimeSpan began, TimeSpan now)
    {
        var isThird = now - _shorts.BeforeLast <= TripleWithin;
        _shorts = isThird ? default : (_shorts.Last, began);
        return isThird ? ButtonAct.Triple : ButtonAct.Short;
    }
}
