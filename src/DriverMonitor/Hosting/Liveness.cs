using DriverMonitor.Core;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Hosting;

/// <summary>
/// Feels whether the judgement lives: the loop turned of late, and either a picture was judged of late or its absence was
/// told. A camera that is away is no reason to start the program again; a loop that stands still, or one that has had no
/// picture for seconds and says nothing, is.
/// </summary>
internal sealed class Liveness(TimeProvider time) : IEventSink
{
    /// <summary>Without pictures the loop turns four times a second; three seconds are beyond any busy processor.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(3);

    /// <summary>With these nobody is watched, whatever else works; the buzzer ticks for them too.</summary>
    private static readonly string[] Blind =
    [
        .. StatusFacts.All.Where(fact => fact.Blinds != Blindness.None).Select(fact => fact.Name),
    ];

    private readonly Lock _gate = new();
    private readonly SortedSet<string> _lacking = new(StringComparer.Ordinal);
    private long? _turnedAt;
    private long? _pictureAt;

    public void Emit(in Observation seen, in Outcome outcome)
    {
        lock (_gate)
        {
            _turnedAt = time.GetTimestamp();
            if (seen.Face is { Sight: not Sight.NoFrame }) _pictureAt = _turnedAt;
            if (outcome.Events.IsDefaultOrEmpty) return;
            foreach (var happened in outcome.Events)
            {
                if (happened is MonitorEvent.Status status) Record(status);
            }
        }
    }

    /// <summary>How it is now; may be asked on any thread.</summary>
    public LivenessState Read()
    {
        lock (_gate)
        {
            var lost = _lacking.Contains(EventNames.Of(StatusKind.CameraLost));
            return new(
                HasBegun: _pictureAt is not null || lost,
                IsAlive: IsFresh(_turnedAt) && (lost || IsFresh(_pictureAt)),
                _lacking.Contains(EventNames.Of(StatusKind.CameraAsleep)) ? "The vehicle is switched off; the camera sleeps."
                    : _lacking.Count == 0 ? "Watching the driver."
                    : $"{(_lacking.Overlaps(Blind) ? "Cannot watch the driver" : "Watching the driver as far as possible")}: {string.Join(", ", _lacking)}."
            );
        }
    }

    private bool IsFresh(long? stamp) => stamp is { } at && time.GetElapsedTime(at) <= Late;

    private void Record(MonitorEvent.Status status)
    {
        if (status is { Kind: StatusKind.Recovered, Detail: { } what }) _lacking.Remove(what);
        else if (StatusFacts.Of(status.Kind) is { Lasts: true } fact) _lacking.Add(fact.Name);
    }
}

/// <summary>How the judgement is.</summary>
/// <param name="HasBegun">A first picture was judged, or it was told that there is none.</param>
/// <param name="IsAlive">Someone would notice if the driver fell asleep now, or knows that nobody would.</param>
/// <param name="Words">One line for <c>systemctl status</c>.</param>
internal readonly record struct LivenessState(bool HasBegun, bool IsAlive, string Words);
