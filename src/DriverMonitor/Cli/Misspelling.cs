using System.CommandLine;
using System.CommandLine.Parsing;
using DriverMonitor.Files;

namespace DriverMonitor.Cli;

/// <summary>Finds a word of the command line that no verb and no option has, and the one that was meant.</summary>
internal static class Misspelling
{
    /// <summary>The word and what to do about it; null if every word is known.</summary>
    public static string? In(ParseResult line)
    {
        var command = line.CommandResult.Command;
        if (UnknownOption(line, command) is { } option) return Words(option, OptionsOf(line));
        if (line.UnmatchedTokens is not [var unknown, ..]) return null;
        return Words(
            unknown,
            unknown.StartsWith('-') ? OptionsOf(line)
            : command.Subcommands.SelectMany(NamesOf).Concat(command.Arguments.SelectMany(ValueFault.Labels)));
    }

    /// <summary>
    /// An option that no command has is else taken for the argument, and the complaint is about the word behind it.
    /// </summary>
    private static string? UnknownOption(ParseResult line, Command command)
    {
        var known = OptionsOf(line).ToHashSet(StringComparer.Ordinal);
        foreach (var token in line.Tokens)
        {
            if (token.Type == TokenType.DoubleDash) return null;
            if (token.Type != TokenType.Argument || !token.Value.StartsWith("--", StringComparison.Ordinal)) continue;
            if (!known.Contains(token.Value) && !IsValueOfOption(line, token) && FileStatus.Of(token.Value, out _) is null)
                return token.Value;
        }

        return null;
    }

    private static bool IsValueOfOption(ParseResult line, Token token) =>
        line.CommandResult.Children.OfType<OptionResult>().Any(option => option.Tokens.Contains(token));

    private static IEnumerable<string> OptionsOf(ParseResult line)
    {
        for (SymbolResult? level = line.CommandResult; level is not null; level = level.Parent)
        {
            if (level is not CommandResult { Command: var command }) continue;
            foreach (var option in command.Options)
                if (level == line.CommandResult || option.Recursive)
                    foreach (var name in (IEnumerable<string>)[option.Name, .. option.Aliases]) yield return name;
        }
    }

    private static IEnumerable<string> NamesOf(Command command) => [command.Name, .. command.Aliases];

    private static string Words(string unknown, IEnumerable<string> known) =>
        Suggestion.For(unknown.StartsWith('-') ? unknown.Split('=')[0] : unknown, known) is { } meant
            ? Words(unknown, meant)
            : $"'{unknown}' is not understood here.";

    /// <summary>An unknown word, and the one that was meant.</summary>
    public static string Words(string unknown, string meant) => $"'{unknown}' is not understood here. Did you mean '{meant}'?";
}
