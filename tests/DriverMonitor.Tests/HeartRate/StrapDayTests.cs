using DriverMonitor.Tests.Support;
using Xunit.Abstractions;

namespace DriverMonitor.Tests.HeartRate;

/// <summary>
/// A day and a night with a strap that is lost two hundred times, in every way there is. It looks at the memory of the whole
/// process.
/// </summary>
[Collection(nameof(Alone))]
public sealed class StrapDayTests(ITestOutputHelper output)
{
    private const int DropOuts = 200;
    private static readonly TimeSpan Bar = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Between = TimeSpan.FromHours(24) / DropOuts;

    private static readonly string[] Ways = ["away", "hangs up", "silent", "bluetoothd restarts", "adapter pulled", "swapped"];

    [Fact]
    public void Two_hundred_drop_outs_in_a_day_each_recover_and_leave_nothing_behind()
    {
        var world = new SimulatedBluez(
            new() { Addresses = ["A0:9E:1A:00:00:0A", "A0:9E:1A:00:00:0B"] },
            new("A0:9E:1A:00:00:0A"),
            new("A0:9E:1A:00:00:0B") { IsHere = false });
        var slowest = TimeSpan.Zero;
        long early = 0;
        var beats = 0;
        for (var i = 0; i < DropOuts; i++)
        {
            world.RunUntil(i * Between + Between / 2);
            var back = Lose(world, Ways[i % Ways.Length], i);
            beats += Check(world);
            world.RunUntil(back + Bar);
            Assert.True(world.Packets.Count > 0, $"Drop-out {i} ({Ways[i % Ways.Length]}): no pulse within {Bar} of the strap being back; {world.Status}.");
            if (world.Packets[0].At - back > slowest) slowest = world.Packets[0].At - back;
            Assert.InRange(world.Remembered, 1, 4);
            if (i == DropOuts / 10) early = GC.GetTotalMemory(forceFullCollection: true);
        }

        world.RunUntil(TimeSpan.FromHours(24));
        beats += Check(world);
        var grown = GC.GetTotalMemory(forceFullCollection: true) - early;
        output.WriteLine($"{beats} packets, slowest recovery {slowest.TotalSeconds:0.0} s, {grown / 1024} KiB more than after {DropOuts / 10} drop-outs, {world.Calls["Connect"]} calls");
        Assert.InRange(grown, long.MinValue, 64 * 1024);
        Assert.InRange(beats, 80_000, 86_400);
    }

    /// <summary>Loses the strap in one way, and says when there was one to be heard again.</summary>
    /// <param name="number">Which loss it is: none lasts as long as another, so that each return meets the search
    /// elsewhere.</param>
    private static TimeSpan Lose(SimulatedBluez world, string way, int number)
    {
        var odd = TimeSpan.FromSeconds(number * 1.7 % 15);
        var worn = world.Straps.First(strap => strap.IsHere);
        switch (way)
        {
            case "away":
                world.Leave(worn);
                world.RunUntil(world.Now + TimeSpan.FromSeconds(60) + odd);
                world.Come(worn);
                break;
            case "hangs up":
                world.HangUp(worn);
                break;
            case "silent":
                worn.MuteFor = 1;
                break;
            case "bluetoothd restarts":
                world.Happen("stop");
                world.RunUntil(world.Now + TimeSpan.FromSeconds(5) + odd);
                world.Happen("start");
                break;
            case "adapter pulled":
                world.Happen("unplug");
                world.RunUntil(world.Now + TimeSpan.FromSeconds(20) + odd);
                world.Happen("plug");
                break;
            case "swapped":
                world.Leave(worn);
                world.RunUntil(world.Now + TimeSpan.FromSeconds(40) + odd);
                world.Come(world.Straps.First(strap => strap != worn));
                break;
        }

        return world.Now;
    }

    private static int Check(SimulatedBluez world)
    {
        StrapStoryTests.NoDifferenceSpansAGap(world.Packets);
        var count = world.Packets.Count;
        world.Packets.Clear();
        return count;
    }
}
