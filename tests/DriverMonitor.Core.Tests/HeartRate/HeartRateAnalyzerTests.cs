using DriverMonitor.Core.HeartRate;
using DriverMonitor.Core.Signals;
using FsCheck.Xunit;

namespace DriverMonitor.Core.Tests.HeartRate;

public class HeartRateAnalyzerTests
{
    [Fact]
    public void Figures_come_as_their_windows_fill()
    {
        var watch = new HeartRateAnalyzer(new());
        var strap = new ScriptedStrap(Series.Waves(300));
        Assert.Equal(HeartReason.NoLink, watch.Step(TimeSpan.Zero).Reason);

        var at10 = Run(watch, strap, 1, 10);
        Assert.Equal((HeartReason.TooShort, HeartSource.Intervals), (at10.Reason, at10.Source));
        Assert.Equal(70.7, at10.BeatsPerMinute!.Value, 1.0);
        Assert.Null(at10.RmssdMs);

        var at35 = Run(watch, strap, 11, 35);
        Assert.Equal((true, 30, 0.6), (at35.Usable, at35.WindowSeconds, at35.RmssdTrust));
        Assert.Null(at35.SdnnMs);

        var at65 = Run(watch, strap, 36, 65);
        Assert.Equal((true, 60, 0.85, 0.5), (at65.Usable, at65.WindowSeconds, at65.RmssdTrust, at65.SdnnTrust));
        Assert.Equal(26.4, at65.RmssdMs!.Value, 1.0);
        Assert.Equal(33.4, at65.SdnnMs!.Value, 1.0);
        Assert.Null(at65.Rmssd120Ms);

        var at130 = Run(watch, strap, 66, 130);
        Assert.Equal(26.4, at130.Rmssd120Ms!.Value, 0.5);
        Assert.Equal(0, at130.MissingShare + at130.RejectedShare);
    }

    [Fact]
    public void A_strap_that_falls_off_for_a_minute_comes_back_without_a_false_difference()
    {
        var watch = new HeartRateAnalyzer(new());
        Run(watch, new ScriptedStrap(Series.Waves(100)), 1, 100);
        for (int second = 101; second <= 160; second++) watch.Step(At(second));
        Assert.Equal((HeartReason.NoLink, null), (watch.Step(At(160)).Reason, watch.Step(At(160)).BeatsPerMinute));

        // It returns with a rate so different that one false difference would show.
        var back = new ScriptedStrap([.. Enumerable.Range(0, 300).Select(i => 600.0 + 4 * (i % 2))]);
        double? first = null;
        for (int second = 161; second <= 260; second++)
        {
            watch.Add(At(second), back.Packet(second - 160));
            var now = watch.Step(At(second));
            if (second >= 165) Assert.Equal(HeartSource.Intervals, now.Source);
            if (second <= 160 + 12) Assert.Null(now.RmssdMs);
            else first ??= now.RmssdMs;
            if (now.RmssdMs is { } rmssd && second > 161 + 13) Assert.Equal(4, rmssd, 0.2);
            if (second == 160 + 33) Assert.Equal((true, 30), (now.Usable, now.WindowSeconds));
            if (second == 160 + 62) Assert.Equal((true, 60), (now.Usable, now.WindowSeconds));
        }

        Assert.NotNull(first);
    }

    public static TheoryData<string, Func<int, HeartPacket>, HeartReason, HeartSource> Sensors() =>
        new()
        {
            {
                "a wrist band that sends a rate only",
                s => new("w", 70 + s % 3, StrapContact.NotSupported, []),
                HeartReason.RateOnly,
                HeartSource.Rate
            },
            {
                "an optical sensor that froze",
                _ => new("w", 70, StrapContact.NotSupported, []),
                HeartReason.Frozen,
                HeartSource.Rate
            },
            {
                "a strap on the passenger seat",
                _ => new("w", null, StrapContact.NotDetected, []),
                HeartReason.StrapOff,
                HeartSource.None
            },
            { "a strap without pulse", _ => new("w", null, StrapContact.Detected, []), HeartReason.RateOnly, HeartSource.None },
            {
                "a strap that loses every other beat",
                s => new("w", 70, StrapContact.Detected, s % 2 == 0 ? [800] : []),
                HeartReason.TooManyGaps,
                HeartSource.Intervals
            },
        };

    [Theory]
    [MemberData(nameof(Sensors))]
    public void What_cannot_be_judged_says_why(string name, Func<int, HeartPacket> sensor, HeartReason reason, HeartSource source)
    {
        var watch = new HeartRateAnalyzer(new());
        for (int second = 1; second <= 90; second++) watch.Add(At(second), sensor(second));
        var now = watch.Step(At(90));

        Assert.True((reason, source, false) == (now.Reason, now.Source, now.Usable), $"{name}: {now}");
        Assert.Equal(reason == HeartReason.Frozen ? 0.2 : source == HeartSource.None ? 0 : 1, now.RateTrust);
    }

