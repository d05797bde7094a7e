using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace DriverMonitor.Cli;

/// <summary>The usual help, and below it what the process tells its caller.</summary>
/// <param name="codes">In the order of the numbers.</param>
internal sealed class HelpWithExitCodes(HelpAction usual, IReadOnlyList<(int Code, string Meaning)> codes)
    : SynchronousCommandLineAction
{
    /// <summary>Gives the help of every command this end.</summary>
    public static void AddTo(RootCommand root, IReadOnlyList<(int Code, string Meaning)> codes)
    {
        foreach (var help in root.Options.OfType<HelpOption>())
            if (help.Action is HelpAction usual) help.Action = new HelpWithExitCodes(usual, codes);
    }

    public override int Invoke(ParseResult parseResult)
    {
        var code = usual.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Exit codes:");
        foreach (var (number, meaning) in codes) output.WriteLine($"  {number,3}  {meaning}");
        output.WriteLine();
        return code;
    }
}
