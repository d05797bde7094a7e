using System.CommandLine;
using DriverMonitor.Hosting;

namespace DriverMonitor.Cli;

/// <summary><c>completion SHELL</c>: prints what lets a shell complete this command line, or the manual page.</summary>
internal static class CompletionCommand
{
    private const string Manual = "man";

    /// <param name="root">The tree that is to be completed.</param>
    public static Command Make(Func<RootCommand> root)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or fish; man prints the manual page." };
        shell.AcceptOnlyFromAmong([.. ShellCompletion.Shells, Manual]);
        var command = new Command("completion", "Print the completions of this command line for a shell, or the manual page.") { shell };
        command.SetAction(line =>
        {
            var wanted = line.GetValue(shell)!;
            Console.Out.Write(wanted == Manual ? ManualPage.Of(root()) : ShellCompletion.For(wanted, root()));
            return ExitCode.Fine;
        });
        return command;
    }
}
