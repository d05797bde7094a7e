using System.CommandLine;
using DriverMonitor.Camera;
using DriverMonitor.Configuration;
using DriverMonitor.Core;
using DriverMonitor.Core.HeartRate;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Wire;
using DriverMonitor.Files;
using DriverMonitor.HeartRate;
using DriverMonitor.Hosting;
using DriverMonitor.Monitoring;
using DriverMonitor.Recording;
using DriverMonitor.Recording.Report;
using DriverMonitor.Vehicle;
using DriverMonitor.Vision;
using DriverMonitor.Voice;

namespace DriverMonitor.Cli;

/// <summary>
/// <c>replay INPUT</c>: judges a video, a folder of pictures or a recording as fast as it can, on the input's own clock.
/// </summary>
internal static class ReplayCommand
{
    public static Command Make()
    {
        var input = new Argument<string?>("INPUT")
        {
            Description = "A recording, a video, a folder of pictures, or one picture.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var heart = new Option<string?>("--heart")
        {
            Description = "Heart series: lines 'at_s,bpm,rr_ms', or one RR interval in ms a line.",
        };
        var speed = new Option<string?>("--speed")
        {
            Description = "Speed in km/h, or a file of lines 'at_s,kmh'. Unknown counts as fast.",
        };
        var voice = new Option<string?>("--voice")
        {
            Description = "Sound of the same drive: a WAV file, 16 kHz, mono, 16 bit. Only measures of it are kept.",
        };
        var events = new Option<string?>("--events") { Description = "Write every event as a line of JSON to this file; - is the standard output." };
        var trace = new Option<string?>("--trace")
        {
            Description = "Write every picture's measures as a line of CSV to this file; - is the standard output.",
        };
        var report = new Option<string?>("--report")
        {
            Description = "Write the drive as one page of HTML, to read and to print.",
        };
        var language = new Option<string?>("--language") { Description = "Of the report: en or de; the system's without it." };
        language.AcceptOnlyFromAmong(ReportLanguage.Known);
        var record = new Option<string?>("--record")
        {
            Description = "Record what was measured, without any picture, into this folder: to send, or to judge again quickly.",
        };
        var strict = new Option<bool>("--strict")
        {
            Description = "Refuse an input that is cut or damaged (exit code 66) instead of judging what is there.",
        };
        var config = new Option<string?>("--config")
        {
            Description = "Settings file; without it the defaults, or those that a recording was judged with.",
        };

        var command = new Command("replay", "Judge a recorded drive.")
        {
            input,
            heart,
            speed,
            voice,
            events,
            trace,
            report,
            language,
            record,
            strict,
            config,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(input) is null && result.GetValue(heart) is null)
                result.AddError("replay needs an INPUT (a recording, a video or a folder of pictures) or --heart FILE.");
            if (result.GetValue(input) is null && result.GetValue(voice) is not null)
                result.AddError("--voice needs an INPUT: a voice is judged beside a face.");
        });
        command.SetAction(
            (line, stop) =>
                Task.FromResult(
                    Run(
                        line.GetValue(input),
                        line.GetValue(heart),
                        line.GetValue(speed),
                        line.GetValue(voice),
                        new(
                            line.GetValue(events),
                            line.GetValue(trace),
                            line.GetValue(report),
                            line.GetValue(record),
                            line.GetValue(language),
                            line.GetValue(strict)),
                        line.GetValue(config),
                        stop)));
        return command;
    }

    private static int Run(
        string? input,
        string? heart,
        string? speed,
        string? voice,
        ReplayPaths paths,
        string? config,
        CancellationToken stop)
    {
        ReplayInputs.Require(input, heart, speed, config, voice);
        if (paths.Record is { } folder && FileStatus.Of(folder, out _) is { Kind: not FileKind.Folder })
            throw new ConfigurationException(
                $"Nothing can be recorded in {folder}: it is no folder. Name another one with --record.");
        ReplayInputs.Protect(input, heart, speed, config, paths.Outputs, voice);
        if (input is not null && Recordings.Find(input) is { } parts)
        {
            return heart is null && speed is null && voice is null
                ? RecordingVerdict.Replay(new RecordingReader(parts), config, paths, stop)
                : throw new ConfigurationException("A recording has its own heart, speed and voice: leave --heart, --speed and --voice out.");
        }

        var settings = MonitorOptions.Load(config);
        var heartMonitor = heart is null ? null : RecordedHeart.Open(heart);
        var vehicle = Speed(speed);
        using var heard = voice is null ? null : Sound(voice, settings);
        var mesh = input is null
            ? null
            : ModelStore.Open(settings.Vision).Entry("face-mesh").Label;
        var origin = new WireOrigin(mesh, settings.JudgementHash());
        var pipeline = new MonitorPipeline(settings.Judgement, new HeartRecord(settings.Judgement.Heart));

        // What is written is opened last: a slip in the input's name must not empty yesterday's report.
        if (input is null)
        {
            using var outputs = Outputs();
            HeartLoop.Run(heartMonitor!, pipeline, outputs.Sinks, stop);
            stop.ThrowIfCancellationRequested();
            return Finish(outputs, heart!, []);
        }
        else
        {
            // The decoder's and the networks' libraries load side by side: together they are most of the wait for the first
            // picture.
            var opening = Task.Run(() => CameraFeed.Open(Cameras.ForInput(input, settings.Camera), TimeProvider.System), stop);
            using var reader = new FaceReader(settings.Vision, settings.Camera.Orientation, TimeProvider.System);
            using var torso = new TorsoWatch(
                settings.Vision, settings.Camera.Orientation, TimeProvider.System, ownThread: false,
                line => Console.Error.WriteLine($"drivermonitor: {line}"));
            using var feed = opening.GetAwaiter().GetResult();
            using var outputs = Outputs();
            var loop = new MonitorLoop(
                feed, reader, heartMonitor, vehicle, pipeline, outputs.Sinks, requests: heard is null ? null : Allowing(),
                torso: torso, voice: heard);
            ReplayProgress.Show(feed.FrameCount, () => loop.Frames, token => loop.Run(token), stop);
            stop.ThrowIfCancellationRequested();
            var partial = feed.Loss is { } loss ? $"{input} {loss}" : null;
            if (partial is not null && paths.Strict)
                throw new InputException($"{partial}. Without --strict what is there is judged.");
            return Finish(outputs, input, RecordedDrive.ModelsOf(settings), partial);
        }

        ReplayOutputs Outputs() =>
            new(paths, origin, folder => RecordedDrive.Convert(settings, origin, folder), settings.Discloses());

        int Finish(ReplayOutputs outputs, string name, IReadOnlyList<string> models, string? partial = null) =>
            outputs.Finish(
                pipeline.Finish(),
                new(Path.GetFileName(name), settings.Judgement, settings.JudgementHash(), models, RecordingHeader.ThisProgram),
                stop,
                partial);
    }

    private static RecordedVoice Sound(string voice, MonitorOptions settings) => RecordedVoice.Open(
        voice,
        () => new(ModelStore.Open(settings.Vision)),
        settings.Judgement.JudgesStress() || settings.Judgement.JudgesAnger());

    /// <summary>Who names a sound file has it judged; without, no voice is.</summary>
    private static Requests Allowing()
    {
        var requests = new Requests();
        requests.Ask(new(Allow: Modalities.All));
        return requests;
    }

    private static IVehicle Speed(string? speed) =>
        speed is null ? new FixedSpeed(null)
        : ReplayInputs.IsSpeed(speed, out var kmh) ? new FixedSpeed(kmh)
        : new RecordedSpeed(speed);
}
