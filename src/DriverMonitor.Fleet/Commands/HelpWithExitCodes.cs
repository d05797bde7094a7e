using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace DriverMonitor.Fleet.Commands;

/// <summary>The usual help, and below it what the process tells its caller.</summary>
internal sealed class HelpWithExitCodes(HelpAction usual) : SynchronousCommandLineAction
{
    /// <summary>Every code with its meaning, in the order of the numbers.</summary>
    public static readonly IReadOnlyList<(int Code, string Meaning)> Codes =
    [
        (ExitCode.Fine, "fine"),
        (ExitCode.Failed, "done, and the result is bad: a check failed, an event is missing, there was nothing to take back"),
        (ExitCode.BadUsage, "the command line is not understood, or a value on it cannot be"),
        (ExitCode.OurBug, "a fault of the program: please report it"),
        (ExitCode.DeviceFailed, "a file, a port, a broker or a database could not be used"),
        (ExitCode.BadConfiguration, "settings are wrong, or do not fit what is there"),
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
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Exit codes:");
        foreach (var (number, meaning) in Codes) output.WriteLine($"  {number,3}  {meaning}");
        output.WriteLine();
        return code;
    }
}
