using DriverMonitor.Core.Tests.Support;

namespace DriverMonitor.Core.Tests.Stories;

/// <summary>An operator's own network looks for the belt: a status, and no alert.</summary>
public class SeatBeltStories
{
    public static TheoryData<string, string, string> Drives => new()
    {
        { "drives off without, and fastens it", "20s open look 1 belt 0.1 speed 50; 10s open look 1 belt 0.9", "14.0 seat_belt_off, 23.0 recovered seat_belt_off" },
        { "wears it, and one look in ten misses it", "9s open look 1 belt 0.9 speed 50; 1s open look 1 belt 0.1; 9s open look 1 belt 0.9; 1s open look 1 belt 0.1; 9s open look 1 belt 0.9", "" },
        { "waits without it", "60s open look 1 belt 0.1 speed 0", "" },
        { "nobody looks", "60s open speed 50", "" },
    };

    [Theory]
    [MemberData(nameof(Drives))]
    public void A_drive_has_its_timeline(string name, string drive, string timeline) =>
        Assert.Equal((name, timeline), (name, Timeline.Of(drive)));
}
