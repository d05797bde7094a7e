using System.Globalization;
using DriverMonitor.Core.Alerts;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Tests.Support;

namespace DriverMonitor.Core.Tests.Stories;

/// <summary>What the vehicle did just before stands beside an alert; it raises, delays and excuses none.</summary>
public sealed class ContextStories
{
    public static TheoryData<string, string, double?, string> Drives => new()
    {
        { "nothing happened", "20s open speed 80; 4s yaw 40 speed 80; 3s open speed 80", null, "23.0 long_look_away 2: eyes_off_road, speed" },
        { "braked hard while looking away, by CAN or satellites", "20s open speed 90; 2s yaw 40 speed 90>60; 2s yaw 40 speed 60; 3s open speed 60", null, "23.0 long_look_away 2: eyes_off_road, speed, hard_braking" },
        { "braked gently", "20s open speed 80; 2s yaw 40 speed 80>70; 2s yaw 40 speed 70; 3s open speed 70", null, "23.0 long_look_away 2: eyes_off_road, speed" },
        { "braked hard long before", "20s open speed 110; 2s open speed 110>70; 10s open speed 70; 4s yaw 40 speed 70; 3s open speed 70", null, "35.0 long_look_away 2: eyes_off_road, speed" },
        { "eyes shut after braking", "20s open speed 90; 2s open speed 90>60; 2.5s shut speed 60; 5s open speed 60", null, "23.5 eyes_closed 2: eyes_closed, speed, hard_braking" },
        { "felt by a sensor where nobody knows a speed", "20s open; 4s yaw 40; 3s open", 0.5, "23.0 long_look_away 2: eyes_off_road, hard_motion" },
        { "a sensor that feels a bend", "20s open; 4s yaw 40; 3s open", 0.2, "23.0 long_look_away 2: eyes_off_road" },
        { "a sensor that fell", "20s open; 4s yaw 40; 3s open", 9.0, "23.0 long_look_away 2: eyes_off_road" },
    };

    [Theory]
    [MemberData(nameof(Drives))]
    public void An_alert_says_what_the_vehicle_did(string name, string drive, double? g, string expected)
    {
        var pipeline = new MonitorPipeline(new());
        var raised = Drive.Of(drive)
            .Select(seen => seen.At >= TimeSpan.FromSeconds(21) ? seen with { Cab = new(HorizontalG: g) } : seen)
            .SelectMany(seen => pipeline.Step(seen).Events).OfType<MonitorEvent.Alert>()
            .Where(alert => alert.Phase == AlertPhase.Raised)
            .Select(alert => string.Create(
                CultureInfo.InvariantCulture,
                $"{alert.At.TotalSeconds:0.0} {AlertTable.NameOf(alert.Rule)} {(int)alert.Level}: {string.Join(", ", alert.Why.Select(why => why.Cue))}"));
        Assert.Equal((name, expected), (name, string.Join("; ", raised)));
    }

    [Fact]
    public void The_strength_is_given_in_metres_per_second_squared()
    {
        var pipeline = new MonitorPipeline(new());
        var alert = Drive.Of("20s open speed 110; 2s yaw 40 speed 110>74; 2s yaw 40 speed 74; 3s open speed 74")
            .SelectMany(seen => pipeline.Step(seen).Events).OfType<MonitorEvent.Alert>().First();
        var braking = Assert.Single(alert.Why, why => why.Cue == "hard_braking");
        Assert.Equal("m/s²", braking.Unit);
        Assert.InRange(braking.Value, 4.5, 5.5);
    }
}
