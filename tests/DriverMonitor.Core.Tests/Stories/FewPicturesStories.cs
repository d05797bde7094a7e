using DriverMonitor.Core.Tests.Support;

namespace DriverMonitor.Core.Tests.Stories;

/// <summary>What few pictures a second show of a blink: one picture, or the hint of one.</summary>
public class FewPicturesStories
{
    public static TheoryData<string, double, string, string> Drives => new()
    {
        { "one picture half way down", 15, "10s open; 0.06s lids 0.45; 5s open", "10.0 blink 0.0" },
        { "one picture a quarter of the way down", 15, "10s open; 0.06s lids 0.7; 5s open", "10.0 blink 0.1" },
        { "one picture all the way down", 15, "10s open; 0.06s shut; 5s open", "10.0 blink 0.1" },
        { "lids that sink a little", 15, "10s open; 0.06s lids 0.85; 5s open", "" },
        { "the second network sees it, the lids hint at it", 7, "10s open blink 0.1 0.1; 0.14s lids 0.9 blink 0.35 0.35; 5s open blink 0.1 0.1", "1.1 low_frame_rate, 10.1 blink 0.1" },
        { "neither is more than a hint", 7, "10s open blink 0.1 0.1; 0.14s lids 0.95 blink 0.13 0.13; 5s open blink 0.1 0.1", "1.1 low_frame_rate" },
        { "one noisy picture at 30", 30, "10s open; 0.03s lids 0.45; 5s open", "" },
    };

    [Theory]
    [MemberData(nameof(Drives))]
    public void A_drive_has_its_timeline(string name, double picturesPerSecond, string drive, string timeline) =>
        Assert.Equal((name, timeline), (name, Timeline.Of(drive, picturesPerSecond)));
}
