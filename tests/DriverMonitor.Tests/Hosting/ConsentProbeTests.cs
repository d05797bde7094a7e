using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Signals;
using DriverMonitor.Drivers;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Tests.Hosting;

public sealed class ConsentProbeTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("consents").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void It_says_what_is_judged_and_what_to_do_for_more()
    {
        var anna = new ProfileSettings { Folder = _folder, Driver = "anna" };
        Assert.Equal("anna is judged by camera; not heart stress anger: drivermonitor consent grant heart stress anger", Text(anna));

        new ConsentStore(anna, NullLogger.Instance).Save(
            ConsentRecord.Empty.Grant(Modalities.Heart, Now).Grant(Modalities.Stress, Now).Grant(Modalities.Anger, Now));
        Assert.Equal("anna is judged by camera, heart, stress, anger", Text(anna));
    }

    [Fact]
    public void Where_nothing_is_kept_it_says_that_first() =>
        Assert.Contains("set Profiles:Folder", Text(new()), StringComparison.Ordinal);

    private static string Text(ProfileSettings profiles) => ConsentProbe.Check(profiles, new(), Now).Text;
}
