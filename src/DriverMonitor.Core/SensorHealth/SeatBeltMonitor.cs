using DriverMonitor.Core.Events;
using DriverMonitor.Core.Features;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.SensorHealth;

/// <summary>
/// Tells that the driver wears no belt, where an operator's own network looks for one. Most of the last looks must agree, for
/// ten seconds of driving; a status and no alert, since nothing here knows how often such a network is wrong.
/// </summary>
public sealed class SeatBeltMonitor : IModalityTracker
{
    /// <summary>From here on one look speaks for a belt that is worn.</summary>
    public const double WornFrom = PhoneUseTracker.LikelyFrom;

    private const int Looks = 5, Most = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SensorFaultDebounce _off = new(StatusKind.SeatBeltOff, Patience);
    private readonly bool[] _worn = new bool[Looks];
    private int _looked;

    /// <param name="worn">How sure it is that the belt is worn, 0..1; null when nobody looked.</param>
    public void Update(TimeSpan at, double? worn, bool isParked, EventList events)
    {
        if (worn is not (>= 0 and <= 1)) return;
        _worn[_looked++ % Looks] = worn >= WornFrom;
        _off.Update(at, isParked ? false : IsOff, events);
    }

    public void Reset()
    {
        _looked = 0;
        _off.Reset();
    }

    void IModalityTracker.Reset(TimeSpan before, TimeSpan at) => Reset();

    void IModalityTracker.ChangeDriver() => Reset();

    void IModalityTracker.Withdraw(Modalities withdrawn)
    {
        if ((withdrawn & Modalities.Camera) != 0) Reset();
    }

    private bool? IsOff
    {
        get
        {
            if (_looked < Looks) return null;
            var worn = 0;
            foreach (var one in _worn) worn += one ? 1 : 0;
            return worn >= Most ? false : Looks - worn >= Most ? true : null;
        }
    }
}
