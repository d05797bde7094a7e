using DriverMonitor.Core.Signals;
using DriverMonitor.HeartRate.Bluez;
using DriverMonitor.Tests.HeartRate.Bluetoothd;
using DriverMonitor.Tests.Support;
using Xunit.Abstractions;

namespace DriverMonitor.Tests.HeartRate;

/// <summary>
/// Losses over a real bus, one after the other: 10 of them, 200 in the long form. Files and memory are the whole process's.
/// </summary>
[Collection(nameof(Alone))]
public sealed class StrapEnduranceTests(ITestOutputHelper output)
{
    private const string Ours = "A0:9E:1A:00:11:22";

    private static readonly string[] Losses =
    [
        $"drop {Ours}",
        "off",
        "stop; start",
        $"set {Ours} mute=1",
        "unplug; plug",
        $"remove {Ours}",
    ];

    [Fact]
    public async Task Losing_the_strap_again_and_again_leaves_no_file_no_name_and_no_memory_behind()
    {
        var losses = LongForm.IsWanted ? 200 : 10;
        await using var bluez = await FakeBluez.StartAsync();
        await bluez.Report($"strap {Ours} Polar_H10");
        using var strap = BluezStrap.Open(
            new() { Addresses = [Ours], Silence = TimeSpan.FromSeconds(1) }, null, TimeProvider.System, null, bluez.Address);
        await Handle(strap, "the first pulse");
        var names = await bluez.Names();
        var (files, memory) = (OpenFiles(), GC.GetTotalMemory(forceFullCollection: true));

        for (var i = 0; i < losses; i++)
        {
            foreach (var command in Losses[i % Losses.Length].Split("; ")) await bluez.Report(command);
            await Handle(strap, $"the pulse after loss {i}, {Losses[i % Losses.Length]}");
        }

        var grown = GC.GetTotalMemory(forceFullCollection: true) - memory;
        output.WriteLine($"{losses} losses: {OpenFiles() - files} more files, {await bluez.Names() - names} more names on the bus, {grown / 1024} KiB more memory");
        Assert.Equal(names, await bluez.Names());
        Assert.InRange(OpenFiles() - files, -100, 2);
        Assert.InRange(grown, long.MinValue, 256 * 1024);
        Assert.Equal(0, strap.Dropped);
    }

    private static int OpenFiles() => Directory.GetFiles("/proc/self/fd").Length;

    private static Task Handle(BluezStrap strap, string what) =>
        Eventually.Sees(
            what,
            () => strap.TryRead(TimeSpan.MaxValue / 2, out _, out var packet) && packet.Flaws.HasFlag(HeartFlaws.AfterBreak),
            withinSeconds: 60);
}
