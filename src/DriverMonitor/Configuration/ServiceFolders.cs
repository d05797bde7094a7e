namespace DriverMonitor.Configuration;

/// <summary>
/// Folders that systemd gives the service. Outside of a service there are none, and what is not named in the settings is
/// not kept.
/// </summary>
internal static class ServiceFolders
{
    /// <summary>What installers fill with passwords and keys. Only root may read it; the service is handed copies.</summary>
    public const string Credentials = "/etc/drivermonitor/credentials";

    /// <summary>The state folder that the installed unit is given by systemd (its StateDirectory).</summary>
    public const string InstalledState = "/var/lib/drivermonitor";

    /// <summary>The name under which the unit hands the copies over: <c>mqtt_</c> and the file's name.</summary>
    private const string Handed = "mqtt_";

    /// <summary>
    /// Where state is kept: as the settings say, else systemd's StateDirectory (/var/lib/drivermonitor), else nowhere.
    /// </summary>
    public static string? State(string? configured) => configured ?? First(Environment.GetEnvironmentVariable("STATE_DIRECTORY"));

    /// <summary>
    /// Where a password or key of the settings can be read: in the service, that is the copy which systemd made of a file in
    /// <see cref="Credentials"/>; for anyone else the file itself. So the same settings work for the service and for a
    /// <c>check</c> by root.
    /// </summary>
    public static string Credential(string file) =>
        First(Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY")) is { } folder
        && Path.GetDirectoryName(file) == Credentials
        && Path.Combine(folder, Handed + Path.GetFileName(file)) is var copy && File.Exists(copy)
            ? copy
            : file;

    /// <summary>systemd separates several folders by colons; the unit names one, a drop-in may add more.</summary>
    private static string? First(string? folders) =>
        folders?.Split(':', StringSplitOptions.RemoveEmptyEntries) is [var first, ..] ? first : null;
}
