using System.Text.Json;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Hosting;

/// <summary>
/// What the service does beside warning. Any of these may fail without silencing the buzzer; what is not named here (camera,
/// networks, judgement, buzzer) is the warning itself, and ends the program when it fails.
/// </summary>
internal enum ServicePart
{
    Link,
    Outbox,
    FleetEvents,
    Orders,
    AuditHead,
    Renewal,
    Aliases,
    HeartGateway,
    VehicleGateway,
    Gpsd,
    Can,
    Nmea,
    Devices,
    Strap,
    Vehicle,
    Heart,
    Skin,
    WallClock,
    Page,
    PageView,
    Aim,
    Figures,
    StageTimes,
    Outputs,
    Collector,
    Consent,
    Clock,
    Recorder,
    Profile,
    LogLines,
    Systemd,
    Button,
    Hands,
    Microphone,
}

/// <summary>Names of parts on the wire, in logs and on the page.</summary>
internal static class ServicePartNames
{
    public static string Name(this ServicePart part) => JsonNamingPolicy.SnakeCaseLower.ConvertName(part.ToString());
}
