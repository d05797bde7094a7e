using DriverMonitor.Core.Events;
using DriverMonitor.Core.Features;
using DriverMonitor.Core.SensorHealth;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Core.Tests.SensorHealth;

public class PictureQualityMonitorTests
{
    public static TheoryData<string, PictureQuality, StatusKind> Pictures => new()
    {
        { "a frozen picture of a hand", new(0.01, 0.005, 0.01, 0, Frozen: true), StatusKind.FrozenPicture },
        { "a hand at night", new(0.01, 0.005, 0.01, 0, Frozen: false), StatusKind.CameraCovered },
        { "a hand that the sun shines through", new(0.9, 0.01, 0.01, 0.6, Frozen: false), StatusKind.CameraCovered },
        { "night with a lamp in the lens, out of focus", new(0.04, 0.05, 0.01, 0.6, Frozen: false), StatusKind.Dark },
        { "the sun in a lens out of focus", new(0.9, 0.14, 0.01, 0.6, Frozen: false), StatusKind.Glare },
        { "out of focus", new(0.4, 0.2, 0.01, 0, Frozen: false), StatusKind.OutOfFocus },
    };

    [Theory]
    [MemberData(nameof(Pictures))]
    public void The_cause_is_told_and_not_what_it_hides(string name, PictureQuality picture, StatusKind told)
    {
        var monitor = new PictureQualityMonitor(new());
        var events = new EventList();
        for (var half = 0; half <= 60; half++) monitor.Step(TimeSpan.FromSeconds(half / 2.0), picture, events);

        Assert.Equal([(name, told)], events.Take().OfType<MonitorEvent.Status>().Select(status => (name, status.Kind)));
    }
}
