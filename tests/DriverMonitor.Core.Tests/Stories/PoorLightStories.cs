using DriverMonitor.Core.Events;
using DriverMonitor.Core.Tests.Support;

namespace DriverMonitor.Core.Tests.Stories;

/// <summary>Eyes in the dark, in noise, behind lenses and hands: judged where they can be, and said where they cannot.</summary>
public class PoorLightStories
{
    private const string Day = "light 0.6 0.01", Dark = "light 0.1 0.005", Noisy = "light 0.4 0.1", Night = "light 0.03 0.003";

    public static TheoryData<string, string, string> Drives => new()
    {
        { "shut eyes that the dark shows half open", $"20s open {Dark}; 4s lids 0.5 {Dark}; 5s open {Dark}", "22.0 raised eyes_closed 2, 23.5 escalated eyes_closed 3, 26.3 cleared eyes_closed 3" },
        { "the same in a sensor's noise", $"20s open {Noisy}; 4s lids 0.5 {Noisy}; 5s open {Noisy}", "22.0 raised eyes_closed 2, 23.5 escalated eyes_closed 3, 26.3 cleared eyes_closed 3" },
        { "lids that droop by day", $"20s open {Day}; 20s lids 0.45 {Day}; 5s open {Day}", "" },
        { "lids half down for less than two seconds in the dark", $"20s open {Dark}; 1.5s lids 0.5 {Dark}; 5s open {Dark}", "" },
        { "a look at the dashboard in the dark", $"20s gaze 0 0 {Dark}; 2.5s gaze 0 -25 lids 0.5 {Dark}; 5s gaze 0 0 {Dark}", "22.7 look_away 2.5" },
        { "no light to speak of: said at once", $"6s open {Night}; 5s open {Day}", "2.5 eyes_not_visible, 6.0 recovered eyes_not_visible" },
        { "no light to speak of, and asleep: both", $"10s open {Night}; 4s lids 0.6 {Night}; 5s open {Night}", "2.5 eyes_not_visible, 12.1 raised eyes_closed 2, 13.6 escalated eyes_closed 3, 16.3 cleared eyes_closed 3" },
        { "asleep at night, and the lids seem to flutter", $"10s open {Night}; {Repeat($"0.3s lids 0 {Night}; 0.05s lids 0.6 {Night}", 9)}; 5s open {Night}", "2.5 eyes_not_visible, 11.8 raised eyes_closed 2, 13.1 microsleep 2.6, 15.4 cleared eyes_closed 2" },
        { "headlights that pass change nothing", $"{Repeat($"0.5s open {Night}; 0.5s open {Day}", 12)}", "" },
        { "opaque lenses", $"6s open {Day} patch 0 0; 5s open {Day} patch 0.6 0.6", "2.5 eyes_not_visible, 6.0 recovered eyes_not_visible" },
        { "irises drawn on opaque lenses look nowhere", $"10s gaze 0 0 {Day} patch 0.6 0.6; 5s gaze 30 0 {Day} patch 0 0", "12.5 eyes_not_visible" },
        { "dark lenses through which little is seen", $"6s open {Day} patch 0.15 0.17", "2.5 eyes_not_visible" },
        { "eyes of little contrast far away, where blur takes it", $"6s open {Day} patch 0.2 0.2 place 0.5 32", "" },
        { "the same nearer, where a lens takes it", $"6s open {Day} patch 0.2 0.2 place 0.5 90", "2.5 eyes_not_visible" },
        { "opaque lenses far away", $"6s open {Day} patch 0.05 0.06 place 0.5 32", "2.5 eyes_not_visible" },
        { "light lenses", $"20s open {Day} patch 0.35 0.33; 2s shut {Day} patch 0.27 0.26; 5s open {Day} patch 0.35 0.33", "21.5 raised eyes_closed 2, 22.0 microsleep 2.0, 24.3 cleared eyes_closed 2" },
        { "half-dark lenses, behind which shut lids are drawn half open", $"20s open {Day} patch 0.31 0.3; 3s lids 0.4 {Day} patch 0.2 0.19; 5s open {Day} patch 0.31 0.3", "22.0 raised eyes_closed 2, 25.3 cleared eyes_closed 2" },
        { "half-dark lenses, and then a hand before both eyes", $"20s open {Day} patch 0.31 0.3; 6s open {Day} patch 0.05 0.05", "22.5 eyes_not_visible" },
        { "bare eyes, and then lids half down", $"20s open {Day} patch 0.6 0.6; 3s lids 0.4 {Day} patch 0.4 0.4; 5s open {Day} patch 0.6 0.6", "" },
        { "asleep with a hand over one eye, which is drawn open", $"20s open {Day} patch 0 0.6; 2s lid 1 0 {Day} patch 0 0.4; 5s open {Day} patch 0 0.6", "21.5 raised eyes_closed 2, 22.0 microsleep 2.0, 24.0 cleared eyes_closed 2" },
        { "asleep with a hand over the other", $"20s open {Day} patch 0.6 0; 2s lid 0 0.6 {Day} patch 0.4 0; 5s open {Day} patch 0.6 0", "21.5 raised eyes_closed 2, 22.0 microsleep 2.0, 24.0 cleared eyes_closed 2" },
        { "a shut lid of one shade is still a shut eye", $"20s open {Day} patch 0.6 0.6; 2s shut {Day} patch 0.2 0.2; 5s open {Day} patch 0.6 0.6", "21.5 raised eyes_closed 2, 22.0 microsleep 2.0, 24.0 cleared eyes_closed 2" },
        { "only the second network finds the lids shut", "20s open blink 0.1 0.1; 2s lids 0.4 blink 0.7 0.7; 5s open blink 0.1 0.1", "21.5 raised eyes_closed 2, 22.0 microsleep 2.0, 24.0 cleared eyes_closed 2" },
        { "the second network contradicts a shut lid", "20s open blink 0.1 0.1; 2s shut blink 0.1 0.1; 5s open blink 0.1 0.1", "21.5 raised eyes_closed 2, 22.0 microsleep 2.0, 24.0 cleared eyes_closed 2" },
        { "the second network contradicts an open eye", "20s open blink 0.1 0.1; 4s open blink 0.7 0.7; 5s open blink 0.1 0.1", "" },
        { "eyes that always score high", "20s open blink 0.3 0.3; 2s lids 0.4 blink 0.75 0.75; 5s open blink 0.3 0.3", "21.5 raised eyes_closed 2, 22.0 microsleep 2.0, 24.0 cleared eyes_closed 2" },
    };

