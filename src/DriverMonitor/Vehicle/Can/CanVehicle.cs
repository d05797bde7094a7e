using DriverMonitor.Core.Can;
using DriverMonitor.Core.Signals;
using DriverMonitor.Hosting;

namespace DriverMonitor.Vehicle.Can;

/// <summary>
/// What the vehicle's bus says: give its frames to <see cref="Handle"/>, on any thread. What was not said again for a while is
/// unknown, each value by itself; a vehicle that was switched off stays so when its bus falls asleep.
/// </summary>
internal sealed class CanVehicle(CanSignals signals, TimeProvider time) : IVehicle
{
    private const double FastestKmh = 400, FastestBackKmh = 100, FarthestSteering = 2000;

    /// <summary>Buses say a speed ten times a second and more, and OBD answers twice a second.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(2);

    /// <summary>Lamps flash 60 to 120 times a minute (UN Regulation 48): a dark second and a half is none.</summary>
    private static readonly TimeSpan Blink = TimeSpan.FromSeconds(1.5);

    private readonly Lock _gate = new();
    private SignalValue _speed, _obdSpeed, _engineRuns, _ignition, _steering, _left, _right, _wipers, _door;
    private VehicleReading? _said;
    private long _heardAt;
    private bool _isNew;
    private long _frames, _used;

    /// <summary>The frames that it has to be given; others say nothing to it.</summary>
    public IReadOnlyList<CanIdRange> Wanted { get; } = signals.Wanted;

    /// <summary>Frames of the bus, whatever they hold.</summary>
    public long Frames => Interlocked.Read(ref _frames);

    /// <summary>Frames that held something of what the settings name.</summary>
    public long Used => Interlocked.Read(ref _used);

    public void Handle(in CanFrame frame)
    {
        Interlocked.Increment(ref _frames);
        var now = time.GetTimestamp();
        lock (_gate)
        {
            var isUsed = Take(ref _speed, signals.Speed, frame, now) | Take(ref _steering, signals.Steering, frame, now)
                | TakeSwitch(ref _ignition, signals.Ignition, frame, now) | TakeSwitch(ref _wipers, signals.Wipers, frame, now)
                | TakeSwitch(ref _door, signals.Door, frame, now) | TakeLamp(ref _left, signals.IndicatorLeft, frame, now)
                | TakeLamp(ref _right, signals.IndicatorRight, frame, now) | (signals.ReadsObd && TakeObd(frame, now));
            if (!isUsed) return;
            (_isNew, _heardAt) = (true, now);
        }

        Interlocked.Increment(ref _used);
    }

    public VehicleReading? Read(TimeSpan at)
    {
        lock (_gate)
        {
            if (_said is null && !_isNew) return null;
            var isAsleep = time.GetElapsedTime(_heardAt) > Stale;
            // The bus falls asleep with the vehicle: its last word stays true. For how long, the judgement decides.
            if (isAsleep && !_isNew && _said is { IsOff: true }) return null;
            var reading = Compose();
            if (!_isNew && reading == _said) return null;
            (_said, _isNew) = (reading, false);
            return reading;
        }
    }

    private VehicleReading Compose() => new(
        SpeedOf(Fresh(_speed) ?? Fresh(_obdSpeed)),
        Fresh(_steering) is >= -FarthestSteering and <= FarthestSteering and var degrees ? degrees : null,
        Switch(_ignition) ?? (Fresh(_engineRuns) is > 0 ? true : null),
        Indicator: Lamps(), WipersOn: Switch(_wipers), DoorOpen: Switch(_door));

    private static double? SpeedOf(double? kmh) =>
        kmh is >= -FastestBackKmh and <= FastestKmh and var speed ? Math.Abs(speed) : null;

    /// <summary>Both together are the hazard lights, which show no turn.</summary>
    private Indicator? Lamps()
    {
        var (left, right) = (Lamp(_left), Lamp(_right));
        return left is null && right is null ? null
            : left == right ? Indicator.Off
            : left == true ? Indicator.Left
            : right == true ? Indicator.Right
            : Indicator.Off;
    }

    private bool? Lamp(in SignalValue lamp) =>
        lamp.SaidAt is not { } saidAt || time.GetElapsedTime(saidAt) > Stale ? null
        : lamp.OnAt is { } onAt && time.GetElapsedTime(onAt) <= Blink;

    private bool? Switch(in SignalValue value) => Fresh(value) is { } on ? on != 0 : null;

    private double? Fresh(in SignalValue value) =>
        value.SaidAt is { } saidAt && time.GetElapsedTime(saidAt) <= Stale ? value.Value : null;

    /// <summary>"Not available" is said too: what was known is unknown at once.</summary>
    private static bool Take(ref SignalValue value, CanSignal? signal, in CanFrame frame, long now)
    {
        if (signal is null || frame.Id != signal.Id || !signal.IsIn(frame)) return false;
        value = value with { Value = signal.Read(frame), SaidAt = now };
        return true;
    }

    private static bool TakeSwitch(ref SignalValue value, CanSignal? signal, in CanFrame frame, long now)
    {
        if (!Take(ref value, signal, frame, now)) return false;
        if (value.Value is { } read) value = value with { Value = signal!.IsOn(read) ? 1 : 0 };
        return true;
    }

    private static bool TakeLamp(ref SignalValue value, CanSignal? signal, in CanFrame frame, long now)
    {
        if (!TakeSwitch(ref value, signal, frame, now)) return false;
        if (value.Value > 0) value = value with { OnAt = now };
        return true;
    }

    private bool TakeObd(in CanFrame frame, long now)
    {
        if (ObdFrames.Read(frame) is not { } answer) return false;
        if (answer.SpeedKmh is { } kmh) _obdSpeed = new(kmh, now, null);
        if (answer.EngineRpm is { } rpm) _engineRuns = new(rpm, now, null);
        return true;
    }

    /// <param name="Value">Null where the vehicle says that it does not know.</param>
    /// <param name="SaidAt">Timestamp; null for never.</param>
    /// <param name="OnAt">When a switch was last on; null for never.</param>
    private readonly record struct SignalValue(double? Value, long? SaidAt, long? OnAt);
}
