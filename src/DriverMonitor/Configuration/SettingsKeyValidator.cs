using System.ComponentModel;
using System.Reflection;
using DriverMonitor.Files;
using Microsoft.Extensions.Configuration;

namespace DriverMonitor.Configuration;

/// <summary>
/// Holds a settings file against the options that it is to fill. The binder would refuse the same slips, in words for
/// programmers; an installer wants to hear which key it is and what it may be.
/// </summary>
internal static class SettingsKeyValidator
{
    /// <summary>
    /// The first key that does not exist or cannot be read, in words; null if there is none. Durations are put in the framework's
    /// form.
    /// </summary>
    /// <param name="root">The section that the options are filled from; keys are named below it.</param>
    public static string? Fault(IConfigurationSection root, Type options) => Fault(root, options, root.Path.Length + 1);

    private static string? Fault(IConfigurationSection section, Type type, int prefix)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (section.Value is { } blank && string.IsNullOrWhiteSpace(blank) && IsValue(type) && !IsWord(section))
            return $"{section.Path[prefix..]} is empty. Give a value, or leave the key out.";
        if (type == typeof(TimeSpan) && DurationText.TryParse(section.Value ?? "", out var duration))
        {
            // The binder reads "24:00:00" as 24 days; it is given what it cannot misread.
            section.Value = duration.ToString("c");
            return null;
        }

        if (section.Value is { Length: > 0 } text)
            return Misread(section.Path[Math.Min(prefix, section.Path.Length)..], text, type);
        foreach (var child in section.GetChildren())
        {
            if (MemberType(type, child.Key) is not { } member)
                return Unknown(child, type, prefix);
            if (IsNullWhereAValueMustBe(child, type))
                return $"{child.Path[prefix..]} is null. Give a value, or leave the key out.";
            if (Fault(child, member, prefix) is { } fault)
                return fault;
        }

        return null;
    }

    /// <summary>The type of what a key names: a property, or the element of a list or table.</summary>
    private static Type? MemberType(Type type, string key) =>
        type.IsArray ? type.GetElementType()
        : type.IsGenericType ? type.GetGenericArguments()[^1]
        : IsValue(type) && type.Namespace?.StartsWith(nameof(DriverMonitor), StringComparison.Ordinal) != true ? null
        : type.GetProperty(key, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)?.PropertyType;

    private static string Unknown(IConfigurationSection child, Type type, int prefix)
    {
        var parent = child.Path[..^child.Key.Length];
        if (IsValue(type)) return $"{parent[prefix..].TrimEnd(':')} is one value, not a group of keys.";
        var near = type.GetProperties()
            .Select(property => (property.Name, Slips: Slips(property.Name, child.Key)))
            .Where(other => other.Slips <= Math.Max(2, child.Key.Length / 3))
            .OrderBy(other => other.Slips).Select(other => other.Name).FirstOrDefault();
        return $"there is no key {child.Path[prefix..]}{(near is null ? "; appsettings.json and expert.json beside the program show every key." : $"; {parent[prefix..]}{near} is meant, perhaps.")}";
    }

    private static string? Misread(string key, string text, Type type)
    {
        if (type == typeof(TimeSpan))
            return $"{key} is '{ShownText.Excerpt(text)}'; it must be {DurationText.Forms}.";
        if (!IsValue(type))
            return key.Length == 0 ? null : $"{key} is a group of keys or a list, not the value '{ShownText.Excerpt(text)}'.";
        try
        {
            TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text);
            return null;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException or NotSupportedException)
        {
            return $"{key} is '{ShownText.Excerpt(text)}'; it must be {Wanted(type)}.";
        }
    }

    private static string Wanted(Type type) =>
        type.IsEnum ? (type.IsDefined(typeof(FlagsAttribute)) ? "some of " : "one of ") + string.Join(", ", Enum.GetNames(type))
        : type == typeof(bool) ? "true or false"
        : type == typeof(double) || type == typeof(float) ? "a number"
        : type == typeof(int) || type == typeof(long) ? "a whole number"
        : "written as in expert.json beside the program";

    /// <summary>The binder would put null where the program's types promise a value.</summary>
    private static bool IsNullWhereAValueMustBe(IConfigurationSection child, Type type) =>
        child.Value is null
        && !child.GetChildren().Any()
        && type.GetProperty(child.Key, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase) is { } property
        && IsValue(property.PropertyType)
        && new NullabilityInfoContext().Create(property).WriteState == NullabilityState.NotNull;

    /// <summary>A word of a command line may be empty.</summary>
    private static bool IsWord(IConfigurationSection section) =>
        int.TryParse(section.Key, out _)
        && section.Path[..^(section.Key.Length + 1)].EndsWith(":Arguments", StringComparison.OrdinalIgnoreCase);

    private static bool IsValue(Type type) => TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string));

    /// <summary>How many letters one must change, add or leave out (Levenshtein), big and small alike.</summary>
    private static int Slips(string a, string b)
    {
        (a, b) = (a.ToUpperInvariant(), b.ToUpperInvariant());
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 1; j <= b.Length; j++)
                (diagonal, row[j]) = (
                    row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
        }

        return row[^1];
    }
}
