using System.CommandLine;
using System.Text;
using DriverMonitor.Cli;

namespace DriverMonitor.Fleet.Commands;

/// <summary>The manual page, drivermonitor-fleet(1), of the command line as it is. Pure.</summary>
internal static class ManualPage
{
    private const string Head = """
        .\" Written by: drivermonitor-fleet completion man
        .TH DRIVERMONITOR-FLEET 1 "" "Driver Monitor" "User Commands"
        .SH NAME
        drivermonitor\-fleet \- receives what a fleet's vehicles publish
        .SH SYNOPSIS
        .B drivermonitor\-fleet
        .I VERB
        .RI [ options ]
        .SH DESCRIPTION
        Stores every event of a fleet's vehicles exactly once, tells the vehicles how far it has them, enrols them, and answers
        people and programs. Alone it needs nothing else: a broker and a store are inside. There is no driver in its tables.
        .SH VERBS

        """;

    private const string Files = """
        .SH FILES
        .TP
        .I /etc/drivermonitor/fleet.json
        The settings, made by
        .BR setup .
        .TP
        .I /var/lib/drivermonitor\-fleet
        The store, the keys, and in
        .I authority
        what signs vehicles. Keep a copy of that folder offline.
        .SH EXIT STATUS

        """;

    private const string Tail = """
        .PP
        systemd starts the service again after everything but 64 and 78.
        .SH SEE ALSO
        .BR systemctl (1),
        .BR journalctl (1),
        .I /usr/share/doc/drivermonitor\-fleet/README.md

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
