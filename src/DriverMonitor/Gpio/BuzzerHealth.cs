using DriverMonitor.Core;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;
using DriverMonitor.Hosting;

namespace DriverMonitor.Gpio;

/// <summary>Tells of a buzzer that stops taking commands while the service runs, and of one that takes them again.</summary>
/// <param name="onward">Who hears of it: not the recorder, because the board is no part of the judgement.</param>
internal sealed class BuzzerHealth(Buzzer buzzer, IEventSink onward) : IEventSink
{
    private bool _isLost;

    public void Emit(in Observation seen, in Outcome outcome)
    {
        if (buzzer.IsFailing == _isLost) return;
        _isLost = !_isLost;
        MonitorEvent.Status news = _isLost
            ? new(outcome.At, StatusKind.BuzzerLost, "The buzzer does not take commands.")
            : new(outcome.At, StatusKind.Recovered, EventNames.Of(StatusKind.BuzzerLost));
        onward.Emit(new Observation(outcome.At), outcome with { Events = [news], Scores = null });
    }
}
