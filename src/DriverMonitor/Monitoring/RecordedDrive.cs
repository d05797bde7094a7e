using DriverMonitor.Configuration;
using DriverMonitor.Core;
using DriverMonitor.Core.Baselines;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Signals;
using DriverMonitor.Core.Wire;
using DriverMonitor.Drivers;
using DriverMonitor.Files;
using DriverMonitor.Hosting;
using DriverMonitor.Recording;
using DriverMonitor.Vision;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Monitoring;

/// <summary>Makes recordings where the settings ask for them, reads them, and deletes them with their driver.</summary>
internal static class RecordedDrive
{
    /// <summary>The recorder of a drive that begins; null where nothing is to be recorded, or not under a pseudonym.</summary>
    public static Recorder? Record(
        MonitorOptions settings,
        WireOrigin origin,
        DriverProfile? profile,
        Modalities allowed,
        TimeProvider time,
        ILoggerFactory log,
        SupervisedPart? part = null)
    {
        if (settings.Recording.Folder is not { } folder) return null;
        try
        {
            var driver = new DriverAlias(settings.Fleet.StateFolder ?? settings.Profiles.Folder ?? folder).Of(
                settings.Profiles.Driver);
            var header = Header(settings, origin, driver, time) with
            {
                Vehicle = settings.Mqtt.Vehicle, Allowed = allowed, Profile = profile,
            };
            return new Recorder(settings.Recording, header, time, log.CreateLogger<Recorder>(), part: part);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(
                $"drivermonitor: nothing is recorded, because {folder} cannot be used: {e.Message.ReplaceLineEndings(" ")}");
            return null;
        }
    }

    /// <summary>Turns a video into a recording: whoever sends it shows no face.</summary>
    /// <exception cref="ConfigurationException">Nothing can be recorded there.</exception>
    public static Recorder Convert(MonitorOptions settings, WireOrigin origin, string folder)
    {
        if (RecordingRing.WhyNotIn(folder) is { } why)
            throw new ConfigurationException($"Nothing can be recorded in {folder}: {why} Name another folder with --record.");
        return new(
            // Whoever asked for this one did not ask for older ones to be deleted.
            settings.Recording with { Folder = folder, MaxAge = TimeSpan.MaxValue, MaxMegabytes = int.MaxValue },
            Header(settings, origin, "replay", TimeProvider.System) with { Allowed = Modalities.WithoutVoice },
            TimeProvider.System, NullLogger<Recorder>.Instance, waits: true);
    }

    private static RecordingHeader Header(MonitorOptions settings, WireOrigin origin, string driver, TimeProvider time) => new()
    {
        Driver = driver,
        StartedAt = time.GetLocalNow(),
        Models = ModelsOf(settings),
        Model = origin.Model,
        Configuration = origin.Configuration,
        Judgement = settings.Judgement,
    };

    /// <summary>By name and hash.</summary>
    public static IReadOnlyList<string> ModelsOf(MonitorOptions settings) =>
        [.. ModelStore.Open(settings.Vision).Models.Select(model => model.Label)];

    /// <summary>What is recorded of a driver, and how it is forgotten.</summary>
    public static KeptDrives KeptIn(MonitorOptions settings) =>
        new(
            driver =>
                [
                    .. DriveOnDisk
                        .In(settings.Recording.Folder, driver)
                        .Select(drive => new KeptDrive(
                            drive.Name,
                            drive.Header?.StartedAt,
                            Math.Round(drive.Lasted.TotalSeconds, 1),
                            drive.Bytes,
                            [.. drive.Parts.Select(part => Path.GetFileName(part)!)])),
                ],
            driver => Recordings.Erase(settings.Recording, driver));

    /// <summary>What a driver's recorded drive holds, line by line; null if there is none of that name.</summary>
    /// <param name="driver">Every pseudonym of the driver.</param>
    public static IEnumerable<string>? LinesOf(MonitorOptions settings, IReadOnlyList<string> driver, string drive) =>
        In(settings, driver).FirstOrDefault(one => one.Name == drive && one.Header is not null)
            is { } found
            ? RecordingLines.Of(new RecordingReader(found.Parts))
            : null;

    /// <summary>Puts a driver's recorded drives into a folder: each as it is, and each to be read.</summary>
    /// <returns>How many drives that are.</returns>
    public static int CopyTo(string folder, MonitorOptions settings, IReadOnlyList<string> driver)
    {
        if (settings.Recording.Folder is { } kept)
            OutputGuard.Check([new("Recording:Folder", kept)], [new("--recordings", folder)]);
        PrivateFile.CreateFolder(folder);
        var drives = In(settings, driver);
        // In the folder may lie links to what is to be copied.
        var parts = drives.SelectMany(drive => drive.Parts).ToArray();
        OutputGuard.Check(
            [.. parts.Select(part => new NamedPath("a recording", part))],
            [.. parts.Select(part => new NamedPath("--recordings", CopyOf(part)))]);
        foreach (var drive in drives)
        {
            foreach (var part in drive.Parts) Copy(part, CopyOf(part));
            if (drive.Header is not null) WriteLines(drive, Path.Combine(folder, $"{drive.Name}.jsonl"));
        }

        return drives.Count;

        string CopyOf(string part) => Path.Combine(folder, Path.GetFileName(part));
    }

    private static List<DriveOnDisk> In(MonitorOptions settings, IReadOnlyList<string> driver) =>
        [.. driver.SelectMany(alias => DriveOnDisk.In(settings.Recording.Folder, alias))];

    private static void WriteLines(DriveOnDisk drive, string to)
    {
        using var file = OutputFile.Create(to);
        using (var lines = new StreamWriter(file.Content, leaveOpen: true))
        {
            foreach (var line in RecordingLines.Of(new RecordingReader(drive.Parts))) lines.WriteLine(line);
        }

        file.Commit();
    }

    private static void Copy(string part, string to)
    {
        using var from = new FileStream(part, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = OutputFile.Create(to);
        from.CopyTo(copy.Content);
        copy.Commit();
    }
}
