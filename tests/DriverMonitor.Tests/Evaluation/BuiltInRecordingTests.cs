using DriverMonitor.Camera;
using DriverMonitor.Cli;
using DriverMonitor.Core;
using DriverMonitor.Evaluation;
using DriverMonitor.Hosting;
using DriverMonitor.Monitoring;
using DriverMonitor.Tests.Support;
using DriverMonitor.Vehicle;
using DriverMonitor.Vision;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Tests.Evaluation;

/// <summary>The recorded drive of the built-in set: read by the networks once, judged anew in each evaluation.</summary>
public sealed class BuiltInRecordingTests
{
    [Fact]
    public void What_the_script_did_is_found_in_its_recording()
    {
        if (Environment.GetEnvironmentVariable("RECORDING_WRITE") == "builtin") Write();
        var set = BuiltInSet.Make();
        var recorded = Assert.Single(set.Items, item => item.Kind == InputKind.Recording);

        var figures = EvaluateCommand.Judge(set with { Items = [recorded] }, new(), CancellationToken.None);

        Assert.Equal(
            ["Closure 11 of 11, 0 false", "Yawn 1 of 1, 0 false", "LookAway 1 of 1, 0 false"],
            figures.All.Events.Select(one => $"{one.Class} {one.Tally.Found} of {one.Tally.Labels}, {one.Tally.FalseOnes} false"));
        Assert.Equal((2, 0), (figures.All.Alerts.Raised, figures.All.Alerts.FalseOnes));
    }

    /// <summary>Anew, where the format or what is read of a face changed on purpose.</summary>
    private static void Write()
    {
        var (settings, drawn) = (new MonitorOptions(), BuiltInSet.Make(isShort: true).Items[0]);
        var folder = Directory.CreateTempSubdirectory("builtin").FullName;
        using (var reader = new FaceReader(settings.Vision, default, TimeProvider.System))
        using (var torso = new TorsoWatch(settings.Vision, default, TimeProvider.System, ownThread: false, Assert.Fail))
        using (var feed = CameraFeed.Open(new PortraitCamera(drawn.Path, drawn.Scripted!, paceBy: null), TimeProvider.System))
        using (var recorder = RecordedDrive.Convert(settings, new(reader.Mesh.Model.Entry.Label, settings.JudgementHash()), folder))
        {
            new MonitorLoop(
                feed, reader, heart: null, new FixedSpeed(drawn.SpeedKmh), new MonitorPipeline(settings.Judgement),
                new FanOut([recorder], NullLogger.Instance), torso: torso).Run(CancellationToken.None);
        }

        File.Copy(
            Directory.GetFiles(folder, "*.recording").Single(),
            SourceTree.Path("models", "portrait", "drive.recording"), overwrite: true);
        Directory.Delete(folder, recursive: true);
    }
}
