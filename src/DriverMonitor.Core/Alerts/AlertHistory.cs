using DriverMonitor.Core.Events;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Alerts;

/// <summary>What was said to the driver and may still be called wrong; nothing can be disputed twice.</summary>
internal sealed class AlertHistory
{
    /// <summary>A day has fewer, or something else is wrong; then the oldest go.</summary>
    private const int Most = 200;

    /// <summary>A button does not show which alert was the last: after this long nobody is sure.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    private readonly List<Said> _all = [];
    private MonitorEvent.Alert? _last;

    public void Record(MonitorEvent.Alert alert)
    {
        _last = alert;
        if (alert.Phase == AlertPhase.Escalated && Newest(alert.Rule) is var place and >= 0)
        {
            _all[place] = _all[place] with { Alert = alert, IsDisputed = false };
            return;
        }

        if (_all.Count == Most) _all.RemoveAt(0);
        _all.Add(new(alert.At, alert, IsDisputed: false));
    }

    /// <summary>The alert of the last ten minutes that spoke last; null if there is none or it was disputed.</summary>
    public MonitorEvent.Alert? DisputeLast(TimeSpan at)
    {
        if (_last is { } last && at - last.At <= Remembered) return Dispute(Newest(last.Rule));
        _last = null;
        return null;
    }

    /// <summary>The alert of this name, at the level it rose to; null if there is none or it was disputed.</summary>
    public MonitorEvent.Alert? Dispute(AlertName name) =>
        Dispute(_all.FindLastIndex(said => said.RaisedAt == name.RaisedAt && AlertTable.NameOf(said.Alert.Rule) == name.Rule));

    public void Reset()
    {
        _all.Clear();
        _last = null;
    }

    private MonitorEvent.Alert? Dispute(int place)
    {
        if (place < 0 || _all[place].IsDisputed) return null;
        _all[place] = _all[place] with { IsDisputed = true };
        if (ReferenceEquals(_all[place].Alert, _last)) _last = null;
        return _all[place].Alert;
    }

    private int Newest(AlertRule rule) => _all.FindLastIndex(said => said.Alert.Rule == rule);

    private readonly record struct Said(TimeSpan RaisedAt, MonitorEvent.Alert Alert, bool IsDisputed);
}
