namespace DriverMonitor.Tests.Support;

/// <summary>Bytes that no honest program sends; the same ones every time.</summary>
internal static class Fuzz
{
    /// <summary>How often a parser is tried: 5,000 times, and two hundred times as often in the long form.</summary>
    public static int Rounds { get; } = LongForm.IsWanted ? 1_000_000 : 5_000;

    public static byte[] Bytes(Random random, int longest)
    {
        var bytes = new byte[random.Next(longest)];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>A sound message with a few bytes changed, and sometimes cut short.</summary>
    public static byte[] Damage(Random random, byte[] message)
    {
        byte[] damaged = [.. message];
        for (var i = random.Next(1, 4); i > 0; i--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
        return random.Next(4) == 0 ? damaged[..random.Next(damaged.Length)] : damaged;
    }
}
