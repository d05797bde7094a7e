namespace DriverMonitor;

/// <summary>What the process tells its caller (the numbers of sysexits.h).</summary>
internal static class ExitCode
{
    public const int Fine = 0;

    /// <summary>The work was done and its result is bad: a check failed, a scripted event was missed.</summary>
    public const int Failed = 1;

    public const int BadUsage = 64;
    public const int InputUnreadable = 66;
    public const int OurBug = 70;
    public const int BadConfiguration = 78;

    /// <summary>By Ctrl-C or a signal, as shells count it: the work is not done.</summary>
    public const int Interrupted = 130;
}
