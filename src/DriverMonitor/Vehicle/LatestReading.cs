using DriverMonitor.Core.Signals;

namespace DriverMonitor.Vehicle;

/// <summary>
/// What a live source last said. Only the newest counts, so nothing is queued; after three seconds of silence the speed is
/// said to be unknown, once, because a car may have gone from anything to anything since.
/// </summary>
internal sealed class LatestReading(TimeProvider time)
{
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(3);

    private readonly Lock _gate = new();
    private VehicleReading? _newest;
    private long _heardAt;
    private bool _isTold = true;
    private bool _isStale;

    public void Set(VehicleReading reading)
    {
        lock (_gate) (_newest, _heardAt, _isTold, _isStale) = (reading, time.GetTimestamp(), false, false);
    }

    /// <summary>What is new since it was asked last, or null.</summary>
    public VehicleReading? Take()
    {
        lock (_gate)
        {
            if (_newest is not { } newest) return null;
            // A gateway falls asleep with the vehicle: its last word then stays true. For how long, the judgement decides.
            if (!newest.IsOff && time.GetElapsedTime(_heardAt) > Stale)
            {
                if (_isStale) return null;
                (_isTold, _isStale) = (true, true);
                return new VehicleReading(null);
            }

            if (_isTold) return null;
            _isTold = true;
            return newest;
        }
    }
}
