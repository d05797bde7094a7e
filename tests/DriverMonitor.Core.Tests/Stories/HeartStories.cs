using DriverMonitor.Core.HeartRate;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Tests.HeartRate;
using DriverMonitor.Core.Tests.Support;

namespace DriverMonitor.Core.Tests.Stories;

public class HeartStories
{
    //   name                       what the strap does second by second                                   what is told
    public static TheoryData<string, Func<int, HeartPacket?>, string> Straps => new()
    {
        { "worn", second => Beats(second), "" },
        { "never there", _ => null, "" },
        { "out of reach for a while", second => second is > 60 and < 80 ? null : Beats(second), "66.0 heart_lost, 80.0 recovered heart_lost" },
        { "taken off", second => second is > 60 and < 80 ? new("strap", null, StrapContact.NotDetected, []) : Beats(second), "63.0 strap_off, 80.0 recovered strap_off" },
        { "slips for a second", second => second == 60 ? new("strap", null, StrapContact.NotDetected, []) : Beats(second), "" },
        { "an optical sensor that lost the pulse", second => second < 20 ? Rate(60 + second) : Rate(second < 80 ? 80 : 81), "51.0 frozen_heart_rate, 80.0 recovered frozen_heart_rate" },
        { "a Polar H7 or H10 that hangs up every half minute", second => second % 30 < 3 ? null : Beats(second) with { Flaws = second % 30 == 3 ? HeartFlaws.AfterBreak : HeartFlaws.None }, "" },
        { "an optical band on the dashboard that says it feels skin", _ => Rate(70) with { Contact = StrapContact.Detected }, "32.0 frozen_heart_rate" },
        { "five seconds of beats in one packet, then nothing", second => second % 5 == 0 ? Beats(second) with { RrMs = [990, 1010, 990, 1010, 1000] } : null, "" },
    };

    [Theory]
    [MemberData(nameof(Straps))]
    public void A_strap_that_fails_is_told_of(string name, Func<int, HeartPacket?> strap, string timeline) =>
        Assert.Equal(
            (name, timeline), (name, Timeline.Of(Enumerable.Range(1, 100).Select(s => new Observation(At(s), Heart: strap(s))))));

    [Fact]
    public void A_rhythm_that_stays_irregular_is_told_of_once()
    {
        double[] wild = [600, 1000, 700, 1200, 620, 900];
        var strap = new ScriptedStrap([.. Enumerable.Range(0, 700).Select(i => wild[i * 5 % 6])]);
        Assert.Matches(
            @"^3\d\d\.0 irregular_rhythm$",
            Timeline.Of(Enumerable.Range(1, 500).Select(s => new Observation(At(s), Heart: strap.Packet(s)))));
    }

    [Fact]
    public void A_late_packet_belongs_to_its_own_time()
    {
        var pipeline = new MonitorPipeline(new());
        for (var second = 1; second <= 70; second++) pipeline.Step(new(At(second), Heart: Beats(second)));
        pipeline.Step(new(At(30), Heart: new HeartPacket("strap", 180, StrapContact.Detected, [330, 330])));
        var heart = pipeline.Step(new(At(71))).Scores!.Heart!.Value;
        Assert.Equal(
            (0, 60.0, 1.0),
            (pipeline.DroppedPackets, Math.Round(heart.BeatsPerMinute!.Value), heart.Silence!.Value.TotalSeconds));
    }

    [Fact]
    public void A_packet_older_than_the_drive_is_dropped()
    {
        var pipeline = new MonitorPipeline(new());
        for (var second = 10; second <= 20; second++) pipeline.Step(new(At(second), Heart: Beats(second)));
        pipeline.Step(new(At(5), Heart: Beats(5)));
        Assert.Equal(1, pipeline.DroppedPackets);
    }

    [Fact]
    public void A_record_holds_late_packets_in_their_place()
    {
        var (inOrder, late) = (new HeartRecord(new()), new HeartRecord(new()));
        foreach (
            var (record, order) in (ValueTuple<HeartRecord, Func<int, int>>[])
                [
                    (inOrder, second => second),
                    (
                        late,
                        second =>
                            second % 10 == 3 ? second + 2
                            : second % 10 == 5 ? second - 2
                            : second),
                ])
        {
            var pipeline = new MonitorPipeline(new(), record);
            for (var second = 1; second <= 700; second++) pipeline.Step(new(At(order(second)), Heart: Beats(order(second))));
        }

        // A line laid anew begins with the oldest packet still kept: one difference is lost there.
        var (expected, actual) = (inOrder.Summarise()!.Raw, late.Summarise()!.Raw);
        Assert.Equal((expected.Beats, expected.MeanRrMs, expected.RmssdMs), (actual.Beats, actual.MeanRrMs, actual.RmssdMs));
        Assert.InRange(actual.Pairs, expected.Pairs - 1, expected.Pairs);
    }

    [Fact]
    public void A_replay_ends_with_the_figures_of_the_whole_record()
    {
        var pipeline = new MonitorPipeline(new(), new HeartRecord(new()));
        var at = TimeSpan.Zero;
        foreach (var rr in Series.Waves(300))
        {
            at += TimeSpan.FromMilliseconds(rr);
            pipeline.Step(new(at, Heart: new HeartPacket("file", null, StrapContact.NotSupported, [rr])));
        }

        var total = Assert.IsType<Core.Events.MonitorEvent.HeartTotal>(Assert.Single(pipeline.Finish().Events));
        Assert.Equal(
            (26.43052, 33.37342, 0.0),
            (
                Math.Round(total.Summary.Raw.RmssdMs!.Value, 5),
                Math.Round(total.Summary.Cleaned.SdnnMs!.Value, 5),
                total.Summary.RejectedShare));
    }

    [Fact]
    public void A_jump_of_the_clock_starts_the_beats_anew_and_loses_none_of_the_record()
    {
        var record = new HeartRecord(new());
        var pipeline = new MonitorPipeline(new(), record);
        for (var second = 1; second <= 60; second++) pipeline.Step(new(At(second), Heart: Beats(second)));
        for (var second = 1001; second <= 1060; second++) pipeline.Step(new(At(second), Heart: Beats(second)));
        Assert.Equal(120, record.Summarise()!.Raw.Beats);
        Assert.Equal(118, record.Summarise()!.Raw.Pairs);
    }

    private static HeartPacket Beats(int second) => new("strap", 60, StrapContact.Detected, [second % 2 == 0 ? 990 : 1010]);

    private static HeartPacket Rate(int bpm) => new("watch", bpm, StrapContact.NotSupported, []);

    private static TimeSpan At(int second) => TimeSpan.FromSeconds(second);
}
