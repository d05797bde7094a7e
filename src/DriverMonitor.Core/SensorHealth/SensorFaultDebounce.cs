using DriverMonitor.Core.Events;

namespace DriverMonitor.Core.SensorHealth;

/// <summary>One lack of the monitor's own senses: told once after it has lasted, and once when it is over.</summary>
public sealed class SensorFaultDebounce(StatusKind kind, TimeSpan patience)
{
    private TimeSpan? _since;

    /// <summary>Told, and not yet over.</summary>
    public bool IsLacking { get; private set; }

    public StatusKind Kind => kind;

    /// <summary>Lacking as of the last answer, told or not yet.</summary>
    public bool IsSuspected => _since is not null || IsLacking;

    /// <summary>Steps, and says what changed.</summary>
    /// <param name="detail">What explains the lack; null for nothing.</param>
    public void Update(
        TimeSpan at, bool? lacking, EventList events, TimeSpan? since = null, TimeSpan? within = null, string? detail = null)
    {
        switch (Step(at, lacking, since, within))
        {
            case SenseChange.Lost:
                events.Add(new MonitorEvent.Status(at, kind, detail));
                break;
            case SenseChange.Recovered:
                events.Add(new MonitorEvent.Status(at, StatusKind.Recovered, EventNames.Of(kind)));
                break;
        }
    }

    /// <param name="lacking">Null while it cannot be said.</param>
    /// <param name="since">When it began, where that is known to be earlier than now.</param>
    /// <param name="within">Told so soon, where its cause leaves less time than usual.</param>
    public SenseChange Step(TimeSpan at, bool? lacking, TimeSpan? since = null, TimeSpan? within = null)
    {
        switch (lacking)
        {
            case true:
                _since ??= since ?? at;
                if (IsLacking || at - _since < (within ?? patience)) return SenseChange.None;
                IsLacking = true;
                return SenseChange.Lost;

            case false:
                _since = null;
                if (!IsLacking) return SenseChange.None;
                IsLacking = false;
                return SenseChange.Recovered;

            default:
                return SenseChange.None;
        }
    }

    public void Reset() => _since = null;
}

/// <summary>What changed about a sense.</summary>
public enum SenseChange { None, Lost, Recovered }
