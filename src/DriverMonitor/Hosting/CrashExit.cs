namespace DriverMonitor.Hosting;

/// <summary>
/// Ends the program by the documented code when a thread of it fails that nobody watches (the buzzer's, a timer's): left to the
/// runtime it would abort with 134.
/// </summary>
internal static class CrashExit
{
    public static void Install() => AppDomain.CurrentDomain.UnhandledException += (_, fault) => Report(fault.ExceptionObject);

    private static void Report(object fault)
    {
        Console.Error.WriteLine($"drivermonitor: this is a bug in the program, please report it: {fault}");
        // Whatever falls silent at the end of the process still does.
        Environment.Exit(ExitCode.OurBug);
    }
}
