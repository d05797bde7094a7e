using System.Diagnostics;
using System.Globalization;
using System.Text;
using DriverMonitor.Core;
using DriverMonitor.Core.Events;
using DriverMonitor.Mqtt;
using DriverMonitor.Outbox;
using DriverMonitor.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Tests.Outbox;

/// <summary>
/// The real outbox and the real link in a process of their own, without camera and judgement: it starts in a quarter of a second,
/// so that it can be killed a thousand times.
/// </summary>
internal static class KillableVehicle
{
    /// <summary>As long as a real alert with six reasons.</summary>
    private const int BodyBytes = 656;

    /// <summary>Where this assembly lies: started by itself it is the vehicle.</summary>
    public static string Assembly { get; } = Path.Combine(AppContext.BaseDirectory, "DriverMonitor.Tests.dll");

    public static Process Start(params string[] arguments) =>
        Process.Start(
            new ProcessStartInfo("dotnet", [Assembly, .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;

    public static async Task<int> RunAsync(string[] args)
    {
        switch (args)
        {
            case ["send", var folder, var port, var first]:
                await SendAsync(folder, port, int.Parse(first, CultureInfo.InvariantCulture));
                return 0;
            case ["drain", var folder, var port]:
                await DrainAsync(folder, port);
                return 0;
            case ["write", var folder, var count]:
                await WriteAsync(folder, int.Parse(count, CultureInfo.InvariantCulture));
                return 0;
            case ["endure", var folder, var count]:
                await EndureAsync(folder, int.Parse(count, CultureInfo.InvariantCulture));
                return 0;
            case ["offline", var folder, var count]:
                await OfflineAsync(folder, int.Parse(count, CultureInfo.InvariantCulture));
                return 0;
            default:
                return 64;
        }
    }

    /// <summary>Raises alerts without end and says the number of each once it is on the disk.</summary>
    private static async Task SendAsync(string folder, string port, int first)
    {
        using var uplink = NewUplink(folder, port);
        _ = uplink.Link.RunAsync(CancellationToken.None);
        for (var number = first; ; number++)
        {
            var alert = new MonitorEvent.Alert(
                TimeSpan.FromSeconds(number),
                AlertPhase.Raised,
                AlertRule.EyesClosed,
                AlertLevel.Alarm,
                []);
            uplink.Sink.Emit(default, new Outcome(alert.At, default, new(AlertLevel.Alarm, AlertRule.EyesClosed), [alert]));
            await Eventually.Sees("the alert on the disk", () => uplink.Outbox.IsIdle);
            if (uplink.Outbox.IsDurable) Publish($"{number}");
        }
    }

    /// <summary>Sends what waits and stops.</summary>
    private static async Task DrainAsync(string folder, string port)
    {
        using var uplink = NewUplink(folder, port);
        using var stop = new CancellationTokenSource();
        var running = uplink.Link.RunAsync(stop.Token);
        await Eventually.Sees("an empty outbox", () => uplink.Outbox.Count.Waiting == 0, withinSeconds: 300);
        await stop.CancelAsync();
        await running;
    }

    /// <summary>
    /// Adds events and lets them go ten later, as a link does; says <c>+N</c> once N is on the disk and <c>-N</c> before it may
    /// go. At the end, what was written.
    /// </summary>
    private static async Task WriteAsync(string folder, int count)
    {
        using var box = new TestOutbox(folder);
        box.Outbox.NextAfter(0);
        var before = WrittenBytes();
        for (var number = 1; number <= count; number++)
        {
            await box.Add(bytes: BodyBytes);
            Publish($"+{number}");
            if (number > 1) box.Outbox.NextAfter(number);
            if (number <= 10) continue;
            Publish($"-{number - 10}");
            box.Outbox.Acknowledge(number - 10);
        }

        Publish($"={(WrittenBytes() - before) / count}");
    }

    /// <summary>Adds numbered events on a disk that fails for a while, and says what waits once it works again.</summary>
    private static async Task EndureAsync(string folder, int count)
    {
        using var box = new TestOutbox(folder);
        for (var number = 1; number <= count; number++)
        {
            var said = number;
            box.Outbox.Add(OutboxClass.Alert, TestOutbox.Topic, _ => Encoding.ASCII.GetBytes($"{said}"));
            await box.Idle();
        }

        await Eventually.Sees("a disk that works", () => box.Outbox.IsDurable, withinSeconds: 60);
        await Eventually.Sees("the news", () => box.Waiting().EndsWith("recovered", StringComparison.Ordinal), withinSeconds: 60);
        Publish(box.Waiting());
    }

    /// <summary>Adds events that nobody fetches, and says what memory they take after a tenth and at the end.</summary>
    private static async Task OfflineAsync(string folder, int count)
    {
        using var box = new TestOutbox(folder);
        await box.Add(count / 10, bytes: BodyBytes);
        Publish($"{GC.GetTotalMemory(forceFullCollection: true)}");
        await box.Add(count - count / 10, bytes: BodyBytes);
        Publish($"{GC.GetTotalMemory(forceFullCollection: true)}");
    }

    private static Uplink NewUplink(string folder, string port) => new(
        new() { Brokers = [$"127.0.0.1:{port}"], Tenant = "acme", Vehicle = "veh-0001", FirstConnectSpread = TimeSpan.Zero },
        new("face@1.2.0", "c41a"), TimeProvider.System, random: () => 0, NullLogger<MqttLink>.Instance, folder: folder);

    /// <summary>In one call, so that the line is out whole before the next thing happens.</summary>
    private static void Publish(string line)
    {
        using var output = Console.OpenStandardOutput();
        output.Write(Encoding.ASCII.GetBytes(line + "\n"));
    }

    private static long WrittenBytes() =>
        long.Parse(
            File.ReadLines("/proc/self/io").First(line => line.StartsWith("wchar: ", StringComparison.Ordinal))[
                "wchar: ".Length..
            ],
            CultureInfo.InvariantCulture);
}
