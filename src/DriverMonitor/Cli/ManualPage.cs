using System.CommandLine;
using System.Text;

namespace DriverMonitor.Cli;

/// <summary>The manual page, drivermonitor(1), of the command line as it is. Pure.</summary>
internal static class ManualPage
{
    private const string Head = """
        .\" Written by: drivermonitor completion man
        .TH DRIVERMONITOR 1 "" "Driver Monitor" "User Commands"
        .SH NAME
        drivermonitor \- watches a driver's eyes, head and heart, warns by buzzer
        .SH SYNOPSIS
        .B drivermonitor
        .I VERB
        .RI [ options ]
        .SH DESCRIPTION
        An in-cabin camera and a heart-rate strap go in; fatigue, stress, anger and distraction are judged on the device; a buzzer
        warns the driver; events go to the fleet over MQTT. No picture leaves the vehicle. It is an aid, not a guarantee.
        .SH VERBS

        """;

    private const string Files = """
        .SH FILES
        .TP
        .I /etc/drivermonitor/drivermonitor.json
        The settings. Keys that are not named keep their defaults; all are told in
        .IR /usr/share/doc/drivermonitor/CONFIGURATION.md ,
        tuning in
        .IR /usr/share/doc/drivermonitor/EXPERT.md .
        .TP
        .I /etc/drivermonitor/credentials
        Passwords and keys. Only root may read the folder; the service is handed copies when it starts.
        .TP
        .I /var/lib/drivermonitor
        State: what is to be kept between drives.
        .SH EXIT STATUS

        """;

    private const string Tail = """
        .PP
        systemd starts the service again after everything but 64, 66 and 78.
        .SH SEE ALSO
        .BR systemctl (1),
        .BR journalctl (1),
        .I /usr/share/doc/drivermonitor/deploy/README.md

        """;

    public static string Of(RootCommand root)
    {
        var page = new StringBuilder(Head);
        foreach (var entry in CommandTree.Entries(root).Where(entry => entry.Path.Length > 0)) Write(page, entry);
        page.Append(Files);
        foreach (var (code, meaning) in HelpWithExitCodes.Codes) page.Append($".TP\n.B {code}\n{Safe(meaning)}\n");
        return page.Append(Tail).ToString();
    }

    private static void Write(StringBuilder page, CommandEntry entry)
    {
        var arguments = string.Concat(entry.Arguments.Select(argument => $" \\fI{Safe(argument.Name)}\\fR"));
        page.Append($".TP\n.B {Safe(entry.Path)}{arguments}\n{Safe(entry.Description)}\n");
        if (entry.Options.Count == 0) return;
        page.Append(".RS\n");
        foreach (var option in entry.Options)
        {
            var value = option.ValueType == typeof(bool) ? "" : $" \\fI{Safe(option.HelpName ?? "VALUE")}\\fR";
            page.Append($".TP\n.B {Safe(option.Name)}{value}\n{Safe(option.Description ?? "")}\n");
        }

        page.Append(".RE\n");
    }

    /// <summary>A hyphen of an option is no dash, and a line may begin neither with a dot nor with a quote.</summary>
    private static string Safe(string text)
    {
        var safe = text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal);
        return safe.StartsWith('.') || safe.StartsWith('\'') ? $"\\&{safe}" : safe;
    }
}
