using System.Globalization;
using Spectre.Console;

namespace DriverMonitor.Cli;

/// <summary>A bar on a terminal; nothing at all where nobody looks.</summary>
internal static class ReplayProgress
{
    /// <summary>Whether somebody looks.</summary>
    public static bool IsShown => !Console.IsErrorRedirected;

    /// <param name="total">Pictures (of a recording, seconds) in all, where known.</param>
    /// <param name="done">As many so far; read from another thread.</param>
    /// <param name="work">What takes the time.</param>
    /// <param name="stop">Ends the work.</param>
    public static void Show(int? total, Func<long> done, Action<CancellationToken> work, CancellationToken stop)
    {
        if (!IsShown)
        {
            work(stop);
            return;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (total is null)
        {
            // How much there is nobody knows, but that it goes on.
            console.Status().Start("Judging", status =>
            {
                using var tick = new Timer(
                    _ => status.Status = string.Create(CultureInfo.InvariantCulture, $"Judging, {done():N0} pictures"),
                    null, TimeSpan.Zero, TimeSpan.FromMilliseconds(500));
                work(stop);
            });
            return;
        }

        console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(progress =>
            {
                var bar = progress.AddTask("Judging", maxValue: total.Value);
                using var tick = new Timer(_ => bar.Value = done(), null, TimeSpan.Zero, TimeSpan.FromMilliseconds(100));
                work(stop);
                bar.Value = Math.Min(total.Value, done()); // a file that was cut ends before its bar does
            });
    }
}
