namespace DriverMonitor.Tests.Architecture;

/// <summary>Every folder of both assemblies stands on the folders below it; read off the compiled code.</summary>
public sealed class FolderDirectionTests
{
    private static readonly Floors Core = new(
        ["Signals", "Supervision", "Evaluation", "Can"],
        ["Faces", "HeartRate", "Voice"],
        ["Features"],
        ["Baselines"],
        ["Scoring"],
        ["Events"],
        ["Alerts", "SensorHealth"],
        ["Privacy"],
        ["Commands"],
        ["Wire"],
        [FolderUse.Root]);

    /// <summary>
    /// The world's adapters lie between the leaf folders and the service that joins them; the command line is on top.
    /// </summary>
    private static readonly Floors Program = new(
        ["Files"],
        ["Time", "Configuration", "Audit", "HeartRate.Bluez.Bus"],
        ["Hosting"],
        ["Camera", "Devices", "Gpio", "Outbox", "HeartRate.Bluez", "Drivers", "Recording", "RemoteCommands"],
        ["Vision", "Mqtt", "Recording.Report"],
        ["HeartRate", "Vehicle.Can", "Voice", "Web.Aim", "Telemetry"],
        ["Vehicle"],
        ["Web"],
        ["Monitoring"],
        ["Setup", "Evaluation.Labels"],
        ["Evaluation"],
        ["Cli"],
        [FolderUse.Root]);

    [Fact]
    public void The_program_s_folders_use_only_what_lies_below_them() => AssertStands("drivermonitor", "DriverMonitor", Program);

    [Fact]
    public void The_core_s_folders_use_only_what_lies_below_them() =>
        AssertStands("DriverMonitor.Core", "DriverMonitor.Core", Core);

    [Theory]
    [InlineData("Cellar <- Hall, Cellar <- Attic, Hall <- Attic", "", "")]
    [InlineData("Cellar <- Hall, Hall <- Cellar", "Cellar -> Hall: use 1", "Cellar, Hall")]
    [InlineData("Cellar <- Hall, Hall <- Attic, Attic <- Cellar", "Cellar -> Attic: use 2", "Attic, Cellar, Hall")]
    [InlineData("Kitchen <- Hall, Cellar <- Kitchen", "Hall -> Kitchen: use 0", "")]
    [InlineData("Shed <- Hall, Hall <- Shed", "", "Hall, Shed")]
    public void A_use_that_leads_up_or_sideways_and_every_ring_is_found(string graph, string climbs, string rings)
    {
        var floors = new Floors(["Cellar"], ["Hall", "Kitchen"], ["Attic"]);
        FolderUse[] uses =
        [
            .. graph.Split(", ").Select((use, i) => new FolderUse(use.Split(" <- ")[1], use.Split(" <- ")[0], $"use {i}")),
        ];
        Assert.Equal(climbs, string.Join(", ", floors.Climbs(uses)));
        Assert.Equal(rings, string.Join(", ", Floors.Rings(uses)));
    }

    [Fact]
    public void A_folder_without_a_floor_and_a_floor_without_a_folder_are_found() => Assert.Equal(
        ["Shed has no floor", "Attic does not exist"],
        new Floors(["Cellar"], ["Attic"]).Unmatched(new HashSet<string> { "Cellar", "Shed" }));

    private static void AssertStands(string file, string root, Floors floors)
    {
        using var assembly = new CompiledReferences(Path.Combine(AppContext.BaseDirectory, file + ".dll"));
        var uses = FolderUse.ReadFrom(assembly, root);
        Assert.Empty(floors.Unmatched(FolderUse.Folders(assembly, root)));
        Assert.Empty(floors.Climbs(uses));
        Assert.Empty(Floors.Rings(uses));
    }
}
