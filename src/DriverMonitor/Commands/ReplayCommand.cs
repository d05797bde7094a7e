using System.CommandLine;
using System.Globalization;
using DriverMonitor.Camera;
using DriverMonitor.Core;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Hearts;
using DriverMonitor.Core.Signals;
using DriverMonitor.HeartRate;
using DriverMonitor.Host;
using DriverMonitor.Recording;
using DriverMonitor.Vehicle;
using DriverMonitor.Vision;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Commands;

/// <summary><c>replay INPUT</c>: judges a video or a folder of pictures as fast as it can, on the input's own clock.</summary>
internal static class ReplayCommand
{
    public static Command Make()
    {
        var input = new Argument<string?>("INPUT") { Description = "A video, a folder of pictures, or one picture.", Arity = ArgumentArity.ZeroOrOne };
        var heart = new Option<string?>("--heart") { Description = "Heart series: lines 'at_s,bpm,rr_ms', or one RR interval in ms a line." };
        var speed = new Option<string?>("--speed") { Description = "Speed in km/h, or a file of lines 'at_s,kmh'. Unknown counts as fast." };
        var events = new Option<string?>("--events") { Description = "Write every event as a line of JSON to this file." };
        var trace = new Option<string?>("--trace") { Description = "Write every picture's measures as a line of CSV to this file." };
        var config = new Option<string?>("--config") { Description = "Settings file; the defaults without it." };

        var command = new Command("replay", "Judge a recorded drive.") { input, heart, speed, events, trace, config };
        command.Validators.Add(result =>
        {
            if (result.GetValue(input) is null && result.GetValue(heart) is null)
                result.AddError("replay needs an INPUT (a video or a folder of pictures) or --heart FILE.");
        });
        command.SetAction((line, stop) => Task.FromResult(Run(
            line.GetValue(input), line.GetValue(heart), line.GetValue(speed),
            line.GetValue(events), line.GetValue(trace), line.GetValue(config), stop)));
        return command;
    }

    private static int Run(string? input, string? heart, string? speed, string? events, string? trace, string? config, CancellationToken stop)
    {
        var settings = MonitorOptions.Load(config);
        var heartMonitor = heart is null ? null : RecordedHeart.Open(heart);
        var vehicle = Speed(speed);
        var mesh = input is null ? null : new ModelStore(settings.Vision.ModelFolder ?? ModelStore.DefaultFolder()).Entry("face-mesh").Label;
        var origin = new WireOrigin(mesh, settings.JudgementHash());
        using var eventFile = events is null ? null : OpenOutput(events, path => new EventFile(path, origin));
        using var traceFile = trace is null ? null : OpenOutput(trace, path => new TraceFile(path));
        var tally = new Tally();
        var pipeline = new MonitorPipeline(settings.Judgement, new HeartRecord(settings.Judgement.Heart));
        var sinks = new FanOut([.. new IEventSink?[] { eventFile, traceFile, tally }.OfType<IEventSink>()], NullLogger.Instance);

        if (input is null)
        {
            HeartLoop.Run(heartMonitor!, pipeline, sinks, stop);
        }
        else
        {
            // The decoder's and the networks' libraries load side by side: together they are most of the wait for the first picture.
            var opening = Task.Run(() => CameraFeed.Open(Cameras.ForInput(input, settings.Camera), TimeProvider.System), stop);
            using var reader = new FaceReader(settings.Vision, settings.Camera.Orientation, TimeProvider.System);
            using var feed = opening.GetAwaiter().GetResult();
            var loop = new MonitorLoop(feed, reader, heartMonitor, vehicle, pipeline, sinks);
            ReplayProgress.Show(feed.FrameCount, () => loop.Frames, token => loop.Run(token), stop);
        }

        sinks.Emit(new Observation(), pipeline.Finish());
        Console.WriteLine(tally);
        if (sinks.Failures == 0) return ExitCode.Fine;
        Console.Error.WriteLine($"drivermonitor: {sinks.Failures} lines could not be written. Look at the disk of {events ?? trace}.");
        return ExitCode.OurBug;
    }

    private static IVehicle Speed(string? speed) =>
        speed is null ? new FixedSpeed(null)
        : double.TryParse(speed, NumberStyles.Float, CultureInfo.InvariantCulture, out var kmh) && kmh is >= 0 and < 500 ? new FixedSpeed(kmh)
        : new RecordedSpeed(speed);

    private static T OpenOutput<T>(string path, Func<string, T> open)
    {
        try
        {
            return open(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"Output file {path} cannot be written: {e.Message} Name another file.", e);
        }
    }
}
