using System.Globalization;
using DriverMonitor.Recording;
using DriverMonitor.Tests.Outbox;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Recording;

public sealed class RecordingKillTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("recorder").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Killed_in_the_middle_of_a_drive_it_leaves_all_but_the_last_moments()
    {
        var whole = Path.Combine(_folder, "whole.jsonl");
        RecordedVehicle.Judge(RecordedVehicle.TenMinutes(), Path.Combine(_folder, "whole"), whole);
        var said = await File.ReadAllTextAsync(whole);

        foreach (var moment in LongForm.IsWanted ? new[] { 7, 61, 133, 250, 377, 512 } : [133])
        {
            var (drives, again) = (Path.Combine(_folder, $"killed-{moment}"), Path.Combine(_folder, "again.jsonl"));
            var reached = await KillAt(moment, drives);
            var verdict = RecordedVehicle.Replay(drives, again);

            Assert.Equal(0, verdict.Differing);
            Assert.StartsWith(await File.ReadAllTextAsync(again), said, StringComparison.Ordinal);
            var last = (await File.ReadAllLinesAsync(again))[^1];
            var until = double.Parse(
                last["{\"at\":".Length..last.IndexOf(',', StringComparison.Ordinal)], CultureInfo.InvariantCulture);
            // A second waits for its block; here, where a minute passes in a second, a few more wait for the disk.
            Assert.InRange(until, reached - 12, 600);
        }
    }

    private async Task<double> KillAt(int moment, string drives)
    {
        using var vehicle = KillableVehicle.Start("record", drives, Path.Combine(_folder, "killed.jsonl"));
        var reached = 0.0;
        while (reached < moment && await vehicle.StandardOutput.ReadLineAsync() is { } line)
            reached = double.Parse(line, CultureInfo.InvariantCulture);
        Assert.True(reached >= moment, await vehicle.StandardError.ReadToEndAsync());
        vehicle.Kill();
        await vehicle.WaitForExitAsync();
        return reached;
    }
}
