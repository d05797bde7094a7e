using DriverMonitor.Core;
using DriverMonitor.Core.Events;
using DriverMonitor.Hosting;

namespace DriverMonitor.Monitoring;

/// <summary>Tells of an optional device that is lost, and of one that answers again.</summary>
/// <param name="onward">Who hears of it: not the recorder, because the devices are no part of the judgement.</param>
internal sealed class DeviceNews(DeviceStates devices, IEventSink onward) : IEventSink
{
    public void Emit(in Observation seen, in Outcome outcome)
    {
        while (devices.TryTake(out var news))
        {
            var kind = news.IsWell == true ? StatusKind.DeviceFound : StatusKind.DeviceLost;
            onward.Emit(
                new Observation(outcome.At),
                outcome with { Events = [new MonitorEvent.Status(outcome.At, kind, $"{news.Name}: {news.Text}")], Scores = null });
        }
    }
}
