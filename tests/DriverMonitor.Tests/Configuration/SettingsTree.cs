using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DriverMonitor.Tests.Configuration;

/// <summary>One settings record: its path in the file, its type, and the values it has by default.</summary>
/// <param name="IsAbsent">The file leaves it out (null) unless somebody sets it.</param>
/// <param name="Owner">The record whose property it is.</param>
internal sealed record Section(string Path, Type Owner, Type Type, object Defaults, bool IsAbsent);

/// <summary>One key: what it is by default and what it may be.</summary>
internal sealed record Key(PropertyInfo Property, string Default, string Allowed);

/// <summary>The settings' types, walked in the order of the file.</summary>
internal static class SettingsTree
{
    private static readonly JsonSerializerOptions Json = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    public static IEnumerable<Section> Sections(object settings, string path = "", Type? owner = null, bool isAbsent = false)
    {
        yield return new(path, owner ?? settings.GetType(), settings.GetType(), settings, isAbsent);
        foreach (var property in Settable(settings.GetType()).Where(p => IsSection(p.PropertyType)))
        {
            var value = property.GetValue(settings);
            foreach (
                var inner in Sections(
                    value ?? Activator.CreateInstance(property.PropertyType)!,
                    path.Length == 0 ? property.Name : $"{path}:{property.Name}",
                    settings.GetType(),
                    isAbsent || value is null))
                yield return inner;
        }
    }

    public static IReadOnlyList<Key> Keys(Section section) =>
    [
        .. Settable(section.Type).Where(p => !IsSection(p.PropertyType))
            .Select(p => new Key(p, Written(p.GetValue(section.Defaults)), Allowed(p))),
    ];

    private static IEnumerable<PropertyInfo> Settable(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanWrite && p.GetCustomAttribute<JsonIgnoreAttribute>() is null);

    private static bool IsSection(Type type) =>
        type is { IsClass: true, IsArray: false }
        && !IsWritten(type)
        && type.Namespace!.StartsWith(nameof(DriverMonitor), StringComparison.Ordinal)
        && !type.IsAssignableTo(typeof(IEnumerable));

    /// <summary>Written as one value, such as a curve.</summary>
    private static bool IsWritten(Type type) => type.GetCustomAttribute<JsonConverterAttribute>() is not null;

    private static string Written(object? value) => value is TimeSpan time ? Short(time) : JsonSerializer.Serialize(value, Json);

    private static string Short(TimeSpan time) => $"\"{time.ToString("c", CultureInfo.InvariantCulture).TrimTail()}\"";

    /// <summary>Only a fraction of a second has a tail; the point of "7.00:00:00" is that of its days.</summary>
    private static string TrimTail(this string time) => time.LastIndexOf('.') > time.LastIndexOf(':') ? time.TrimEnd('0') : time;

    private static string Allowed(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return property.GetCustomAttribute<RangeAttribute>() is { } range
                ? string.Create(CultureInfo.InvariantCulture, $"{range.Minimum} to {range.Maximum}")
            : property.GetCustomAttribute<AllowedValuesAttribute>() is { } values ? string.Join(", ", values.Values)
            : type.IsEnum ? string.Join(", ", Enum.GetNames(type).Select(name => $"`{name}`"))
            : IsWritten(type) ? "points of a curve that never falls"
            : type == typeof(bool) ? "true, false"
            : type == typeof(TimeSpan) ? "a time"
            : type == typeof(TimeOnly) ? "a time of day"
            : type == typeof(string) ? "text"
            : type == typeof(Uri) ? "an address"
            : type.IsAssignableTo(typeof(IEnumerable)) ? "a list"
            : "a number";
    }
}
