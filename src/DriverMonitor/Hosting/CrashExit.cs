namespace DriverMonitor.Hosting;

/// <summary>
/// Ends the program by a documented code when something fails that nobody foresaw, also on a thread that nobody watches (the
/// buzzer's, a timer's): left to the runtime it would abort with 134.
/// </summary>
internal static class CrashExit
{
    public static void Install() => AppDomain.CurrentDomain.UnhandledException += (_, fault) => Report(fault.ExceptionObject);

    public static string Words(object fault) => CodeOf(fault) == ExitCode.OutOfMemory
        ? "there is not enough memory. The unit allows 768 MB; systemd-cgtop shows what takes the rest."
        : $"this is a bug in the program, please report it: {fault}";

    public static int CodeOf(object fault) => IsOutOfMemory(fault as Exception) ? ExitCode.OutOfMemory : ExitCode.OurBug;

    private static void Report(object fault)
    {
        Console.Error.WriteLine($"drivermonitor: {Words(fault)}");
        // Whatever falls silent at the end of the process still does.
        Environment.Exit(CodeOf(fault));
    }

    private static bool IsOutOfMemory(Exception? fault) => fault switch
    {
        null => false,
        OutOfMemoryException => true,
        AggregateException many => many.InnerExceptions.Any(IsOutOfMemory),
        _ => IsOutOfMemory(fault.InnerException),
    };
}
