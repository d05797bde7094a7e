using DriverMonitor.Hosting;

namespace DriverMonitor.Cli;

/// <summary>What somebody at the terminal answers. No answer, a closed input for instance, is never a yes.</summary>
internal static class Answer
{
    public static bool IsYes(string question)
    {
        Console.Write(question);
        var answer = Console.ReadLine();
        if (answer is null) Console.WriteLine();
        return answer?.Trim().ToLowerInvariant() is "yes" or "y" or "ja" or "j";
    }

    /// <summary>Says on one line that what was asked for did not happen, so that nobody believes it did.</summary>
    public static int NotDone(string why)
    {
        Console.Error.WriteLine($"drivermonitor: {why}");
        return ExitCode.Failed;
    }
}
