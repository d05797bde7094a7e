using System.Globalization;
using DriverMonitor.Core;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;
using DriverMonitor.Gpio;
using DriverMonitor.Time;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DriverMonitor.Tests.Gpio;

public sealed class BuzzerTests
{
    private const int BuzzerLine = 17;
    private const int LampLine = 27;

    // Waveforms: "0.0-0.2" means high from 0.0 s until 0.2 s; an open end is still high when the story ends at 6.0 s.
    public static TheoryData<string, string, string> Stories => new()
    {
        { "nothing stands, nothing sounds", "0.0 None", "" },
        { "a notice is seen, not heard", "0.0 Notice/Fatigue", "" },
        { "a warning sounds once", "1.0 Warning/Fatigue", "1.0-1.2, 1.3-1.5" },
        { "a warning is cut short when it ends", "1.0 Warning/Fatigue, 1.1 None", "1.0-1.1" },
        { "an alarm sounds until it is over", "1.0 Alarm/EyesClosed, 2.2 None", "1.0-1.3, 1.5-1.8, 2.0-2.2" },
        { "an emergency is faster", "1.0 Emergency/EyesClosed, 1.5 None", "1.0-1.1, 1.2-1.3, 1.4-1.5" },
        { "escalation does not wait", "1.0 Warning/EyesClosed, 1.1 Alarm/EyesClosed, 2.0 None", "1.0-1.4, 1.6-1.9" },
        { "escalation from an alarm too", "1.0 Alarm/EyesClosed, 1.4 Emergency/EyesClosed, 1.7 None", "1.0-1.3, 1.4-1.5, 1.6-1.7" },
        { "an alarm that eases becomes a warning", "1.0 Alarm/EyesClosed, 1.4 Warning/Fatigue", "1.0-1.3, 1.4-1.6, 1.7-1.9" },
        { "a flickering alarm does not chatter", "1.0 Alarm/EyesClosed, 1.1 None, 1.2 Alarm/EyesClosed, 1.3 None, 1.4 Alarm/EyesClosed, 3.4 None",
            "1.0-1.1, 3.0-3.3" },
        { "a relapse after two seconds sounds at once", "1.0 Alarm/EyesClosed, 1.1 None, 3.1 Alarm/EyesClosed, 3.5 None", "1.0-1.1, 3.1-3.4" },
        { "another reason for the same tones does not stutter", "1.0 Alarm/EyesClosed, 1.4 Alarm/LongLookAway, 2.2 None", "1.0-1.3, 1.5-1.8, 2.0-2.2" },
        { "a second warning for another reason is heard", "0.0 Warning/Fatigue, 4.0 Warning/LongLookAway", "0.0-0.2, 0.3-0.5, 4.0-4.2, 4.3-4.5" },
        { "a second warning too soon waits its turn", "0.0 Warning/Fatigue, 1.0 Warning/LongLookAway", "0.0-0.2, 0.3-0.5, 2.0-2.2, 2.3-2.5" },
        { "an alert still standing at the end still sounds", "5.9 Alarm/EyesClosed", "5.9-" },
    };

    [Theory]
    [MemberData(nameof(Stories))]
    public void Plays_the_pattern_of_the_standing_alert(string story, string alerts, string waveform)
    {
        var (board, buzzer, time) = Build();
        Drive(buzzer, time, alerts, TimeSpan.FromSeconds(6));

        Assert.Equal($"{story}: {waveform}", $"{story}: {Waveform(board, BuzzerLine)}");
        buzzer.Dispose();
        board.Dispose();
    }

