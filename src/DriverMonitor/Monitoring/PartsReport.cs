using System.Text.Json;
using DriverMonitor.Configuration;
using DriverMonitor.Files;

namespace DriverMonitor.Monitoring;

/// <summary>What <see cref="PartsFile"/> holds.</summary>
/// <param name="Process">Whose parts these are (<see cref="ProcessIdentity"/>).</param>
/// <param name="Failing">The parts that are not well.</param>
internal sealed record PartsReport(string Process, IReadOnlyList<PartsReport.Part> Failing)
{
    private const string CheckName = "parts";

    /// <param name="Failures">Since the start of the service.</param>
    /// <param name="Fault">The last failure in one line; null where there was none.</param>
    internal sealed record Part(string Name, bool IsDown, long Failures, string? Fault)
    {
        public override string ToString() =>
            $"{Name} {(IsDown ? "is left down" : "fails and is started again")} ({Failures} times, {Fault ?? "no reason known"})";
    }

    /// <summary>What <c>check</c> says of the parts of the service that runs beside it.</summary>
    /// <param name="folder">The service's state folder; null where it keeps none.</param>
    public static CheckLine Check(string? folder)
    {
        var file = folder is null ? null : Path.Combine(folder, PartsFile.Name);
        if (file is null || !File.Exists(file)) return NotRunning;
        try
        {
            var report = JsonSerializer.Deserialize<PartsReport>(StoredFile.ReadBytes(file));
            return report is { Process: { } process } && ProcessIdentity.IsRunning(process) ? Line(report.Failing) : NotRunning;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return new(CheckName, Ok: false, $"{file} cannot be read: {ShownText.Excerpt(e.Message)} Run 'check' as root.");
        }
    }

    private static CheckLine NotRunning => new(CheckName, Ok: true, "not known, for the service does not run");

    private static CheckLine Line(IReadOnlyList<Part>? failing) =>
        failing is not { Count: > 0 }
            ? new(CheckName, Ok: true, "all of the running service work")
            : new(
                CheckName,
                Ok: false,
                $"{ShownText.Line(string.Join("; ", failing))}. See 'journalctl -u drivermonitor'; restart the service.");
}
