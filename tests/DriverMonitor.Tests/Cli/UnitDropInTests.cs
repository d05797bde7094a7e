using DriverMonitor.Configuration;
using DriverMonitor.Setup;

namespace DriverMonitor.Tests.Cli;

/// <summary>What <c>setup</c> changes of the service's unit, in a folder of the test's own.</summary>
public sealed class UnitDropInTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("unit").FullName;

    private string Units => Path.Combine(_folder, "drivermonitor.service.d");

    private string Link => Path.Combine(Units, "jetson.conf");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void It_is_linked_once_while_it_is_wanted_and_gone_when_it_is_not()
    {
        File.WriteAllText(Path.Combine(_folder, "jetson.conf"), "[Service]\n");
        var changes = new UnitDropIn(Path.Combine(_folder, "jetson.conf"), Units);

        Assert.Equal((false, true, false), (changes.Set(wanted: false), changes.Set(wanted: true), changes.Set(wanted: true)));
        Assert.Equal("[Service]\n", File.ReadAllText(Link));

        Assert.Equal((true, false), (changes.Set(wanted: false), changes.Set(wanted: false)));
        Assert.Empty(Directory.GetFileSystemEntries(Units));
    }

    [Fact]
    public void A_link_that_leads_nowhere_is_taken_away_too()
    {
        Directory.CreateDirectory(Units);
        File.CreateSymbolicLink(Link, Path.Combine(_folder, "gone"));

        Assert.True(new UnitDropIn(Path.Combine(_folder, "jetson.conf"), Units).Set(wanted: false));
        Assert.Empty(Directory.GetFileSystemEntries(Units));
    }

    [Fact]
    public void A_program_that_came_without_it_changes_nothing()
    {
        Assert.False(new UnitDropIn(Path.Combine(_folder, "jetson.conf"), Units).Set(wanted: true));
        Assert.False(Directory.Exists(Units));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_told_in_one_line()
    {
        File.WriteAllText(Path.Combine(_folder, "jetson.conf"), "");
        File.WriteAllText(Units, "a file in the folder's place");

        var told = Assert.Throws<ConfigurationException>(() =>
            new UnitDropIn(Path.Combine(_folder, "jetson.conf"), Units).Set(wanted: true));
        Assert.Contains(Link, told.Message, StringComparison.Ordinal);
    }
}