    public static TheoryData<string> Rows => [.. AlertTable.Rows.Select(row => $"{row.Level}/{row.Rule}")];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_alert_of_the_table_sounds_as_it_is_written(string row)
    {
        var alert = Parse(row);
        var time = new FakeTimeProvider();
        using var board = Board.Open(new() { BuzzerLine = BuzzerLine }, time);
        using var buzzer = new Buzzer(board, new(), standing => standing.Sound, time, NullLogger<Buzzer>.Instance);
        Drive(buzzer, time, $"0.0 {row}", TimeSpan.FromSeconds(5));

        // The slow and obvious way: lay beep after beep until the story ends.
        var pattern = AlertTable.Row(alert.Rule, alert.Level).Sound;
        var (edges, at) = (new List<TimeSpan>(), TimeSpan.Zero);
        do
        {
            foreach (var beep in pattern.Beeps)
            {
                edges.AddRange([at, at + beep.On]);
                at += beep.On + beep.Off;
            }
        }
        while (pattern.Repeats && at < TimeSpan.FromSeconds(5));

        Assert.Equal(edges.Where(edge => edge <= TimeSpan.FromSeconds(5)), board.Recording!.Edges.Select(edge => edge.At));
    }

    // The rule decides the table's colour; one lamp tells them by how fast it blinks.
    [Theory]
    [InlineData("1.0 Notice/Stress, 3.0 None", "1.0-3.0")]
    [InlineData("1.0 Warning/LongLookAway, 3.2 None", "1.0-1.5, 2.0-2.5, 3.0-3.2")]
    [InlineData("1.0 Warning/EyesClosed, 2.1 None", "1.0-1.25, 1.5-1.75, 2.0-2.1")]
    [InlineData("1.0 Emergency/EyesClosed, 1.4 None", "1.0-1.17, 1.34-1.4")]
    [InlineData("1.0 Notice/Stress, 2.0 Emergency/EyesClosed, 2.2 None", "1.0-2.17")]
    public void The_lamp_is_lit_or_blinks_while_an_alert_stands(string alerts, string waveform)
    {
        var (board, buzzer, time) = Build();
        Drive(buzzer, time, alerts, TimeSpan.FromSeconds(6));

        Assert.Equal(waveform, Waveform(board, LampLine));
        buzzer.Dispose();
        board.Dispose();
    }

    [Fact]
    public void Dispose_switches_everything_off_and_it_stays_off()
    {
        var (board, buzzer, time) = Build();
        Drive(buzzer, time, "0.0 Alarm/EyesClosed", TimeSpan.FromSeconds(1.1));
        buzzer.Dispose();
        time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal("0.0-0.3, 0.5-0.8, 1.0-1.1", Waveform(board, BuzzerLine));
        Assert.Equal("0.0-0.17, 0.34-0.51, 0.68-0.85, 1.02-1.1", Waveform(board, LampLine));
        board.Dispose();
    }

    [Fact]
    public void Low_active_wiring_starts_high_and_turns_around()
    {
        var (board, buzzer, time) = Build(new() { ActiveLow = true, BuzzerLine = BuzzerLine });
        Drive(buzzer, time, "1.0 Alarm/EyesClosed, 1.2 None", TimeSpan.FromSeconds(2));

        Assert.Equal("0.0-1.0, 1.2-", Waveform(board, BuzzerLine));
        buzzer.Dispose();
        board.Dispose();
    }

