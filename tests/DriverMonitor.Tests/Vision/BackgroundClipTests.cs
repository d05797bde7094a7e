using System.Diagnostics;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Vision;

/// <summary>What moves behind a driver, on the clips with and without a view that goes by.</summary>
public sealed class BackgroundClipTests
{
    [SharedDataTheory]
    [InlineData("data_video1.mp4", false)]
    [InlineData("data_video2.mp4", false)]
    [InlineData("data_video3.mp4", false)]
    [InlineData("data_video2.mp4", true)]
    public async Task A_driver_who_moves_in_a_parked_vehicle_is_not_driving_and_one_with_a_view_that_goes_by_is(
        string clip, bool goesBy)
    {
        var folder = Directory.CreateTempSubdirectory("background").FullName;
        var source = SharedData.Path($"video/incluit-driver-behaviour/{clip}");
        // A wider cab, so that there is something beside the head; half a minute of it.
        var cab = goesBy ? "[1:v][0:v]overlay=(W-w)/2:0:shortest=1" : "[0:v]pad=1080:960:(ow-iw)/2:0:gray";
        var (input, output) = (
            new[]
            {
                "-stream_loop",
                "5",
                "-i",
                source,
                "-f",
                "lavfi",
                "-i",
                "testsrc2=size=1080x960:rate=20,scroll=horizontal=0.03",
            },
            Path.Combine(folder, "cab.mp4"));
        using (
            var ffmpeg = Process.Start(
                "ffmpeg",
                [
                    "-v",
                    "error",
                    "-nostdin",
                    "-y",
                    .. input,
                    "-filter_complex",
                    cab + ",scale=540:480",
                    "-t",
                    "34",
                    "-r",
                    "15",
                    "-q:v",
                    "4",
                    "-c:v",
                    "mpeg4",
                    output,
                ]))
            await ffmpeg.WaitForExitAsync();
        var events = Path.Combine(folder, "events.jsonl");
        var (exit, _, errors) = await TheProgram.RunAsync(
            "replay", output, "--speed", "0", "--events", events, "--trace", Path.Combine(folder, "t.csv"));
        Assert.True(exit == 0, errors);
        var told = await File.ReadAllTextAsync(events);
        Directory.Delete(folder, recursive: true);

        Assert.Equal(goesBy, told.Contains("speed_doubtful", StringComparison.Ordinal));
        Assert.Equal(goesBy, told.Contains("\"rule\":\"eyes_closed\"", StringComparison.Ordinal));
    }
}
