namespace DriverMonitor.Fleet.Configuration;

/// <summary>What the process tells its caller (the numbers of sysexits.h).</summary>
internal static class ExitCode
{
    public const int Fine = 0;

    /// <summary>The work was done and its result is bad: a check failed, an event is missing.</summary>
    public const int Failed = 1;

    public const int BadUsage = 64;
    public const int OurBug = 70;

    /// <summary>A file, a port, a broker or a database could not be used.</summary>
    public const int DeviceFailed = 74;

    public const int BadConfiguration = 78;

    /// <summary>Stopped by a signal before its work was done (128 + SIGINT, as shells count).</summary>
    public const int Interrupted = 130;

    /// <summary>Every code with its meaning, in the order of the numbers: for the help and the manual.</summary>
    public static readonly IReadOnlyList<(int Code, string Meaning)> Meanings =
    [
        (Fine, "fine"),
        (Failed, "done, and the result is bad: a check failed, an event is missing, there was nothing to take back"),
        (BadUsage, "the command line is not understood, or a value on it cannot be"),
        (OurBug, "a fault of the program: please report it"),
        (DeviceFailed, "a file, a port, a broker or a database could not be used"),
        (BadConfiguration, "settings are wrong, or do not fit what is there"),
        (Interrupted, "interrupted"),
    ];
}