    [Theory]
    [MemberData(nameof(Drives))]
    public void A_drive_has_its_timeline(string name, string drive, string timeline) =>
        Timeline.Check(name, timeline, Timeline.Of(drive));

    /// <summary>
    /// An alert's reason is what raised it: a value that passed its limit, also where only the fall of the lids was seen.
    /// </summary>
    [Theory]
    [InlineData($"20s open {Dark}; 9s lids 0.5 {Dark}")]
    [InlineData($"10s open {Night}; 9s lids 0.6 {Night}")]
    [InlineData($"20s open {Day}; 9s shut {Day}")]
    public void Eyes_found_shut_are_explained_by_how_long_they_were(string drive)
    {
        var pipeline = new MonitorPipeline(new());
        var alerts = Drive.Of(drive, 20).SelectMany(seen => pipeline.Step(seen).Events).OfType<MonitorEvent.Alert>().ToList();

        Assert.Equal([AlertLevel.Warning, AlertLevel.Alarm, AlertLevel.Emergency], alerts.Select(alert => alert.Level));
        Assert.All(
            alerts, alert => Assert.InRange(alert.Why[0].Value, alert.Why[0].Limit!.Value, alert.Why[0].Limit!.Value + 0.2));
        Assert.All(alerts, alert => Assert.True(alert.Score > 0.5, $"{alert.Level}: {alert.Score}"));
    }

    /// <summary>One picture in which the lids are a third down: at 15 a second all that is seen of many a blink.</summary>
    [Theory]
    [InlineData(7, "blink")]
    [InlineData(15, "blink")]
    [InlineData(30, "")]
    public void A_blink_counts_where_no_picture_can_show_its_depth(double rate, string expected)
    {
        var drive = Drive.Of($"10s open; {1 / rate:0.0000}s lids 0.6; 5s open", rate);

        var events = Timeline.Without(Timeline.Of(drive), "low_frame_rate");

        Assert.Equal(expected, events.Split(' ').ElementAtOrDefault(1) ?? "");
    }

    /// <summary>What jitters is not blinking.</summary>
    [Fact]
    public void Noise_is_no_blink()
    {
        var random = new Random(5);
        var drive = string.Join("; ", Enumerable.Range(0, 900).Select(_ => $"0.0667s lids {0.75 + 0.2 * random.NextDouble():0.00} {Noisy}"));

        Assert.Equal("", Timeline.Of(drive, 15));
    }

    private static string Repeat(string part, int times) => string.Join("; ", Enumerable.Repeat(part, times));
}
