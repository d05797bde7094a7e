using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;

namespace DriverMonitor.Configuration;

/// <summary>
/// What no setting may be, whatever its own rule says: a number that is none or beyond all use, a time that arithmetic cannot
/// hold, a control character in a path, a group that is null. Each would surface later, as a fault of the program.
/// </summary>
internal static class SettingsLimits
{
    private const double Largest = 1e12;

    /// <summary>Longer than any device runs.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(10 * 366);

    private static readonly ConcurrentDictionary<PropertyInfo, bool> Nullable = new();

    /// <summary>The first key that holds such a value, in words; null if there is none.</summary>
    public static string? Fault(object settings) => Fault(settings, "");

    private static string? Fault(object value, string path) =>
        value switch
        {
            string text => text.Any(char.IsControl) ? $"{path} holds a control character. Write it anew." : null,
            TimeSpan time => time > Longest || time < -Longest ? $"{path} is longer than ten years." : null,
            double number => Math.Abs(number) <= Largest ? null : $"{path} is not a number between -1e12 and 1e12.",
            IDictionary table => table
                .Keys.Cast<object>()
                .Select(key => table[key] is { } one ? Fault(one, $"{path}:{key}") : $"{path}:{key} is empty.")
                .FirstOrDefault(fault => fault is not null),
            IEnumerable list => list.Cast<object?>()
                .Select((one, at) => one is null ? $"{path}:{at} is empty." : Fault(one, $"{path}:{at}"))
                .FirstOrDefault(fault => fault is not null),
            _ when IsGroup(value.GetType()) => value
                .GetType()
                .GetProperties(BindingFlags.Public | BindingFlags.Instance)
                .Where(property => property.CanWrite && property.GetIndexParameters().Length == 0)
                .Select(property => FaultOf(property, value, path))
                .FirstOrDefault(fault => fault is not null),
            _ => null,
        };

    private static string? FaultOf(PropertyInfo property, object owner, string path)
    {
        var at = path.Length == 0 ? property.Name : $"{path}:{property.Name}";
        if (property.GetValue(owner) is { } value) return Fault(value, at);
        return MayBeNull(property) ? null : $"{at} is empty. Give it a value, or leave the key out for the default.";
    }

    private static bool MayBeNull(PropertyInfo property) =>
        Nullable.GetOrAdd(
            property, static one => new NullabilityInfoContext().Create(one).WriteState != NullabilityState.NotNull);

    private static bool IsGroup(Type type) =>
        type is { IsClass: true } && type.Namespace?.StartsWith(nameof(DriverMonitor), StringComparison.Ordinal) == true;
}
