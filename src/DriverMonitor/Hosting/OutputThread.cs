using System.Collections.Immutable;
using DriverMonitor.Core;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Hosting;

/// <summary>
/// Outputs that the warning can do without, on a thread of their own. The loop waits for them a moment, because scores are
/// filled anew in place, and no longer: while one of them hangs, events are kept for it and everything else is dropped.
/// </summary>
internal sealed class OutputThread : IEventSink, IDisposable
{
    /// <summary>Far more than they need, and far less than the time between two pictures.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(15);

    /// <summary>Beyond what a busy processor explains; then it is told of.</summary>
    private static readonly TimeSpan Hanging = TimeSpan.FromSeconds(2);

    /// <summary>Hours of alerts. The oldest are kept: what began the trouble explains the rest.</summary>
    private const int MostKept = 1024;

    private readonly Action _emit;
    private readonly SupervisedPart _part;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _asked = new(0), _done = new(0);
    private readonly List<MonitorEvent> _kept = [];
    private readonly Thread _thread;
    private Observation _seen;
    private Outcome _outcome;
    private Modalities? _allowed;
    private long _askedAt;
    private bool _isOut, _isTold;
    private volatile bool _isOver;

    /// <param name="part">Whose fault it is when they hang or throw.</param>
    public OutputThread(IEventSink outputs, SupervisedPart part, TimeProvider time)
    {
        (_part, _time) = (part, time);
        _emit = () => outputs.Emit(_seen, _outcome);
        _thread = new Thread(Work) { IsBackground = true, Name = "outputs" };
        _thread.Start();
    }

    /// <summary>Observations that the outputs did not hear of, because they hung.</summary>
    public long Dropped { get; private set; }

    public void Emit(in Observation seen, in Outcome outcome)
    {
        if (_isOut && !_done.Wait(0))
        {
            Keep(seen, outcome);
            return;
        }

        (_seen, _outcome) = (seen, outcome);
        if (_isTold || _kept.Count > 0 || _allowed is not null) AddKept();
        (_isOut, _isTold, _askedAt) = (true, false, _time.GetTimestamp());
        _asked.Release();
        if (_done.Wait(Patience)) _isOut = false;
    }

    public void Dispose()
    {
        _isOver = true;
        _asked.Release();
        // One that hangs must not hang the stop: the thread is a background one and dies with the process.
        if (!_thread.Join(Hanging)) return;
        _asked.Dispose();
        _done.Dispose();
    }

    private void Work()
    {
        while (true)
        {
            _asked.Wait();
            if (_isOver) return;
            _part.TryElse(_emit, Nothing);
            _done.Release();
        }
    }

    private static void Nothing()
    {
        // what they missed is noted
    }

    private void Keep(in Observation seen, in Outcome outcome)
    {
        Dropped++;
        _allowed = seen.Allowed ?? _allowed;
        if (!outcome.Events.IsDefaultOrEmpty && _kept.Count < MostKept) _kept.AddRange(outcome.Events);
        if (_isTold || _time.GetElapsedTime(_askedAt) < Hanging) return;
        _isTold = true;
        _part.Contain(new TimeoutException("An output hangs; events are kept for it, and the warning goes on."));
    }

    private void AddKept()
    {
        _seen = _seen with { Allowed = _seen.Allowed ?? _allowed };
        _outcome = _outcome with { Events = [.. _kept, .. _outcome.Events.IsDefault ? [] : _outcome.Events] };
        _kept.Clear();
        _allowed = null;
    }
}
