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
    /// <param name="settings">The locked sections by name.</param>
    /// <param name="protocol">The same sections in the same order, as the protocols have them.</param>
    public static IEnumerable<string> Moved(
        IEnumerable<(string Name, object Section)> settings, IEnumerable<(string Name, object Section)> protocol) =>
        settings.Zip(protocol, (set, expected) => Different(set.Name, set.Section, expected.Section)).SelectMany(names => names);

    private static IEnumerable<string> Different(string section, object settings, object protocol) =>
        settings.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetIndexParameters().Length == 0)
            .Where(property =>
                !StructuralComparisons.StructuralEqualityComparer.Equals(property.GetValue(settings), property.GetValue(protocol))
            )
            .Select(property => $"{section}:{property.Name}");
}
