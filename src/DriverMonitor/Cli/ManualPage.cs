using System.CommandLine;
using System.Text;
using DriverMonitor.Hosting;

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
        ManualSections.AppendVerbs(page, root);
        page.Append(Files);
        ManualSections.AppendExitCodes(page, ExitCode.Meanings);
        return page.Append(Tail).ToString();
    }
}
