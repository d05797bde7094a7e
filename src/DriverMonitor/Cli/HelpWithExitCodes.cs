using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using DriverMonitor.Hosting;

namespace DriverMonitor.Cli;

/// <summary>The usual help, and below it what the process tells its caller.</summary>
internal sealed class HelpWithExitCodes(HelpAction usual) : SynchronousCommandLineAction
{
    /// <summary>Every code with its meaning, in the order of the numbers.</summary>
    public static readonly IReadOnlyList<(int Code, string Meaning)> Codes =
    [
        (ExitCode.Fine, "fine"),
        (ExitCode.Failed, "done, and the result is bad: a check failed, nothing was granted, something was missed"),
        (ExitCode.BadUsage, "the command line is not understood"),
        (ExitCode.InputUnreadable, "an input is missing or cannot be read"),
        (ExitCode.OurBug, "a fault of the program: please report it"),
        (ExitCode.OutOfMemory, "not enough memory"),
        (ExitCode.CannotWrite, "an output could not be written"),
        (ExitCode.DeviceFailed, "a device failed"),
        (ExitCode.BadConfiguration, "settings, a model or the board are wrong"),
        (ExitCode.Interrupted, "interrupted"),
    ];

    /// <summary>Gives the help of every command this end.</summary>
    public static void AddTo(RootCommand root)
    {
        foreach (var help in root.Options.OfType<HelpOption>())
            if (help.Action is HelpAction usual) help.Action = new HelpWithExitCodes(usual);
    }

    public override int Invoke(ParseResult parseResult)
    {
        var code = usual.Invoke(parseResult);
        Write(parseResult.InvocationConfiguration.Output);
        return code;
    }

    private static void Write(TextWriter output)
    {
        output.WriteLine("Exit codes:");
        foreach (var (code, meaning) in Codes) output.WriteLine($"  {code,3}  {meaning}");
        output.WriteLine();
    }
}
