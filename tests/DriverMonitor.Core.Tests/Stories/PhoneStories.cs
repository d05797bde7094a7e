using DriverMonitor.Core.Events;
using DriverMonitor.Core.Tests.Support;

namespace DriverMonitor.Core.Tests.Stories;

/// <summary>
/// A detector that looks twice a second and is wrong in two pictures of a hundred: two of its pictures must agree with each
/// other, and with the hand, the head or the eyes.
/// </summary>
public class PhoneStories
{
    public static TheoryData<string, string, string> Drives => new()
    {
        { "texts: a phone in two looks, the head down between", "20s open look 0.5 phone 0.1 speed 80; 0.5s open look 0.5 phone 0.4; 0.5s pitch -14 look 0.5 phone 0.1; 0.5s open look 0.5 phone 0.4; 8s open look 0.5 phone 0.1", "21.0 raised phone 2, 26.1 cleared phone 2" },
        { "the same at 10 km/h", "20s open look 0.5 phone 0.1 speed 10; 0.5s open look 0.5 phone 0.4; 0.5s pitch -14 look 0.5 phone 0.1; 0.5s open look 0.5 phone 0.4; 8s open look 0.5 phone 0.1", "" },
        { "the same in a vehicle that stands", "20s open look 0.5 phone 0.1 speed 0; 0.5s open look 0.5 phone 0.4; 0.5s pitch -14 look 0.5 phone 0.1; 0.5s open look 0.5 phone 0.4; 8s open look 0.5 phone 0.1", "" },
        { "one picture shows a phone, surely", "20s open look 0.5 phone 0.1 speed 80; 0.5s pitch -14 look 0.5 phone 0.99; 8s open look 0.5 phone 0.1", "" },
        { "a sure phone in one picture, and nobody looks again", "20s open look 0.5 phone 0.1 speed 80; 0.5s pitch -14 look 0.5 phone 0.99; 8s open", "" },
        { "two pictures, four seconds apart", "20s open look 0.5 phone 0.1 speed 80; 0.5s open look 0.5 phone 0.6; 3.5s pitch -5 look 0.5 phone 0.1; 0.5s pitch -14 look 0.5 phone 0.6; 8s open look 0.5 phone 0.1", "" },
        { "something like a phone, and the road in view", "20s open look 0.5 phone 0.1 speed 80; 9s open look 0.5 phone 0.6; 5s open look 0.5 phone 0.1", "" },
        { "calls: a hand at the ear, and a phone in one look of three", "20s open look 0.5 phone 0.1 speed 80; 0.5s open look 0.5 palm 0.7 0.4 phone 0.2; 0.5s open look 0.5 palm 0.7 0.4 phone 0.2; 0.5s open look 0.5 palm 0.7 0.4 phone 0.4; 8s open look 0.5 phone 0.1", "21.0 raised phone 2, 26.1 cleared phone 2" },
        { "calls with the other hand", "20s open look 0.5 phone 0.1 speed 80; 1s open look 0.5 palm -0.7 0.4 phone 0.1; 0.5s open look 0.5 palm -0.7 0.4 phone 0.4; 8s open look 0.5 phone 0.1", "21.0 raised phone 2, 26.1 cleared phone 2" },
        { "rests the head on a hand", "20s open look 0.5 phone 0.1 speed 80; 60s open look 0.5 palm 0.7 0.6 phone 0.2", "" },
        { "a hand before a yawn, and something like a phone", "20s open look 0.5 phone 0.1 speed 80; 1s mouth 0.6 look 0.5 phone 0.1; 1s hand look 0.5 palm 0.5 0.8 phone 0.1; 0.5s hand look 0.5 palm 0.5 0.8 phone 0.4; 8s open look 0.5 phone 0.1", "" },
        { "a hand on the wheel is at no ear", "20s open look 0.5 phone 0.1 speed 80; 2s open look 0.5 palm 0.7 2.5 phone 0.1; 0.5s open look 0.5 palm 0.7 2.5 phone 0.4; 8s open look 0.5 phone 0.1", "" },
        { "the clock jumps between them", "60s open look 0.5 phone 0.1 speed 80; 0.5s pitch -14 look 0.5 phone 0.6; 0.6s open look 0.5 clock -50; 0.5s open look 0.5 phone 0.6; 8s open look 0.5 phone 0.1", "10.5 time_jump" },
    };

    [Theory]
    [MemberData(nameof(Drives))]
    public void A_drive_has_its_timeline(string name, string drive, string timeline) =>
        Assert.Equal((name, timeline), (name, Timeline.Of(drive)));

    /// <summary>Whatever the settings say, and however sure the detector is.</summary>
    [Theory]
    [InlineData("0.5s open look 0.5 phone 1; 8s open", false)]
    [InlineData("0.5s pitch -14 look 0.5 phone 1; 8s pitch -14", false)]
    [InlineData("0.5s pitch -14 look 0.5 palm 0.7 0.4 phone 1; 8s open look 0.5 phone 0", false)]
    [InlineData("0.3s pitch -14 phone 1; 8s open look 0.5 phone 0", false)] // many pictures of one moment
    [InlineData("0.3s pitch -14 phone 1; 8s open", false)]
    [InlineData("2s open look 0.5 phone 1; 8s open", true)]
    public void One_picture_alone_never_warns(string drive, bool isWarned)
    {
        var settings = new MonitorSettings { Alerts = new() { Phone = TimeSpan.FromSeconds(1), PhoneFrom = 0.3 } };
        var pipeline = new MonitorPipeline(settings);
        var alerts = Drive.Of("20s open look 0.5 phone 0.1 speed 80;" + drive).SelectMany(seen => pipeline.Step(seen).Events)
            .OfType<MonitorEvent.Alert>().Where(alert => alert.Rule == AlertRule.Phone);

        Assert.Equal(isWarned, alerts.Any());
    }

    /// <summary>A warning that is wrong in one of some ten cases says so.</summary>
    [Fact]
    public void The_alert_says_how_sure_it_is()
    {
        var pipeline = new MonitorPipeline(new MonitorSettings());
        var alert = Drive.Of(
                "20s open look 0.5 phone 0.1 speed 80; 0.5s pitch -14 look 0.5 phone 0.4; 0.5s pitch -14 look 0.5 phone 0.5")
            .SelectMany(seen => pipeline.Step(seen).Events).OfType<MonitorEvent.Alert>().Single();

        Assert.Equal(AlertRule.Phone, alert.Rule);
        Assert.Equal(0.7, alert.Confidence!.Value, 3);
        Assert.Equal(["phone", "eyes_off_road", "speed"], alert.Why.Select(why => why.Cue));
        Assert.Equal(0.7, alert.Why[0].Value, 3);
    }
}
