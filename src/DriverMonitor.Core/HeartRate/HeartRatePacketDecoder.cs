using System.Buffers.Binary;
using System.Collections.Immutable;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.HeartRate;

/// <summary>
/// Reads the Bluetooth Heart Rate Measurement characteristic (0x2A37): flags, rate of 8 or 16 bits, optional energy in
/// kilojoules, then beat intervals in 1/1024 s, oldest first; little-endian. Any bytes are survived.
/// </summary>
public static class HeartRatePacketDecoder
{
    private const int WideRate = 1, ContactDetected = 2, ContactSupported = 4, HasEnergy = 8, HasIntervals = 16;

    private static readonly HeartSettings Defaults = new();

    /// <summary>Decodes one notification; one that broke the format comes back as <see cref="HeartPacket.Malformed"/>.</summary>
    public static HeartPacket Decode(ReadOnlySpan<byte> bytes, string deviceId = "", HeartSettings? settings = null)
    {
        settings ??= Defaults;
        if (bytes.Length < 2) return Broken(deviceId);

        int flags = bytes[0];
        int rateBytes = (flags & WideRate) != 0 ? 2 : 1;
        int energyBytes = (flags & HasEnergy) != 0 ? 2 : 0;
        int head = 1 + rateBytes + energyBytes;
        if (bytes.Length < head) return Broken(deviceId);

        int rate = rateBytes == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[1..]) : bytes[1];
        int? energy = energyBytes == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(bytes[(1 + rateBytes)..]) : null;
        var contact = ContactIn(flags);
        if (contact == StrapContact.NotDetected)
            return new(deviceId, null, contact, [], energy, Flaws: HeartFlaws.StrapOff);

        var flaws = HeartFlaws.None;
        if (rate == 0) flaws |= HeartFlaws.NoPulse;
        else if (rate < settings.SlowestBpm || rate > settings.FastestBpm) flaws |= HeartFlaws.RateOutOfRange;
        int? believed = flaws == HeartFlaws.None ? rate : null;

        ReadOnlySpan<byte> tail = (flags & HasIntervals) != 0 ? bytes[head..] : [];
        if (tail.Length % 2 != 0) flaws |= HeartFlaws.TrailingByte;
        return new(deviceId, believed, contact, Intervals(tail), energy, Flaws: flaws);
    }

    private static HeartPacket Broken(string deviceId) =>
        new(deviceId, null, StrapContact.NotSupported, [], Malformed: true);

    // The "detected" bit means nothing while the "supported" bit is clear.
    private static StrapContact ContactIn(int flags) =>
        (flags & ContactSupported) == 0 ? StrapContact.NotSupported
        : (flags & ContactDetected) == 0 ? StrapContact.NotDetected
        : StrapContact.Detected;

    private static ImmutableArray<double> Intervals(ReadOnlySpan<byte> tail)
    {
        if (tail.Length < 2) return [];
        var intervals = ImmutableArray.CreateBuilder<double>(tail.Length / 2);
        for (int i = 0; i + 1 < tail.Length; i += 2)
            intervals.Add(BinaryPrimitives.ReadUInt16LittleEndian(tail[i..]) * 1000.0 / 1024);
        return intervals.MoveToImmutable();
    }
}
