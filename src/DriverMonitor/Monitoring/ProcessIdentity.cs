using System.Globalization;

namespace DriverMonitor.Monitoring;

/// <summary>Names a process so that a later one with the same number is not taken for it: its number and when it began.</summary>
internal static class ProcessIdentity
{
    // Field 22 of /proc/PID/stat (proc(5)): clock ticks since the machine started. The second field, the program's name, may hold
    // spaces and brackets: fields are counted from behind it.
    private const int StartTimeAfterName = 19;

    /// <summary>This process.</summary>
    public static string Own { get; } = Of(Environment.ProcessId) ?? "";

    /// <summary>Whether the process that was given this name still runs.</summary>
    public static bool IsRunning(string identity) =>
        identity.Split(' ') is [var number, _]
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && Of(id) == identity;

    private static string? Of(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields.Length > StartTimeAfterName ? $"{id} {fields[StartTimeAfterName]}" : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
