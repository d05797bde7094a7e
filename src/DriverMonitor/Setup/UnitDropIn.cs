using DriverMonitor.Configuration;

namespace DriverMonitor.Setup;

/// <summary>
/// What one camera needs beyond the service's unit: a file of the program's that is linked into the unit's folder while that
/// camera is set, so that an update brings its own.
/// </summary>
/// <param name="folder">Where systemd looks for changes to the unit.</param>
internal sealed class UnitDropIn(string file, string folder)
{
    /// <summary>NVIDIA's camera daemon and devices, for the installed service.</summary>
    public static readonly UnitDropIn Jetson =
        new(Path.Combine(AppContext.BaseDirectory, "jetson.conf"), "/etc/systemd/system/drivermonitor.service.d");

    private string Link => Path.Combine(folder, Path.GetFileName(file));

    /// <summary>
    /// Links it or takes the link away; true if systemd must read the unit again. Throws <see cref="ConfigurationException"/>.
    /// </summary>
    public bool Set(bool wanted)
    {
        var link = new FileInfo(Link);
        var isThere = link.Exists || link.LinkTarget is not null;
        if (wanted == isThere || (wanted && !File.Exists(file))) return false;
        try
        {
            if (wanted) Directory.CreateDirectory(folder);
            if (wanted) link.CreateAsSymbolicLink(file);
            else link.Delete();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException(
                $"{Link} cannot be {(wanted ? "made" : "removed")}: {e.Message} Run setup as root.", e);
        }
    }
}
