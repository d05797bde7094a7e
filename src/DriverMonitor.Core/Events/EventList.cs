using System.Collections.Immutable;

namespace DriverMonitor.Core.Events;

/// <summary>The events of one step, in order of time. Costs nothing while nothing happens.</summary>
public sealed class EventList
{
    private readonly List<MonitorEvent> _events = [];
    private TimeSpan _previous;

    /// <summary>A new step; nothing older than the step before may be told.</summary>
    public void Begin(TimeSpan previous) => _previous = previous;

    /// <summary>The time to tell an ending at: its own, unless lines have been told past it.</summary>
    public TimeSpan Stamp(TimeSpan endedAt, TimeSpan now) => endedAt > _previous && endedAt <= now ? endedAt : now;

    public void Add(MonitorEvent happened)
    {
        var place = _events.Count;
        while (place > 0 && _events[place - 1].At > happened.At) place--;
        _events.Insert(place, happened);
    }

    public ImmutableArray<MonitorEvent> Take()
    {
        if (_events.Count == 0) return [];
        ImmutableArray<MonitorEvent> taken = [.. _events];
        _events.Clear();
        return taken;
    }
}
