using DriverMonitor.Audit;
using DriverMonitor.Configuration;

namespace DriverMonitor.RemoteCommands;

/// <summary>Whether orders could be told from forgeries, and whether what was ordered is still written down as it was.</summary>
internal static class CommandProbe
{
    private const string Part = "orders";

    public static CheckLine Check(FleetSettings settings, TimeProvider time)
    {
        if (settings.Keys.Count == 0)
            return new(Part, Ok: true, "none are obeyed: Fleet:Keys is empty");
        if (settings.StateFolder is not { } folder)
            return new(Part, Ok: false, "Fleet:Keys needs Fleet:Folder, such as /var/lib/drivermonitor");
        try
        {
            using var keys = FleetKeys.Load(settings.Keys);
            CommandLedger.Read(folder);
            var audit = new AuditLog(folder, time).Verify();
            return audit.FirstBadLine is { } line
                ? new(Part, Ok: false, $"the audit log does not hold: line {line}: {audit.Why}")
                : new(
                    Part,
                    Ok: true,
                    $"{settings.Keys.Count} keys, {audit.Head.Entries} lines in the audit log hold, the key that signs it "
                        + $"{DeviceKey.PlaceOf(folder)}{Unlimited(keys)}");
        }
        catch (Exception e) when (e is ConfigurationException or IOException or UnauthorizedAccessException)
        {
            return new(Part, Ok: false, e.Message);
        }
    }

    private static string Unlimited(FleetKeys keys) =>
        keys.Unlimited.Count == 0
            ? ""
            : $"; {string.Join(", ", keys.Unlimited)} may sign every order: name those each needs in Fleet:Keys";
}
