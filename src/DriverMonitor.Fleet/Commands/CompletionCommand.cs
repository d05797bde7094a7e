using System.CommandLine;
using DriverMonitor.Cli;

namespace DriverMonitor.Fleet.Commands;

/// <summary><c>completion SHELL</c>: prints what lets a shell complete this command line, or the manual page.</summary>
internal static class CompletionCommand
{
    private const string Program = "drivermonitor-fleet", Manual = "man";

    /// <param name="root">The tree that is to be completed.</param>
    public static Command Make(Func<RootCommand> root)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish; man prints the manual page." };
        shell.AcceptOnlyFromAmong([.. ShellCompletion.Shells, Manual]);
        var command = new Command("completion", "Print the completions of this command line for a shell, or the manual page.") { shell };
        command.SetAction(line =>
        {
            var wanted = line.GetRequiredValue(shell);
            Console.Out.Write(wanted == Manual ? ManualPage.Of(root()) : ShellCompletion.For(wanted, root(), Program));
            return ExitCode.Fine;
        });
        return command;
    }
}
