using System.Collections.Immutable;
using DriverMonitor.Core;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Recording;

/// <summary>One observation in a recording, to the bit: which parts it has, its time, then these parts.</summary>
internal static class ObservationEntry
{
    [Flags]
    private enum Has : ushort
    {
        Nothing = 0,
        Face = 1,
        Heart = 2,
        Vehicle = 4,
        Wall = 8,
        Acknowledged = 16,
        Disputed = 32,
        Allowed = 64,
        Skin = 128,
        Sleep = 256,
        DisputedAlert = 512,
        Voice = 1024,
        Cab = 2048,
    }

    private const Has Everything = (Has)(2 * (int)Has.Cab - 1);

    /// <summary>No device runs longer without a start.</summary>
    private static readonly TimeSpan LongestDrive = TimeSpan.FromDays(10 * 366);

    private const byte FirstNumber = 1, SecondNumber = 2, Malformed = 4, IgnitionKnown = 4, IgnitionOn = 8;
    private const byte SatelliteKnown = 16, SwitchesKnown = 32;

    public static void Write(ref BlockWriter block, in Observation seen)
    {
        block.Short((ushort)WhatIsIn(seen));
        block.Long(seen.At.Ticks);
        if (seen.Face is { } face) FaceEntry.Write(ref block, face);
        if (seen.Heart is { } heart) Heart(ref block, heart);
        if (seen.Vehicle is { } vehicle)
        {
            var ignition = vehicle.IgnitionOn switch
            {
                true => IgnitionKnown | IgnitionOn,
                false => IgnitionKnown,
                null => 0,
            };
            var switches = VehicleSwitches.Pack(vehicle);
            Pair(
                ref block,
                vehicle.SpeedKmh,
                vehicle.SteeringDegrees,
                ignition | (vehicle.SatelliteKmh is null ? 0 : SatelliteKnown) | (switches == 0 ? 0 : SwitchesKnown));
            if (vehicle.SatelliteKmh is { } satellite)
                block.Double(satellite);
            if (switches != 0) block.Byte(switches);
        }

        if (seen.Wall is { } wall) Wall(ref block, wall);
        if (seen.Allowed is { } allowed) block.Byte((byte)allowed);
        if (seen.Skin is { } skin)
        {
            Pair(ref block, skin.ConductanceMicrosiemens, skin.TemperatureCelsius);
            block.Text(skin.DeviceId);
        }

        if (seen.Sleep is { } sleep)
        {
            block.Long(sleep.Awake.Ticks);
            block.Long(sleep.Slept?.Ticks ?? long.MinValue);
        }

        if (seen.DisputedAlert is { } alert)
        {
            block.Text(alert.Rule);
            block.Long(alert.RaisedAt.Ticks);
        }

        if (seen.Voice is { } voice) VoiceEntry.Write(ref block, voice);
        if (seen.Cab is { } cab) CabEntry.Write(ref block, cab);
    }

    public static Observation Read(ref BlockReader block)
    {
        var has = (Has)block.Short();
        if (has > Everything) throw new InvalidDataException("an observation has a part that is unknown");
        // In the order in which they were written: arguments are read from left to right.
        return new Observation(
            Moment(ref block),
            Face: (has & Has.Face) != 0 ? FaceEntry.Read(ref block) : null,
            Heart: (has & Has.Heart) != 0 ? Heart(ref block) : null,
            Vehicle: (has & Has.Vehicle) != 0 ? Vehicle(ref block) : null,
            Wall: (has & Has.Wall) != 0 ? Wall(ref block) : null,
            Acknowledged: (has & Has.Acknowledged) != 0,
            Disputed: (has & Has.Disputed) != 0,
            Allowed: (has & Has.Allowed) != 0 ? (Modalities)block.Byte() : null,
            Skin: (has & Has.Skin) != 0 ? Skin(ref block) : null,
            Sleep: (has & Has.Sleep) != 0 ? Sleep(ref block) : null,
            DisputedAlert: (has & Has.DisputedAlert) != 0 ? new AlertName(block.Text()!, Moment(ref block)) : null,
            Voice: (has & Has.Voice) != 0 ? VoiceEntry.Read(ref block) : null,
            Cab: (has & Has.Cab) != 0 ? CabEntry.Read(ref block) : null);
    }

    private static Has WhatIsIn(in Observation seen)
    {
        var has = Has.Nothing;
        if (seen.Face is not null) has |= Has.Face;
        if (seen.Heart is not null) has |= Has.Heart;
        if (seen.Vehicle is not null) has |= Has.Vehicle;
        if (seen.Wall is not null) has |= Has.Wall;
        if (seen.Acknowledged) has |= Has.Acknowledged;
        if (seen.Disputed) has |= Has.Disputed;
        if (seen.Allowed is not null) has |= Has.Allowed;
        if (seen.Skin is not null) has |= Has.Skin;
        if (seen.Sleep is not null) has |= Has.Sleep;
        if (seen.DisputedAlert is not null) has |= Has.DisputedAlert;
        if (seen.Voice is not null) has |= Has.Voice;
        if (seen.Cab is not null) has |= Has.Cab;
        return has;
    }

