using System.Collections;
using System.Reflection;

namespace DriverMonitor.Core.Alerts;

/// <summary>
/// The limits on which safety rests, and whether somebody moved them. They are the protocols' (Euro NCAP, EU 2023/2590,
/// EU 2021/1341) or, where a protocol is silent, the product's own: the defaults of these sections and steps.
/// </summary>
internal static class ProtocolLock
{
    /// <summary>Names of the locked values that are not the protocol's.</summary>
    public static IEnumerable<string> Moved(MonitorSettings settings)
    {
        var protocol = new MonitorSettings();
        return Different("Frames", settings.Frames, protocol.Frames)
            .Concat(Different("Picture", settings.Picture, protocol.Picture))
            .Concat(Different("Eyes", settings.Eyes, protocol.Eyes))
            .Concat(Different("Mouth", settings.Mouth, protocol.Mouth))
            .Concat(Different("Head", settings.Head, protocol.Head))
            .Concat(Different("Road", settings.Road, protocol.Road))
            .Concat(Different("Alerts", settings.Alerts, protocol.Alerts))
            .Concat(Different("Fatigue:Watch", settings.Fatigue.Watch, protocol.Fatigue.Watch))
            .Concat(Different("Fatigue:Warn", settings.Fatigue.Warn, protocol.Fatigue.Warn))
            .Concat(Different("Fatigue:Critical", settings.Fatigue.Critical, protocol.Fatigue.Critical))
            .Concat(Different("Fatigue:Microsleep", settings.Fatigue.Microsleep, protocol.Fatigue.Microsleep))
            .Concat(Different("Fatigue:Sleep", settings.Fatigue.Sleep, protocol.Fatigue.Sleep));
    }

    private static IEnumerable<string> Different<T>(string section, T settings, T protocol) where T : notnull =>
        typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0)
            .Where(property => !StructuralComparisons.StructuralEqualityComparer.Equals(property.GetValue(settings), property.GetValue(protocol)))
            .Select(property => $"{section}:{property.Name}");
}
