using System.CommandLine;
using System.Text;
using DriverMonitor.Configuration;
using DriverMonitor.Files;
using DriverMonitor.Hosting;
using DriverMonitor.Monitoring;
using DriverMonitor.Web;

namespace DriverMonitor.Cli;

/// <summary><c>password</c>: sets the page's password. The service asks for it from its next start on.</summary>
internal static class PasswordCommand
{
    public static Command Make()
    {
        var config = new Option<string?>("--config") { Description = MonitorOptions.ConfigHelp };
        var command = new Command("password", "Set the page's password: typed twice, or one line on standard input.") { config };
        command.SetAction(line =>
        {
            var settings = MonitorOptions.Load(line.GetValue(config) ?? MonitorOptions.InstalledFile);
            var paths = SettingPaths.Of(settings).ToLookup(IsOwn);
            OutputGuard.Check([.. paths[false]], [.. paths[true]]);
            return Run(settings);
        });
        return command;
    }

    private static int Run(MonitorOptions settings)
    {
        var file = PagePassword.Place(settings.Web) ?? throw new ConfigurationException(
            "Web:PasswordFile is not set. Name a file that the service can read, such as /var/lib/drivermonitor/page.password.");
        var password = Console.IsInputRedirected ? Console.ReadLine() ?? "" : Prompt("Password: ");
        if (password.Length < PagePassword.Shortest)
            throw new ConfigurationException($"A password needs {PagePassword.Shortest} characters. Four words will do.");
        if (!Console.IsInputRedirected && Prompt("Again: ") != password)
            throw new ConfigurationException("The two are not the same. Nothing was changed.");

        try
        {
            PagePassword.Save(file, password);
        }
        catch (Exception e) when ((e is IOException or UnauthorizedAccessException) && !OutputException.IsDiskFull(e))
        {
            throw new ConfigurationException($"{file} cannot be written: {e.Message} Run it as the service's user.", e);
        }

        Console.WriteLine($"Kept as a hash in {file}. Restart the service to ask for it.");
        return ExitCode.Fine;
    }

    private static bool IsOwn(NamedPath path) => path.Name == $"{nameof(MonitorOptions.Web)}:{nameof(WebSettings.PasswordFile)}";

    private static string Prompt(string prompt)
    {
        Console.Write(prompt);
        var typed = new StringBuilder();
        // Who waits for a key is not woken by a signal, so Ctrl-C has to come as a key.
        Console.TreatControlCAsInput = true;
        try
        {
            while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
            {
                if (key is { Key: ConsoleKey.C, Modifiers: ConsoleModifiers.Control }) throw new OperationCanceledException();
                if (key.Key != ConsoleKey.Backspace) typed.Append(key.KeyChar);
                else if (typed.Length > 0) typed.Length--;
            }
        }
        finally
        {
            Console.TreatControlCAsInput = false;
            Console.WriteLine();
        }

        return typed.ToString();
    }
}
