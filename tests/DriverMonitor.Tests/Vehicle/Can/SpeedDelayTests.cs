using System.Buffers.Binary;
using System.Diagnostics;
using DriverMonitor.Camera;
using DriverMonitor.Cli;
using DriverMonitor.Core;
using DriverMonitor.Hosting;
using DriverMonitor.Monitoring;
using DriverMonitor.Tests.Support;
using DriverMonitor.Vehicle.Can;
using DriverMonitor.Vision;
using Xunit.Abstractions;

namespace DriverMonitor.Tests.Vehicle.Can;

/// <summary>
/// From a frame on the bus to the judgement: listener, reading and loop as in the service, frames through the kernel. Measured by
/// tests/long/can.sh.
/// </summary>
public sealed class SpeedDelayTests(ITestOutputHelper output)
{
    private const uint SpeedId = 0x100, NoiseId = 0x7FF;

    private static readonly CanSettings Settings = new()
    {
        Interface = "can0", Signals = new() { ["Speed"] = "0x100 0|16@1+ (0.01,0)" },
    };

    private const int Samples = 200, Sleeps = 10;

    private static readonly TimeSpan Bar = TimeSpan.FromMilliseconds(100);

    // Without pictures the loop turns as seldom as it ever does.
    [LongTheory]
    [InlineData("a quiet bus", 0)]
    [InlineData("1,000 other frames a second", 1_000)]
    [InlineData("a flood", 1_000_000)]
    public async Task A_speed_reaches_the_judgement(string name, int othersPerSecond)
    {
        using var stop = new CancellationTokenSource();
        var (vehicle, judged) = (new CanVehicle(CanSignals.Of(Settings), TimeProvider.System), new Judged());
        using var bus = new SocketPairBus();
        var listening = ListenAsync(bus, vehicle, stop.Token);
        var looping = Task.Factory.StartNew(
            () => Loop(vehicle, judged, stop.Token), stop.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var others = Task.Run(() => Disturb(bus, othersPerSecond, stop.Token));
        var (delays, random) = (new List<TimeSpan>(), new Random(3));
        var data = new byte[8];
        for (var i = 1; i <= Samples; i++)
        {
            await Task.Delay(random.Next(120, 220));
            BinaryPrimitives.WriteUInt16LittleEndian(data, (ushort)(1000 + 100 * i));
            var (began, speed) = (Stopwatch.GetTimestamp(), 10 + i);
            // A bus says it again and again; here every single one must arrive.
            bus.Say(SpeedId, data);
            await Eventually.Sees($"{speed} km/h", () => judged.Of(speed) is not null);
            delays.Add(Stopwatch.GetElapsedTime(began, judged.Of(speed)!.Value));
        }

        await stop.CancelAsync();
        bus.Dispose();
        await Task.WhenAll(looping, others, listening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        delays.Sort();
        var late = delays[(int)Math.Ceiling(0.99 * delays.Count) - 1];
        output.WriteLine(
            $"{name}: median {delays[delays.Count / 2].TotalMilliseconds:0.0} ms, p99 {late.TotalMilliseconds:0.0}, longest {delays[^1].TotalMilliseconds:0.0} of {delays.Count}; "
                + $"the judgement steps {judged.MedianGap.TotalMilliseconds:0.0} ms apart, at most {judged.LongestGap.TotalMilliseconds:0.0} ms");
        Assert.InRange(late, TimeSpan.Zero, Bar);
    }

    [LongTheory]
    [InlineData("a quiet bus", 0)]
    [InlineData("a flood", 1_000_000)]
    public async Task A_sleeping_driver_is_heard_as_soon(string name, int othersPerSecond)
    {
        using var stop = new CancellationTokenSource();
        var vehicle = new CanVehicle(CanSignals.Of(Settings), TimeProvider.System);
        using var bus = new SocketPairBus();
        var listening = ListenAsync(bus, vehicle, stop.Token);
        var others = Task.Run(() => Disturb(bus, othersPerSecond, stop.Token));
        var driving = Task.Run(() => Drive(bus, stop.Token));

        var said = ReactionBench.Measure(new(), Sleeps, TimeProvider.System, default, vehicle)
            .ToString(System.Globalization.CultureInfo.InvariantCulture);
        await stop.CancelAsync();
        bus.Dispose();
        await Task.WhenAll(others, driving, listening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        output.WriteLine($"{name}: {said}");
        Assert.Contains($"(n {2 * Sleeps} of", said, StringComparison.Ordinal);
    }

    private static Task ListenAsync(SocketPairBus bus, CanVehicle vehicle, CancellationToken stop)
    {
        bus.Filter(CanFilter.Encode(vehicle.Wanted));
        return new CanListener(
            Settings, _ => bus, () => null, () => null, vehicle, new DeviceStates(new ListLogger<DeviceStates>()).Of("can"),
            TimeProvider.System).RunAsync(stop);
    }

    /// <summary>80 to 90 km/h, a hundred times a second.</summary>
    private static void Drive(SocketPairBus bus, CancellationToken stop)
    {
        var data = new byte[8];
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(data, (ushort)(8000 + i % 1000));
            bus.Say(SpeedId, data);
            stop.WaitHandle.WaitOne(10);
        }
    }

    private static void Loop(CanVehicle vehicle, Judged judged, CancellationToken stop)
    {
        using var reader = new FaceReader(new(), default, TimeProvider.System);
        using var camera = new SilentCamera();
        using var feed = CameraFeed.Open(camera, TimeProvider.System);
        new MonitorLoop(feed, reader, null, vehicle, new MonitorPipeline(new()), judged).Run(stop);
    }

    private static void Disturb(SocketPairBus bus, int perSecond, CancellationToken stop)
    {
        var began = Stopwatch.GetTimestamp();
        for (var sent = 0L; !stop.IsCancellationRequested && perSecond > 0;)
        {
            for (; sent < Stopwatch.GetElapsedTime(began).TotalSeconds * perSecond && !stop.IsCancellationRequested; sent++)
                bus.Say(NoiseId, "01234567"u8);
            stop.WaitHandle.WaitOne(1);
        }
    }

    /// <summary>A camera that gives no picture.</summary>
    private sealed class SilentCamera : ICamera
    {
        private readonly ManualResetEventSlim _never = new();

        public bool IsLive => true;

        public int? FrameCount => null;

        public void Open()
        {
        }

        public Frame NewFrame() => new(8, 8, PixelLayout.Gray8);

        public bool Read(Frame frame, CancellationToken stop)
        {
            _never.Wait(stop);
            return false;
        }

        public void Close()
        {
        }

        public void Dispose() => _never.Dispose();
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class LongTheoryAttribute : TheoryAttribute
    {
        public LongTheoryAttribute() => Skip = LongForm.IsWanted ? null : "Measured by tests/long/can.sh.";
    }

    /// <summary>When the judgement first had each speed.</summary>
    private sealed class Judged : IEventSink
    {
        private readonly long[] _at = new long[1000];
        private readonly List<TimeSpan> _gaps = [];
        private long _stepped;

        public TimeSpan MedianGap => _gaps.Order().ElementAt(_gaps.Count / 2);

        public TimeSpan LongestGap => _gaps.Max();

        public long? Of(int kmh) => Volatile.Read(ref _at[kmh]) is > 0 and var at ? at : null;

        public void Emit(in Observation seen, in Outcome outcome)
        {
            var now = Stopwatch.GetTimestamp();
            if (_stepped != 0) _gaps.Add(Stopwatch.GetElapsedTime(_stepped, now));
            _stepped = now;
            if (seen.Vehicle?.SpeedKmh is { } kmh && _at[(int)Math.Round(kmh)] == 0)
                Volatile.Write(ref _at[(int)Math.Round(kmh)], Stopwatch.GetTimestamp());
        }
    }
}