    private static void Heart(ref BlockWriter block, in HeartPacket heart)
    {
        var first = heart.BeatsPerMinute is null ? 0 : FirstNumber;
        var second = heart.EnergyKilojoules is null ? 0 : SecondNumber;
        block.Byte((byte)(first | second | (heart.Malformed ? Malformed : 0)));
        block.Byte((byte)heart.Contact);
        block.Int((int)heart.Flaws);
        if (heart.BeatsPerMinute is { } rate) block.Int(rate);
        if (heart.EnergyKilojoules is { } energy) block.Int(energy);
        block.Text(heart.DeviceId);
        var intervals = heart.RrMs.IsDefault ? [] : heart.RrMs.AsSpan();
        block.Short((ushort)(heart.RrMs.IsDefault ? ushort.MaxValue : intervals.Length));
        foreach (var interval in intervals) block.Double(interval);
    }

    private static HeartPacket Heart(ref BlockReader block)
    {
        var has = block.Byte();
        var (contact, flaws) = ((StrapContact)block.Byte(), (HeartFlaws)block.Int());
        if (contact > StrapContact.Detected) throw new InvalidDataException("a contact that is unknown");
        int? rate = (has & FirstNumber) != 0 ? block.Int() : null;
        int? energy = (has & SecondNumber) != 0 ? block.Int() : null;
        return new(block.Text()!, rate, contact, Intervals(ref block), energy, (has & Malformed) != 0, flaws);
    }

    private static ImmutableArray<double> Intervals(ref BlockReader block)
    {
        var count = block.Short();
        if (count == ushort.MaxValue) return default;
        var intervals = ImmutableArray.CreateBuilder<double>(count);
        for (var i = 0; i < count; i++) intervals.Add(block.Double());
        return intervals.MoveToImmutable();
    }

    private static void Pair(ref BlockWriter block, double? first, double? second, int more = 0)
    {
        block.Byte((byte)((first is null ? 0 : FirstNumber) | (second is null ? 0 : SecondNumber) | more));
        if (first is { } one) block.Double(one);
        if (second is { } other) block.Double(other);
    }

    private static (double? First, double? Second, byte Has) Pair(ref BlockReader block)
    {
        var has = block.Byte();
        double? first = (has & FirstNumber) != 0 ? block.Double() : null;
        double? second = (has & SecondNumber) != 0 ? block.Double() : null;
        return (first, second, has);
    }

    /// <summary>Where the vehicle was is nowhere: nothing is judged by it.</summary>
    private static VehicleReading Vehicle(ref BlockReader block)
    {
        var (speed, steering, has) = Pair(ref block);
        var reading = new VehicleReading(
            speed, steering, (has & IgnitionKnown) == 0 ? null : (has & IgnitionOn) != 0,
            SatelliteKmh: (has & SatelliteKnown) != 0 ? block.Double() : null);
        return (has & SwitchesKnown) != 0 ? VehicleSwitches.Unpack(block.Byte(), reading) : reading;
    }

    private static void Wall(ref BlockWriter block, in WallClock wall)
    {
        block.Long(wall.Local.Ticks);
        block.Short((ushort)(short)wall.Local.TotalOffsetMinutes);
        block.Byte((byte)(wall.Trusted ? 1 : 0));
    }

    private static WallClock Wall(ref BlockReader block)
    {
        var (ticks, minutes) = (block.Long(), (short)block.Short());
        try
        {
            var local = new DateTimeOffset(ticks, TimeSpan.FromMinutes(minutes));
            // What a drive adds or takes away must still be a date.
            return local.Year is > 100 and < 9900
                ? new(local, block.Byte() != 0)
                : throw new InvalidDataException("a time of day that cannot be");
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException("a time of day that cannot be", e);
        }
    }

    private static SkinReading Skin(ref BlockReader block)
    {
        var (conductance, temperature, _) = Pair(ref block);
        return new(conductance, temperature, block.Text()!);
    }

    private static SleepReading Sleep(ref BlockReader block)
    {
        var (awake, slept) = (block.Long(), block.Long());
        return new(Span(awake), slept == long.MinValue ? null : Span(slept));
    }

    /// <summary>Since the start of the drive.</summary>
    private static TimeSpan Moment(ref BlockReader block) =>
        Span(block.Long()) is var at && at >= TimeSpan.Zero && at <= LongestDrive
            ? at
            : throw new InvalidDataException("a moment that no drive has");

    private static TimeSpan Span(long ticks) =>
        CheckedTime.FromTicks(ticks) ?? throw new InvalidDataException("a time that cannot be");
}
