using System.CommandLine;
using System.CommandLine.Parsing;

namespace DriverMonitor.Cli;

/// <summary>
/// Finds an option or argument that was given without anything in it, as an unset variable of a script leaves it, or whose bytes
/// are no UTF-8: the runtime replaces those, and another file would be meant.
/// </summary>
internal static class ArgumentFault
{
    /// <summary>Its name and what is wrong with it; null if there is none.</summary>
    public static string? In(ParseResult line)
    {
        for (SymbolResult? level = line.CommandResult; level is not null; level = level.Parent)
        {
            if (level is not CommandResult command) continue;
            foreach (var child in command.Children)
            {
                if (
                    child.Tokens.Select(token => FaultOf(token.Value)).FirstOrDefault(fault => fault is not null) is not { } fault
                )
                    continue;
                if (child is OptionResult option)
                    return $"{option.Option.Name} {fault}";
                if (child is ArgumentResult argument)
                    return $"{argument.Argument.Name} {fault}";
            }
        }

        return null;
    }

    private static string? FaultOf(string value) =>
        string.IsNullOrWhiteSpace(value) ? "is empty. Give a value, or leave it out."
        : value.Contains('\uFFFD', StringComparison.Ordinal) ? "is not UTF-8. Rename the file."
        : null;
}
