using System.Globalization;
using System.Text;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Configuration;

/// <summary>Every key as a page of the documentation, made from the types that read it.</summary>
internal static class ConfigurationPage
{
    public static string Path => SourceTree.Path("deploy", "CONFIGURATION.md");

    public static string Of(object settings)
    {
        var docs = new XmlDocs("drivermonitor", "DriverMonitor.Core");
        var page = new StringBuilder("""
            # Configuration

            Made from the program's own types; do not edit. `tests/run.sh` fails when it is not what they say;
            `CONFIGURATION_WRITE=1 dotnet test tests/DriverMonitor.Tests --filter ConfigurationPage` writes it anew.

            The file is JSON with one section `DriverMonitor`; comments (`//`) are allowed. A key that is left out keeps its
            default. A key that is not known, a value of the wrong kind or out of range stops the start with one line. Times are
            `"hours:minutes:seconds"` with any number of hours, `"days.hours:minutes:seconds"`, or a number with its unit: `"90 s"`, `"15 min"`,
            `"36 h"`, `"7 days"`. A key must not be empty (`""`): leave it out. Installed from the package the file is
            `/etc/drivermonitor/drivermonitor.json`.

            What an installer sets is in `Camera`, `Gpio`, `HeartRate`, `Vehicle` and `Mqtt`. `Judgement` holds the limits of the
            judgement: they are the product's, taken from protocols and papers, and there is seldom a reason to move one.

            """.ReplaceLineEndings("\n"));
        foreach (var section in SettingsTree.Sections(settings).Where(section => section.Path.Length > 0)) Append(page, section, docs);
        return page.ToString();
    }

    private static void Append(StringBuilder page, Section section, XmlDocs docs)
    {
        var keys = SettingsTree.Keys(section);
        page.Append(CultureInfo.InvariantCulture, $"\n## {section.Path}\n");
        var about = string.Join(" ", new[] { docs.Of(section.Owner, section.Path.Split(':')[^1]), docs.Of(section.Type) }.Distinct().Where(text => text.Length > 0));
        if (about.Length > 0) page.Append(CultureInfo.InvariantCulture, $"\n{about}\n");
        if (section.IsAbsent) page.Append("\nLeft out (`null`) by default.\n");
        if (keys.Count == 0) return;

        page.Append("\n| key | default | allowed | what |\n|---|---|---|---|\n");
        foreach (var key in keys)
            page.Append(CultureInfo.InvariantCulture, $"| `{key.Property.Name}` | `{key.Default}` | {key.Allowed} | {What(section, key, docs)} |\n");
    }

    /// <summary>What the key says, and what its values mean where they are names that were explained.</summary>
    private static string What(Section section, Key key, XmlDocs docs)
    {
        var type = Nullable.GetUnderlyingType(key.Property.PropertyType) ?? key.Property.PropertyType;
        var values = type.IsEnum
            ? Enum.GetNames(type).Select(name => (Name: name, Text: docs.Of(type, name))).Where(value => value.Text.Length > 0).Select(value => $"`{value.Name}`: {value.Text}")
            : [];
        var words = string.Join(" ", values.Prepend(docs.Of(section.Type, key.Property.Name)).Where(text => text.Length > 0));
        return words.Length > 0 ? words : "Goes with the key above.";
    }
}
