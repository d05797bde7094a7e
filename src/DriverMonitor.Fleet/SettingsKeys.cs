using DriverMonitor.Cli;
using DriverMonitor.Fleet.Enrolment;
using DriverMonitor.Fleet.Identity;
using DriverMonitor.Fleet.Intake;
using DriverMonitor.Fleet.Marks;
using DriverMonitor.Fleet.Orders;
using DriverMonitor.Fleet.Rights;
using DriverMonitor.Fleet.Web;
using DriverMonitor.Fleet.Wire;
using Microsoft.Extensions.Configuration;

namespace DriverMonitor.Fleet;

/// <summary>
/// Refuses keys of the settings file that nobody reads: a retention with a slip of the keyboard in it would keep data for longer
/// than was promised, and nobody would be told.
/// </summary>
internal static class SettingsKeys
{
    private static readonly Dictionary<string, Type> Sections = new(StringComparer.OrdinalIgnoreCase)
    {
        [FleetOptions.Section] = typeof(FleetOptions),
        [BrokerOptions.Section] = typeof(BrokerOptions),
        [LinkOptions.Section] = typeof(LinkOptions),
        [MarkOptions.Section] = typeof(MarkOptions),
        [WebOptions.Section] = typeof(WebOptions),
        [OidcOptions.Section] = typeof(OidcOptions),
        [RetentionOptions.Section] = typeof(RetentionOptions),
        [EnrolmentOptions.Section] = typeof(EnrolmentOptions),
        [OrderOptions.Section] = typeof(OrderOptions),
    };

    /// <summary>What loggers are told belongs to the framework.</summary>
    private static readonly string[] Roots = [FleetOptions.Section, "Logging"];

    /// <exception cref="ConfigurationException">The first key that is not known, and the one that was meant.</exception>
    public static void Check(IConfiguration file)
    {
        foreach (var root in file.GetChildren())
        {
            if (!Roots.Contains(root.Key, StringComparer.OrdinalIgnoreCase)) throw Unknown(root.Path, root.Key, Roots);
        }

        Check(file.GetSection(FleetOptions.Section));
    }

    private static void Check(IConfigurationSection section)
    {
        var known = KeysOf(section.Path);
        foreach (var child in section.GetChildren())
        {
            if (!known.Contains(child.Key, StringComparer.OrdinalIgnoreCase)) throw Unknown(child.Path, child.Key, known);
            if (Sections.ContainsKey(child.Path)) Check(child);
        }
    }

    /// <summary>A section's own values, and the sections below it.</summary>
    private static List<string> KeysOf(string section) =>
    [
        .. Sections[section].GetProperties().Where(property => property.SetMethod is not null).Select(property => property.Name),
        .. Sections.Keys.Where(one => one.StartsWith(section + ":", StringComparison.OrdinalIgnoreCase))
            .Select(one => one[(section.Length + 1)..]).Where(name => !name.Contains(':', StringComparison.Ordinal)),
    ];

    private static ConfigurationException Unknown(string path, string key, IReadOnlyList<string> known)
    {
        var meant = Suggestion.For(key, known);
        return new($"'{TopicName.Shown(path)}' is no setting.{(meant is null ? "" : $" Did you mean '{meant}'?")}");
    }
}
