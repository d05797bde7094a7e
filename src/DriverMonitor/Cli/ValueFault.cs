using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Parsing;

namespace DriverMonitor.Cli;

/// <summary>Finds a value that is a slip for one of several, or no number where one is wanted.</summary>
internal static class ValueFault
{
    /// <summary>The value and what to do about it; null where nothing better can be said than the parser says.</summary>
    public static string? In(ParseResult line)
    {
        foreach (var error in line.Errors)
        {
            var (name, values, tokens) = error.SymbolResult switch
            {
                OptionResult option => (option.Option.Name, Labels(option.Option), option.Tokens),
                ArgumentResult { Parent: OptionResult option } => (option.Option.Name, Labels(option.Option), option.Tokens),
                ArgumentResult argument => (argument.Argument.Name, Labels(argument.Argument), argument.Tokens),
                _ => ("", [], []),
            };
            foreach (var given in tokens.Select(token => token.Value).Except(values))
            {
                if (Suggestion.For(given, values) is { } meant) return Misspelling.Words(given, meant);
                if (error.Message.Contains("as expected type", StringComparison.Ordinal)) return $"'{given}' is no number for {name}.";
            }
        }

        return null;
    }

    /// <summary>The values that it takes where they are few; none where it takes any.</summary>
    public static IReadOnlyList<string> Labels(Symbol symbol) =>
        [.. symbol.GetCompletions(CompletionContext.Empty).Select(value => value.Label)];
}
