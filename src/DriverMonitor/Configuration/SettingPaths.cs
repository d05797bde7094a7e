using System.Collections;
using System.Reflection;
using DriverMonitor.Files;

namespace DriverMonitor.Configuration;

/// <summary>Every file and folder that a tree of settings names: they are the keys that end with File or Folder.</summary>
internal static class SettingPaths
{
    /// <summary>The keys, below the root, and what they name.</summary>
    public static IReadOnlyList<NamedPath> Of(object settings) => [.. Within(settings, "")];

    private static IEnumerable<NamedPath> Within(object node, string prefix)
    {
        foreach (var property in node.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (
                property.GetIndexParameters().Length > 0
                || property.GetSetMethod() is null
                || property.GetValue(node) is not { } value)
                continue;
            var key = $"{prefix}{property.Name}";
            if (value is string path)
            {
                if (IsPath(property.Name)) yield return new(key, path);
            }
            else if (
                value is not IEnumerable
                && property.PropertyType.Assembly.GetName().Name is "drivermonitor" or "DriverMonitor.Core"
                && !property.PropertyType.IsValueType)
            {
                foreach (var inner in Within(value, key + ":")) yield return inner;
            }
        }
    }

    private static bool IsPath(string name) =>
        name.EndsWith("File", StringComparison.Ordinal) || name.EndsWith("Folder", StringComparison.Ordinal);
}
