using DriverMonitor.Devices;
using DriverMonitor.Drivers;
using DriverMonitor.Gpio;
using DriverMonitor.Hosting;
using DriverMonitor.Mqtt;
using DriverMonitor.Telemetry;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Monitoring;

/// <summary>What hears of the judgement of a live drive.</summary>
/// <param name="first">Hear of each outcome before the buzzer does; none in the service.</param>
internal sealed class DriveSinks(
    MonitorOptions settings, OutputController board, Liveness liveness, WebOutputs web, IEnumerable<IEventSink> first,
    Supervisor supervisor, ILoggerFactory log, TimeProvider time, DeviceStates devices, StatusBoard status, TripHistory history,
    Uplink? uplink = null)
{
    public OutputController Board => board;

    public WebOutputs Web => web;

    /// <summary>Ends the trip that goes on once the drive is over; null without a link.</summary>
    public MqttSink? Trips => uplink?.Sink;

    /// <summary>Keeps the driver's trips; null where nothing is kept of a driver.</summary>
    public TripHistorySink? StartHistory() =>
        history.IsKept ? supervisor.Of(ServicePart.Profile).Make(() => new TripHistorySink(history)) : null;

    /// <summary>All that may be late, on a thread of its own.</summary>
    /// <param name="trips">Keeps the driver's trips, if anything does.</param>
    public OutputThread StartOutputs(IEventSink? trips) =>
        new(
            new FanOut([.. Late(trips).OfType<IEventSink>()], log.CreateLogger<FanOut>()),
            supervisor.Of(ServicePart.Outputs),
            time);

    /// <summary>
    /// Everyone, the buzzer first. What is recorded and learned must be in step with the judgement, and never waits for a disk.
    /// Of the board all hear but the recorder: a replay repeats the judgement, and the board is no part of it.
    /// </summary>
    public FanOut JoinWith(OutputThread outputs, IEventSink? recorder, IEventSink profile)
    {
        var hearOfBoard = new FanOut([board.Buzzer, liveness, status, outputs], log.CreateLogger<FanOut>());
        IEventSink?[] sinks =
        [
            .. first, board.Buzzer, liveness, status, outputs, Guarded(recorder, ServicePart.Recorder),
            Guarded(profile, ServicePart.Profile), new BuzzerHealth(board.Buzzer, hearOfBoard),
            Guarded(board.Infrared, ServicePart.Devices), Guarded(new DeviceNews(devices, hearOfBoard), ServicePart.Devices),
        ];
        var everyone = new FanOut([.. sinks.OfType<IEventSink>()], log.CreateLogger<FanOut>());
        board.ReportTo(hearOfBoard);
        return everyone;
    }

    private IEnumerable<IEventSink?> Late(IEventSink? trips)
    {
        var lines = new LogSink(log.CreateLogger<LogSink>(), () => LogSink.ProcessAge(time), settings.Discloses());
        return
        [
            Guarded(lines, ServicePart.LogLines), Guarded(uplink?.Sink, ServicePart.FleetEvents),
            Guarded(trips, ServicePart.Profile),
            .. web.Sinks.Select(sink => Guarded(sink, sink is ServiceMetrics ? ServicePart.Figures : ServicePart.PageView)),
        ];
    }

    private GuardedSink? Guarded(IEventSink? sink, ServicePart part) => sink is null ? null : new(sink, part, supervisor);
}
