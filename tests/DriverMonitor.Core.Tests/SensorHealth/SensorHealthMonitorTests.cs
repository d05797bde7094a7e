using DriverMonitor.Core.Events;
using DriverMonitor.Core.Features;
using DriverMonitor.Core.SensorHealth;

namespace DriverMonitor.Core.Tests.SensorHealth;

public class SensorHealthMonitorTests
{
    [Fact]
    public void A_camera_that_fell_silent_is_lost_while_the_heart_is_still_heard()
    {
        var settings = new FrameSettings();
        var (monitor, events) = (new SensorHealthMonitor(settings), new EventList());
        monitor.Arrived(TimeSpan.FromSeconds(1), events);

        monitor.Wait(TimeSpan.FromSeconds(1) + settings.CameraPatience / 2, events);
        Assert.Empty(events.Take());
        monitor.Wait(TimeSpan.FromSeconds(1) + settings.CameraPatience, events);
        Assert.Equal([StatusKind.CameraLost], events.Take().OfType<MonitorEvent.Status>().Select(status => status.Kind));
        monitor.Arrived(TimeSpan.FromSeconds(10), events);
        Assert.Equal([StatusKind.Recovered], events.Take().OfType<MonitorEvent.Status>().Select(status => status.Kind));
    }
}
