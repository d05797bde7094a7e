using DriverMonitor.Core;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Gpio;

/// <summary>
/// Whether anybody watches the driver: pictures come, the loop judges them, and the lens sees. Heard on the loop's thread,
/// asked on the buzzer's, so that a loop that hangs is noticed too.
/// </summary>
internal sealed class MonitoringSupervision
{
    /// <summary>Without a picture for this long the driver is told, within the second that is left of three.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>A camera may take its time to start, once.</summary>
    public static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(20);

    /// <summary>Pictures that do not come are noticed here without being told.</summary>
    private static readonly StatusFact[] Blinding = [.. StatusFacts.All.Where(fact => fact.Blinds == Blindness.NothingToSee)];

    private long _watchedUntil = StartPatience.Ticks;
    private long _blind;
    private long _standing;
    private long _doubtful;

    /// <param name="now">Since the watch was made, on the buzzer's clock.</param>
    public void Handle(TimeSpan now, in Observation seen, in Outcome outcome)
    {
        if (seen.Face is { Sight: not Sight.NoFrame }) Interlocked.Exchange(ref _watchedUntil, (now + Patience).Ticks);
        if (seen.Vehicle is { SpeedKmh: { } speed }) Interlocked.Exchange(ref _standing, speed > 0 ? 0 : 1);
        if (outcome.Events.IsDefaultOrEmpty) return;
        foreach (var happened in outcome.Events)
            if (happened is MonitorEvent.Status status) Handle(status);
    }

    /// <summary>Nobody watches, and the vehicle is not known to stand.</summary>
    public bool IsLost(TimeSpan now) =>
        (Interlocked.Read(ref _standing) == 0 || Interlocked.Read(ref _doubtful) != 0)
        && (Interlocked.Read(ref _blind) != 0 || now.Ticks >= Interlocked.Read(ref _watchedUntil));

    /// <summary>When to ask again, if nothing is heard meanwhile.</summary>
    public TimeSpan AskAgain(TimeSpan now)
    {
        var left = new TimeSpan(Interlocked.Read(ref _watchedUntil)) - now;
        return left > TimeSpan.Zero && left < Patience ? left : Patience;
    }

    private void Handle(MonitorEvent.Status status)
    {
        // Whoever forges a standstill must not silence this either.
        if (status.Kind == StatusKind.SpeedDoubtful)
            Interlocked.Exchange(ref _doubtful, 1);
        else if (status.Kind == StatusKind.Recovered && status.Detail == EventNames.Of(StatusKind.SpeedDoubtful))
            Interlocked.Exchange(ref _doubtful, 0);

        foreach (var fact in Blinding)
        {
            if (status.Kind == fact.Kind)
                Interlocked.Or(ref _blind, 1L << (int)fact.Kind);
            else if (status.Kind == StatusKind.Recovered && status.Detail == fact.Name)
                Interlocked.And(ref _blind, ~(1L << (int)fact.Kind));
        }
    }
}
