using System.Globalization;
using DriverMonitor.Core.Signals;
using DriverMonitor.Tests.Support;
using DriverMonitor.Web.Aim;

namespace DriverMonitor.Tests.Web;

/// <summary>Whether the camera still stands as it was aimed: minutes of a face, and what is said of them.</summary>
public sealed class AimDriftTests : IDisposable
{
    private const int Width = 640;

    private readonly string _folder = Directory.CreateTempSubdirectory("aim").FullName;
    private readonly ListLogger<AimFile> _log = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    //  after it was aimed at 0.5 0.5, eyes 64 pixels apart, seen from 12 degrees below: minutes, then across, down, pixels, yaw, pitch
    [Theory]
    [InlineData("5 0.5 0.5 64 0 12", AimState.AsAimed)]
    [InlineData("1 0.5 0.5 64 0 12", AimState.NotYetKnown)]
    [InlineData("5 0.6 0.42 80 5 16", AimState.AsAimed)] // another driver
    [InlineData("5 0.78 0.5 64 0 12", AimState.Moved)]
    [InlineData("5 0.5 0.75 64 0 12", AimState.Moved)]
    [InlineData("5 0.5 0.5 100 0 12", AimState.Moved)]
    [InlineData("5 0.5 0.5 40 0 12", AimState.Moved)]
    [InlineData("5 0.5 0.5 64 25 12", AimState.Moved)]
    [InlineData("5 0.5 0.5 64 0 -10", AimState.Moved)]
    [InlineData("5 0.5 0.5 64 0 12; 1 0.9 0.5 64 40 12", AimState.AsAimed)] // leans aside for a minute
    [InlineData("5 0.5 0.5 64 0 12; 6 0.8 0.5 64 0 12", AimState.Moved)]
    [InlineData("5 0.5 0.5 64 0 12; 6 0.8 0.5 64 0 12; 6 0.5 0.5 64 0 12", AimState.AsAimed)]
    public void A_camera_that_was_pushed_is_told_from_a_driver_who_leans(string minutes, object state)
    {
        var drift = new AimDrift { Reference = new(0.5, 0.5, 64.0 / Width, 0, 12) };
        Watch(drift, minutes);
        Assert.Equal(state, drift.State);
    }

    [Fact]
    public void What_was_aimed_is_kept_and_a_damaged_file_asks_for_another_time()
    {
        var drift = new AimDrift();
        Assert.Equal((AimState.NotAimed, null), (drift.State, drift.Current));
        Watch(drift, "1 0.5 0.4 64 2 12");
        new AimFile(_folder, _log).Save(drift.Current!);

        var kept = new AimFile(_folder, _log).Load()!;
        Assert.Equal((0.5, 0.4, 0.1, 2.0, 12.0), (kept.CentreX, kept.CentreY, kept.EyeShare, kept.YawDegrees, kept.PitchDegrees));
        File.WriteAllText(Path.Combine(_folder, "aim.json"), """{"CentreX":7,"CentreY":0,"EyeShare":1,"YawDegrees":0,"PitchDegrees":0}""");
        Assert.Null(new AimFile(_folder, _log).Load());
        Assert.Contains(_log.Lines, line => line.Contains("aim the camera once more", StringComparison.Ordinal));
        Assert.Null(new AimFile(null, _log).Load());
    }

    private static void Watch(AimDrift drift, string minutes)
    {
        var at = TimeSpan.Zero;
        foreach (var part in minutes.Split("; "))
        {
            double[] n = [.. part.Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
            for (var until = at + TimeSpan.FromMinutes(n[0]); at < until; at += TimeSpan.FromSeconds(0.5))
                drift.Update(
                    at, new() { Sight = Sight.Driver, Place = new(n[1], n[2], 1, n[3]), Head = new(n[4], n[5], 0) }, Width);
        }
    }
}
