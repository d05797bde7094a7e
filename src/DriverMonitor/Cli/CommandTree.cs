using System.CommandLine;

namespace DriverMonitor.Cli;

/// <summary>One verb of the command line with the words that may follow it.</summary>
/// <param name="Path">The verb as it is typed, without the program's name; empty for the program itself.</param>
/// <param name="Verbs">Names of the verbs below it.</param>
internal sealed record CommandEntry(
    string Path,
    string Description,
    IReadOnlyList<string> Verbs,
    IReadOnlyList<Option> Options,
    IReadOnlyList<Argument> Arguments);

/// <summary>The command line as a list, of which manual page and completions are written: no verb is missing in them.</summary>
internal static class CommandTree
{
    public static IReadOnlyList<CommandEntry> Entries(RootCommand root) => [.. Walk(root, "")];

    /// <summary>Long names of what may be typed there, the help included.</summary>
    public static IEnumerable<string> OptionNames(CommandEntry entry) =>
        entry.Options.Select(option => option.Name).Append("--help").Distinct(StringComparer.Ordinal);

    private static IEnumerable<CommandEntry> Walk(Command command, string path)
    {
        var verbs = command.Subcommands.Where(one => !one.Hidden).ToList();
        yield return new(
            path,
            command.Description ?? "",
            [.. verbs.Select(verb => verb.Name)],
            [.. command.Options.Where(option => !option.Hidden && option.Name.StartsWith("--", StringComparison.Ordinal))],
            [.. command.Arguments.Where(argument => !argument.Hidden)]);
        foreach (var verb in verbs)
            foreach (var below in Walk(verb, path.Length == 0 ? verb.Name : $"{path} {verb.Name}")) yield return below;
    }
}
