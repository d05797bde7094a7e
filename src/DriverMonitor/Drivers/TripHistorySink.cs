using DriverMonitor.Core;
using DriverMonitor.Core.Signals;
using DriverMonitor.Hosting;

namespace DriverMonitor.Drivers;

/// <summary>
/// Keeps the trip that goes on, at once when an alert is raised or ends and every two minutes besides, because a vehicle's power
/// goes without a word. The writing is done beside the caller.
/// </summary>
internal sealed class TripHistorySink : IEventSink, IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(2);

    private readonly TripHistory _history;
    private readonly TripSummarizer _trip = new();
    private readonly TripBounds _bounds = new();
    private DateTimeOffset? _now;
    private TimeSpan _savedAt;
    private bool _isDirty;
    private Task _writing = Task.CompletedTask;
    private int _generation;

    public TripHistorySink(TripHistory history)
    {
        (_history, _generation) = (history, history.Generation);
        // What the last ignition-off left in its middle is over.
        history.Close(now: null);
    }

    public void Emit(in Observation seen, in Outcome outcome)
    {
        if (_generation != _history.Generation) Restart();
        if (seen.Wall is { } wall) _now = wall.Trusted ? wall.Local : null;
        _isDirty |= _trip.Add(seen, outcome);
        if ((_trip.Allowed & (Modalities.Camera | Modalities.Heart)) == 0)
        {
            if (_bounds.Began is null) return;
            Restart();
            Write(_history.DeleteCurrent);
            return;
        }

        if (_bounds.Update(seen, outcome.At)) Begin(outcome.At);
        if (_bounds.IsOver(outcome.At)) End();
        else if (_bounds.Began is not null) SaveInTime(outcome.At);
    }

    /// <summary>Call it when the drive is over.</summary>
    public void Dispose()
    {
        _writing.GetAwaiter().GetResult();
        End();
        _writing.GetAwaiter().GetResult();
    }

    private void Begin(TimeSpan at)
    {
        _trip.Begin(at);
        // What was news before it has nothing to do with it.
        _isDirty = false;
    }

    private void SaveInTime(TimeSpan at)
    {
        if (_bounds.Duration < TripBounds.Shortest && !_isDirty) return;
        if (!_isDirty && at - _savedAt < Every || !_writing.IsCompleted) return;
        (_savedAt, _isDirty) = (at, false);
        if (_trip.Summary(_bounds.Duration) is not { } trip) return;
        var generation = _generation;
        Write(() => _history.Save(trip, generation));
    }

    private void End()
    {
        var (trip, now, generation) = (_trip.Summary(_bounds.Duration), _now, _generation);
        var isTrip = _bounds.Duration >= TripBounds.Shortest || trip?.AlertCount > 0;
        Restart();
        if (trip is null) return;
        Write(() =>
        {
            if (isTrip) _history.Save(trip, generation);
            _history.Close(now);
        });
    }

    private void Restart()
    {
        _generation = _history.Generation;
        _trip.Reset();
        _bounds.Reset();
        _isDirty = false;
    }

    private void Write(Action write) => _writing = _writing.ContinueWith(_ => write(), TaskScheduler.Default);
}