    [Fact]
    public void A_rhythm_without_rule_is_called_irregular_after_five_minutes()
    {
        // Intervals that jump by half and more, all the time.
        double[] wild = [.. Enumerable.Range(0, 900).Select(i => (i * 7919 % 13) switch { < 4 => 480.0, < 9 => 800, _ => 1300 })];
        var watch = new HeartRateAnalyzer(new());
        var strap = new ScriptedStrap(wild);

        Assert.NotEqual(HeartReason.IrregularRhythm, Run(watch, strap, 1, 300).Reason);
        Assert.Equal(HeartReason.IrregularRhythm, Run(watch, strap, 301, 480).Reason);
    }

    [Fact]
    public void Intervals_in_the_wrong_order_inside_a_packet_blur_and_do_not_break()
    {
        // Two beats a packet, and the strap sends the newer one first.
        var rr = Series.Waves(200);
        var (right, wrong) = (new HeartRateAnalyzer(new()), new HeartRateAnalyzer(new()));
        var at = 0.0;
        for (int i = 0; i + 1 < rr.Length; i += 2)
        {
            at += (rr[i] + rr[i + 1]) / 1000;
            right.Add(TimeSpan.FromSeconds(at), new("s", 70, StrapContact.Detected, [rr[i], rr[i + 1]]));
            wrong.Add(TimeSpan.FromSeconds(at), new("s", 70, StrapContact.Detected, [rr[i + 1], rr[i]]));
        }

        var (one, other) = (right.Step(TimeSpan.FromSeconds(at)), wrong.Step(TimeSpan.FromSeconds(at)));
        Assert.Equal((true, true, 0.0), (one.Usable, other.Usable, other.MissingShare + other.RejectedShare));
        Assert.Equal(one.BeatsPerMinute!.Value, other.BeatsPerMinute!.Value, 0.1);
        Assert.Equal(one.SdnnMs!.Value, other.SdnnMs!.Value, 0.5);
        Assert.Equal(1.56, other.RmssdMs!.Value / one.RmssdMs!.Value, 0.05); // and no more: hardware/strap.md says so
    }

    [Fact]
    public void A_slow_strong_heart_misses_no_beats()
    {
        var watch = new HeartRateAnalyzer(new());
        var now = Run(watch, new ScriptedStrap([.. Enumerable.Range(0, 100).Select(i => 1450.0 + 10 * (i % 3))]), 1, 120);
        Assert.Equal((true, 0.0), (now.Usable, now.MissingShare));
    }

    [Theory]
    [InlineData("0:100 30:104 60:110", 10.0)]
    [InlineData("0:100 60:110 70:0", null)]
    [InlineData("0:100 60:110 70:0 130:12", 12.0)]
    [InlineData("0:65500 60:65535", null)]
    [InlineData("0:100 59:110", null)]
    public void Energy_is_a_rate_and_a_reset_is_no_work(string readings, double? expected)
    {
        var rate = new EnergyRate();
        foreach (string reading in readings.Split(' '))
            rate.Add(At(int.Parse(reading.Split(':')[0])), int.Parse(reading.Split(':')[1]));
        Assert.Equal(expected, rate.PerMinute);
    }

    [Property]
    public void Any_packets_at_any_time_give_finite_figures(double[] steps, double[] intervals, byte[] sensor)
    {
        var watch = new HeartRateAnalyzer(new());
        double clock = 0;
        for (int i = 0; i < steps.Length; i++)
        {
            clock += double.IsFinite(steps[i]) ? Math.Clamp(steps[i], -5, 30) : 0;
            int flags = sensor.Length > 0 ? sensor[i % sensor.Length] : 0;
            watch.Add(
                TimeSpan.FromSeconds(clock),
                new($"{flags % 2}", flags, (StrapContact)(flags % 3), [.. intervals.Skip(i).Take(3)], flags * 100));
            var now = watch.Step(TimeSpan.FromSeconds(clock));

            double?[] all =
            [
                now.BeatsPerMinute,
                now.RmssdMs,
                now.SdnnMs,
                now.Pnn50,
                now.SqrtStressIndex,
                now.Rmssd120Ms,
                now.LnRmssd,
                now.KilojoulesPerMinute,
            ];
            Assert.All(all, value => Assert.True(value is null || double.IsFinite(value.Value)));
            Assert.InRange(now.MissingShare + now.RejectedShare, 0, 1);
        }
    }

    [Fact]
    public void A_second_costs_no_memory()
    {
        var watch = new HeartRateAnalyzer(new());
        var strap = new ScriptedStrap(Series.Waves(600));
        HeartPacket[] packets = [.. Enumerable.Range(1, 500).Select(s => strap.Packet(s))];
        for (int i = 0; i < 200; i++) Second(watch, packets[i], i + 1);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 200; i < 500; i++) Second(watch, packets[i], i + 1);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static void Second(HeartRateAnalyzer watch, in HeartPacket packet, int second)
    {
        watch.Add(At(second), packet);
        watch.Step(At(second));
    }

    private static HeartFeatures Run(HeartRateAnalyzer watch, ScriptedStrap strap, int from, int to)
    {
        HeartFeatures now = default;
        for (int second = from; second <= to; second++)
        {
            watch.Add(At(second), strap.Packet(second));
            now = watch.Step(At(second));
        }

        return now;
    }

    private static TimeSpan At(int seconds) => TimeSpan.FromSeconds(seconds);
}
