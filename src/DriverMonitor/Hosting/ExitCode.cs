namespace DriverMonitor.Hosting;

/// <summary>What the process tells its caller (the numbers of sysexits.h).</summary>
internal static class ExitCode
{
    public const int Fine = 0;

    /// <summary>The work was done and its result is bad: a check failed, a scripted event was missed.</summary>
    public const int Failed = 1;

    public const int BadUsage = 64;
    public const int InputUnreadable = 66;
    public const int OurBug = 70;

    /// <summary>There was not enough memory; started again it may find some.</summary>
    public const int OutOfMemory = 71;

    /// <summary>What was asked for could not be written: the disk is full or gone.</summary>
    public const int CannotWrite = 73;

    /// <summary>A device failed while it was read or written.</summary>
    public const int DeviceFailed = 74;

    /// <summary>Another service has the folder; it may be free when this one is started again.</summary>
    public const int FolderInUse = 75;

    public const int BadConfiguration = 78;

    /// <summary>Stopped by a signal before its work was done (128 + SIGINT, as shells count).</summary>
    public const int Interrupted = 130;

    /// <summary>Every code with its meaning, in the order of the numbers: for the help and the manual.</summary>
    public static readonly IReadOnlyList<(int Code, string Meaning)> Meanings =
    [
        (Fine, "fine"),
        (Failed, "done, and the result is bad: a check failed, nothing was granted, something was missed"),
        (BadUsage, "the command line is not understood"),
        (InputUnreadable, "an input is missing or cannot be read"),
        (OurBug, "a fault of the program: please report it"),
        (OutOfMemory, "not enough memory"),
        (CannotWrite, "an output could not be written"),
        (DeviceFailed, "a device failed"),
        (FolderInUse, "another service runs with the same folder"),
        (BadConfiguration, "settings, a model or the board are wrong"),
        (Interrupted, "interrupted"),
    ];
}
