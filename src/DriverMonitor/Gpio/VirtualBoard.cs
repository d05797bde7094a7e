using System.Device.Gpio;
using System.Text;

namespace DriverMonitor.Gpio;

/// <summary>A line changed: when (since the board was made), which, and to what.</summary>
internal readonly record struct Edge(TimeSpan At, int Line, bool High);

/// <summary>A GPIO chip that exists only in memory and remembers every change of its outputs, to be shown or asserted.</summary>
internal sealed class VirtualBoard(TimeProvider time, int lines = 64) : GpioDriver
{
    /// <summary>Older changes are dropped: a board that runs for days without a chip must not grow.</summary>
    private const int MostEdges = 10_000;

    private readonly long _start = time.GetTimestamp();
    private readonly Lock _gate = new();
    private readonly Queue<Edge> _edges = new();
    private readonly bool[] _high = new bool[lines];
    private readonly PinMode[] _modes = new PinMode[lines];

    protected override int PinCount => lines;

    /// <summary>The clock's timestamp from which edges are counted.</summary>
    public long StartedAt => _start;

    /// <summary>Asked before a line changes; throws where a test wants the line to refuse.</summary>
    public Action<int>? BeforeWrite { get; set; }

    /// <summary>All changes, oldest first.</summary>
    public IReadOnlyList<Edge> Edges
    {
        get
        {
            lock (_gate) return [.. _edges];
        }
    }

    /// <summary>
    /// One line over time as text, such as <c>♪ ▮▮▯▮▮▯</c>; each sign is a <paramref name="cell"/>, full if the line was ever
    /// high in it.
    /// </summary>
    public string Render(int line, TimeSpan from, TimeSpan until, TimeSpan cell)
    {
        var edges = Edges.Where(e => e.Line == line).ToArray();
        var text = new StringBuilder("♪ ");
        for (var at = from; at < until; at += cell)
        {
            var before = edges.LastOrDefault(e => e.At <= at).High;
            var within = edges.Any(e => e.High && e.At > at && e.At < at + cell);
            text.Append(before || within ? '▮' : '▯');
        }

        return text.ToString();
    }

    protected override void OpenPin(int pinNumber) => _modes[pinNumber] = PinMode.Input;

    protected override void ClosePin(int pinNumber) => _modes[pinNumber] = PinMode.Input;

    protected override void SetPinMode(int pinNumber, PinMode mode)
    {
        _modes[pinNumber] = mode;
        if (mode == PinMode.InputPullUp) Drive(pinNumber, high: true);
    }

    /// <summary>What hangs on an input pulls it up or down, as a finger does.</summary>
    public void Drive(int line, bool high)
    {
        lock (_gate) _high[line] = high;
    }

    protected override void SetPinMode(int pinNumber, PinMode mode, PinValue initialValue)
    {
        _modes[pinNumber] = mode;
        Write(pinNumber, initialValue);
    }

    protected override PinMode GetPinMode(int pinNumber) => _modes[pinNumber];

    protected override bool IsPinModeSupported(int pinNumber, PinMode mode) => true;

    protected override PinValue Read(int pinNumber)
    {
        lock (_gate) return _high[pinNumber];
    }

    protected override void Write(int pinNumber, PinValue value)
    {
        BeforeWrite?.Invoke(pinNumber);
        lock (_gate)
        {
            if (_high[pinNumber] == (bool)value) return;
            _high[pinNumber] = (bool)value;
            if (_edges.Count == MostEdges) _edges.Dequeue();
            _edges.Enqueue(new(time.GetElapsedTime(_start), pinNumber, (bool)value));
        }
    }

    protected override WaitForEventResult WaitForEvent(
        int pinNumber,
        PinEventTypes eventTypes,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException("Lines are asked, not waited for.");

    protected override void AddCallbackForPinValueChangedEvent(
        int pinNumber,
        PinEventTypes eventTypes,
        PinChangeEventHandler callback
    ) => throw new NotSupportedException("Lines are asked, not waited for.");

    protected override void RemoveCallbackForPinValueChangedEvent(int pinNumber, PinChangeEventHandler callback) =>
        throw new NotSupportedException("Lines are asked, not waited for.");
}
