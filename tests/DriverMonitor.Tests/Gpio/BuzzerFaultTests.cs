using DriverMonitor.Core;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;
using DriverMonitor.Gpio;
using DriverMonitor.Hosting;
using DriverMonitor.Tests.Outbox;
using DriverMonitor.Tests.Support;
using DriverMonitor.Time;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DriverMonitor.Tests.Gpio;

/// <summary>Lines that fail by themselves, and a fault in what plays them.</summary>
public sealed class BuzzerFaultTests
{
    private static readonly GpioSettings Wired = new() { BuzzerLine = 17, LampLine = 27, RelayLine = 24 };
    private static readonly StandingAlert Alarm = new(AlertLevel.Alarm, AlertRule.EyesClosed);

    private static readonly Dictionary<string, Exception> Kinds = new()
    {
        ["refused"] = new IOException("no such device"),
        ["forbidden"] = new UnauthorizedAccessException("not permitted"),
        ["a bug in the driver"] = new ArgumentException("no such line"),
        ["a number at its limit"] = new OverflowException(),
        ["not there any more"] = new DllNotFoundException("libgpiod"),
    };

    public static TheoryData<string, int> BrokenBeside
    {
        get
        {
            var rows = new TheoryData<string, int>();
            foreach (var kind in Kinds.Keys)
            {
                rows.Add(kind, 27);
                rows.Add(kind, 24);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(BrokenBeside))]
    public void A_broken_lamp_or_relay_changes_nothing_of_the_sound(string kind, int line)
    {
        var broken = Play((at, asked) => asked == line ? Kinds[kind] : null);

        Assert.Equal(Heard(Play((at, asked) => null).Edges), Heard(broken.Edges));
        Assert.Contains(broken.Edges, edge => edge.Line == 51 - line); // the other of the two still follows
        Assert.Single(broken.Log.Lines, text => text.Contains("does not take commands", StringComparison.Ordinal));
    }

    public static TheoryData<string> EveryKind => [.. Kinds.Keys];

    [Theory]
    [MemberData(nameof(EveryKind))]
    public void A_buzzer_that_failed_sounds_again_as_soon_as_it_can_and_both_is_told(string kind)
    {
        var second = TimeSpan.FromSeconds(1);
        var drive = Play((at, line) => line == 17 && at > second && at < 2 * second ? Kinds[kind] : null);

        Assert.Contains(drive.Edges, edge => edge is { Line: 17, High: true } && edge.At < second);
        Assert.Contains(drive.Edges, edge => edge is { Line: 17, High: true } && edge.At >= 2 * second);
        Assert.Equal([StatusKind.BuzzerLost, StatusKind.Recovered], drive.Told.Select(told => told.Kind));
        Assert.Equal("buzzer_lost", drive.Told[1].Detail);
    }

    [Fact]
    public async Task A_bug_on_the_buzzers_thread_ends_the_program_with_70_and_one_report()
    {
        using var process = KillableVehicle.Start("buzzer-bug");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var errors = await process.StandardError.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);

        Assert.True(process.ExitCode == ExitCode.OurBug, $"{process.ExitCode}: {errors}");
        Assert.StartsWith("drivermonitor: this is a bug in the program", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled exception", errors, StringComparison.Ordinal);
    }

    /// <summary>In a process of its own: a buzzer whose table throws.</summary>
    internal static int RunWithBug()
    {
        CrashExit.Install();
        using var board = Board.Open(Wired, TimeProvider.System);
        using var buzzer = new Buzzer(
            board,
            Wired,
            alert => alert.Level == AlertLevel.None ? SoundPattern.Silence : throw new NotImplementedException("ordered to fail"),
            new DedicatedThreadTimeProvider(),
            NullLogger<Buzzer>.Instance);
        buzzer.Emit(default, At(TimeSpan.Zero));
        Thread.Sleep(TimeSpan.FromSeconds(50));
        return 0;
    }

    /// <summary>Four seconds of an alarm.</summary>
    private static (IReadOnlyList<Edge> Edges, ListLogger<Buzzer> Log, List<MonitorEvent.Status> Told) Play(
        Func<TimeSpan, int, Exception?> fault)
    {
        var time = new FakeTimeProvider();
        var (log, told) = (new ListLogger<Buzzer>(), new StatusList());
        using var board = Board.Open(Wired, time);
        var start = time.GetTimestamp();
        board.Recording!.BeforeWrite = line =>
        {
            if (fault(time.GetElapsedTime(start), line) is { } thrown) throw thrown;
        };
        using var buzzer = new Buzzer(board, Wired, alert => alert.Sound, time, log);
        var health = new BuzzerHealth(buzzer, told);
        for (var at = TimeSpan.Zero; at < TimeSpan.FromSeconds(4); at += TimeSpan.FromMilliseconds(10))
        {
            buzzer.Emit(default, At(at));
            health.Emit(default, At(at));
            time.Advance(TimeSpan.FromMilliseconds(10));
        }

        return ([.. board.Recording.Edges], log, told);
    }

    private static IEnumerable<Edge> Heard(IEnumerable<Edge> edges) => edges.Where(edge => edge.Line == 17);

    private static Outcome At(TimeSpan at) => new(at, default, Alarm, []);

    private sealed class StatusList : List<MonitorEvent.Status>, IEventSink
    {
        public void Emit(in Observation seen, in Outcome outcome) => AddRange(outcome.Events.OfType<MonitorEvent.Status>());
    }
}
