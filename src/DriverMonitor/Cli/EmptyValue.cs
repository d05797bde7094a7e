using System.CommandLine;
using System.CommandLine.Parsing;

namespace DriverMonitor.Cli;

/// <summary>Finds an option or argument that was given without anything in it, as an unset variable of a script leaves it.</summary>
internal static class EmptyValue
{
    /// <summary>Its name; null if there is none.</summary>
    public static string? In(ParseResult line)
    {
        for (SymbolResult? level = line.CommandResult; level is not null; level = level.Parent)
        {
            if (level is not CommandResult command) continue;
            foreach (var child in command.Children)
            {
                if (!child.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value))) continue;
                if (child is OptionResult option) return option.Option.Name;
                if (child is ArgumentResult argument) return argument.Argument.Name;
            }
        }

        return null;
    }
}
