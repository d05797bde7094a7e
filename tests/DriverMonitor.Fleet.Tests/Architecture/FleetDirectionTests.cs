using DriverMonitor.Tests.Architecture;

namespace DriverMonitor.Fleet.Tests.Architecture;

/// <summary>Every folder of the receiver stands on the folders below it; read off the compiled code.</summary>
public sealed class FleetDirectionTests
{
    /// <summary>From what a message says to what a person asks; what answers to stored events lies between.</summary>
    private static readonly Floors Fleet = new(
        ["Files", "Wire"],
        ["Configuration", "Contact"],
        ["Storage"],
        ["Feed", "Intake"],
        ["Orders", "Rates", "Rights", "Webhooks"],
        ["Enrolment", "Identity", "Simulation"],
        ["Marks", "Web"],
        ["Live"],
        ["Commands"],
        [FolderUse.Root]);

    [Fact]
    public void The_receiver_s_folders_use_only_what_lies_below_them()
    {
        using var assembly = new CompiledReferences(Path.Combine(AppContext.BaseDirectory, "drivermonitor-fleet.dll"));
        var uses = FolderUse.ReadFrom(assembly, "DriverMonitor.Fleet");
        Assert.Empty(Fleet.Unmatched(FolderUse.Folders(assembly, "DriverMonitor.Fleet")));
        Assert.Empty(Fleet.Climbs(uses));
        Assert.Empty(Floors.Rings(uses));
    }
}
