using DriverMonitor.Core.Signals;

namespace DriverMonitor.Recording;

/// <summary>The hands of a reading in a recording: how many, then four numbers each.</summary>
internal static class HandsEntry
{
    public static void Write(ref BlockWriter block, in HandsReading hands)
    {
        block.Byte((byte)(hands.Second is not null ? 2 : hands.First is not null ? 1 : 0));
        if (hands.First is { } first) Write(ref block, first);
        if (hands.Second is { } second) Write(ref block, second);
    }

    public static HandsReading Read(ref BlockReader block)
    {
        var count = block.Byte();
        if (count > 2) throw new InvalidDataException($"a driver with {count} hands is unknown");
        return new(count > 0 ? Hand(ref block) : null, count > 1 ? Hand(ref block) : null);
    }

    private static void Write(ref BlockWriter block, in HandReading hand)
    {
        block.Double(hand.Score);
        block.Double(hand.Aside);
        block.Double(hand.Below);
        block.Double(hand.Size);
    }

    private static HandReading Hand(ref BlockReader block) =>
        new(block.Double(), block.Double(), block.Double(), block.Double());
}
