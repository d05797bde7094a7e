using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Contact;

/// <summary>
/// The newest state of each vehicle since the last write: most messages of a fleet are states, and only the newest of them
/// counts.
/// Holds what came within one interval, then is empty again.
/// </summary>
internal sealed class ContactBoard
{
    /// <summary>How long a state may wait for its row.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>As many as one statement should carry; reached, they are written at once.</summary>
    private const int Most = 2_000;

    private readonly Dictionary<VehicleName, VehicleContact.State> _newest = [];
    private long _since;

    public bool IsEmpty => _newest.Count == 0;

    public void Update(VehicleContact.State state)
    {
        if (IsEmpty) _since = state.ReceivedAt;
        if (_newest.TryGetValue(state.Vehicle, out var before)
            && (before.Boot, before.Seq).CompareTo((state.Boot, state.Seq)) > 0) return;
        _newest[state.Vehicle] = state;
    }

    /// <summary>All of them if they are due, else none.</summary>
    public IReadOnlyList<VehicleContact> TakeDue(long now)
    {
        if (IsEmpty || (now - _since < Interval.TotalMilliseconds && _newest.Count < Most)) return [];
        List<VehicleContact> taken = [.. _newest.Values];
        _newest.Clear();
        return taken;
    }
}
