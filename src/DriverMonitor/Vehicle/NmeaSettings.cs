using System.ComponentModel.DataAnnotations;

namespace DriverMonitor.Vehicle;

/// <summary>A satellite receiver on a serial port, without gpsd.</summary>
internal sealed record NmeaSettings
{
    /// <summary>The port, such as <c>/dev/ttyACM0</c>; null for none.</summary>
    [RegularExpression("/dev/.+")] public string? Port { get; init; }

    /// <summary>Bits a second; USB receivers do not care.</summary>
    [Range(1200, 921600)] public int BaudRate { get; init; } = 9600;
}
