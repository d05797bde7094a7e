using System.Globalization;
using System.Text;
using DriverMonitor.Monitoring;
using DriverMonitor.Tests.Support;

namespace DriverMonitor.Tests.Configuration;

/// <summary>Every key as a page of the documentation, made from the types that read it.</summary>
internal static class ConfigurationPage
{
    public static string Path(bool isExpert) => SourceTree.Path("deploy", isExpert ? "EXPERT.md" : "CONFIGURATION.md");

    public static string Of(object settings, bool isExpert)
    {
        var docs = new XmlDocs("drivermonitor", "DriverMonitor.Core");
        var page = new StringBuilder((isExpert ? Expert : Installer).ReplaceLineEndings("\n"));
        foreach (var section in SettingsTree.Sections(settings).Where(section => section.Path.Length > 0))
            Append(page, section, isExpert, docs);
        return page.ToString();
    }

    private const string Installer = """
        # Configuration

        Made from the program's own types; do not edit. `tests/run.sh` fails when it is not what they say;
        `CONFIGURATION_WRITE=1 dotnet test tests/DriverMonitor.Tests --filter ConfigurationPage` writes it anew.

        What an installer sets, and a fleet's operator. Tuning is in [EXPERT.md](EXPERT.md): the limits of the judgement, which are the
        product's, taken from protocols and papers, and details of devices that seldom matter.

        The file is JSON with one section `DriverMonitor`; comments (`//`) are allowed. A key that is left out keeps its
        default. A key that is not known, a value of the wrong kind or out of range stops the start with one line. Times are
        `"hours:minutes:seconds"` with any number of hours, `"days.hours:minutes:seconds"`, or a number with its unit: `"90 s"`, `"15 min"`,
        `"36 h"`, `"7 days"`. A key must not be empty (`""`): leave it out. Installed from the package the file is
        `/etc/drivermonitor/drivermonitor.json`.

        """;

    private const string Expert = """
        # Tuning

        Made from the program's own types; do not edit. `tests/run.sh` fails when it is not what they say;
        `CONFIGURATION_WRITE=1 dotnet test tests/DriverMonitor.Tests --filter ConfigurationPage` writes it anew.

        There is seldom a reason to move one of these. They live in a file of their own, which `Judgement:ExpertFile` names in the settings file:
        `"Judgement": { "ExpertFile": "/etc/drivermonitor/expert.json" }`. It is written like [the settings file](CONFIGURATION.md), with one
        section `DriverMonitor` and the same names; `expert.json` beside the program shows every key with its default. It is read with the same
        strictness: a file that is missing, a key that is not known or belongs in the settings file, a value out of range stop the start with one
        line and exit code 78. The hash that names the judgement in every alert covers both files.

        The settings file of an earlier version may hold these keys itself. They are still read there, and each start says in one line where they
        live now. Where both files set a key, the expert file's value holds.

        """;

    private static void Append(StringBuilder page, Section section, bool isExpert, XmlDocs docs)
    {
        var keys = SettingsTree
            .Keys(section)
            .Where(key => InstallerKeys.Split.IsInstaller($"{section.Path}:{key.Property.Name}") != isExpert)
            .ToList();
        if (keys.Count == 0)
            return;
        page.Append(CultureInfo.InvariantCulture, $"\n## {section.Path}\n");
        var about = string.Join(
            " ",
            new[] { docs.Of(section.Owner, section.Path.Split(':')[^1]), docs.Of(section.Type) }
                .Distinct()
                .Where(text => text.Length > 0));
        if (about.Length > 0)
            page.Append(CultureInfo.InvariantCulture, $"\n{about}\n");
        if (section.IsAbsent)
            page.Append("\nLeft out (`null`) by default.\n");

        page.Append("\n| key | default | allowed | what |\n|---|---|---|---|\n");
        foreach (var key in keys)
            page.Append(CultureInfo.InvariantCulture, $"| `{key.Property.Name}` | `{key.Default}` | {key.Allowed} | {What(section, key, docs)} |\n");
    }

    /// <summary>What the key says, and what its values mean where they are names that were explained.</summary>
    private static string What(Section section, Key key, XmlDocs docs)
    {
        var type = Nullable.GetUnderlyingType(key.Property.PropertyType) ?? key.Property.PropertyType;
        var values = type.IsEnum
            ? Enum.GetNames(type)
                .Select(name => (Name: name, Text: docs.Of(type, name)))
                .Where(value => value.Text.Length > 0)
                .Select(value => $"`{value.Name}`: {value.Text}")
            : [];
        var words = string.Join(
            " ", values.Prepend(docs.Of(key.Property.DeclaringType!, key.Property.Name)).Where(text => text.Length > 0));
        return words.Length > 0 ? words : "Goes with the key above.";
    }
}