    [Fact]
    public void Saying_the_same_again_allocates_nothing()
    {
        var (board, buzzer, _) = Build();
        var outcome = At(new(AlertLevel.Alarm, AlertRule.EyesClosed));
        buzzer.Emit(default, outcome);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 500; i++) buzzer.Emit(default, outcome);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        buzzer.Dispose();
        board.Dispose();
    }

    [Fact]
    public void A_busy_thread_pool_does_not_delay_the_alarm()
    {
        using var board = Board.Open(new() { BuzzerLine = BuzzerLine }, TimeProvider.System);
        using var buzzer = new Buzzer(board, new(), Table, new DedicatedThreadTimeProvider(), NullLogger<Buzzer>.Instance);
        // The pool adds a thread or two a second, so this many blocked calls keep it busy for longer than the test waits.
        // Not disposed: some of them begin to wait after the test has ended.
        var release = new ManualResetEvent(false);
        for (var i = 0; i < 100; i++) ThreadPool.QueueUserWorkItem(_ => release.WaitOne());

        buzzer.Emit(default, At(new(AlertLevel.Alarm, AlertRule.EyesClosed)));
        var played = SpinWait.SpinUntil(() => board.Recording!.Edges.Count >= 3, TimeSpan.FromSeconds(5));

        release.Set();
        Assert.True(played, "The alarm should have begun twice, half a second apart.");
        Assert.InRange((board.Recording!.Edges[1].At - board.Recording.Edges[0].At).TotalSeconds, 0.3, 1.0);
    }

    [Fact]
    public void The_demo_can_show_what_was_heard()
    {
        var (board, buzzer, time) = Build();
        Drive(buzzer, time, "0.0 Alarm/EyesClosed, 1.0 None", TimeSpan.FromSeconds(2));

        var shown = board.Recording!.Render(BuzzerLine, TimeSpan.Zero, TimeSpan.FromSeconds(1.5), TimeSpan.FromMilliseconds(100));
        Assert.Equal("♪ ▮▮▮▯▯▮▮▮▯▯▯▯▯▯▯", shown);
        buzzer.Dispose();
        board.Dispose();
    }

    private static (Board, Buzzer, FakeTimeProvider) Build(GpioSettings? settings = null)
    {
        var time = new FakeTimeProvider();
        settings ??= new() { BuzzerLine = BuzzerLine, LampLine = LampLine };
        var board = Board.Open(settings, time);
        return (board, new(board, settings, Table, time, NullLogger<Buzzer>.Instance), time);
    }

    private static readonly SoundPattern TwoTones = new("two-tones", 2000, [Beep(0.2, 0.1), Beep(0.2, 0.1)], Repeats: false);
    private static readonly SoundPattern Urgent = new("urgent", 2700, [Beep(0.3, 0.2)], Repeats: true);
    private static readonly SoundPattern Frantic = new("frantic", 3000, [Beep(0.1, 0.1)], Repeats: true);

    private static SoundPattern Table(StandingAlert alert) => alert.Level switch
    {
        AlertLevel.Warning => TwoTones,
        AlertLevel.Alarm => Urgent,
        AlertLevel.Emergency => Frantic,
        _ => SoundPattern.Silence,
    };

    private static Beep Beep(double on, double off) => new(TimeSpan.FromSeconds(on), TimeSpan.FromSeconds(off));

    private static Outcome At(StandingAlert alert) => new(TimeSpan.Zero, default, alert, []);

    /// <summary>Ten judgements a second, as from a slow camera; time goes on in steps of 10 ms.</summary>
    private static void Drive(Buzzer buzzer, FakeTimeProvider time, string alerts, TimeSpan length)
    {
        var script = alerts
            .Split(", ")
            .Select(part => part.Split(' '))
            .Select(part =>
                (At: TimeSpan.FromSeconds(double.Parse(part[0], CultureInfo.InvariantCulture)), Alert: Parse(part[1])))
            .ToArray();
        for (var at = TimeSpan.Zero; at < length; at += TimeSpan.FromMilliseconds(10))
        {
            if (at.Milliseconds % 100 == 0)
                buzzer.Emit(
                    default,
                    At(script.LastOrDefault(entry => entry.At <= at, (At: TimeSpan.Zero, Alert: StandingAlert.None)).Alert));
            time.Advance(TimeSpan.FromMilliseconds(10));
        }
    }

    private static StandingAlert Parse(string text)
    {
        var parts = text.Split('/');
        return new(Enum.Parse<AlertLevel>(parts[0]), parts.Length > 1 ? Enum.Parse<AlertRule>(parts[1]) : default);
    }

    private static string Waveform(Board board, int line)
    {
        var edges = board.Recording!.Edges.Where(edge => edge.Line == line);
        return string.Concat(edges.Select(edge => edge.High ? $", {Seconds(edge)}-" : Seconds(edge))).TrimStart(',', ' ');
    }

    private static string Seconds(Edge edge) => edge.At.TotalSeconds.ToString("0.0#", CultureInfo.InvariantCulture);
}
