using System.CommandLine;
using System.Text;

namespace DriverMonitor.Cli;

/// <summary>The sections of a manual page that are written from a command line as it is. Pure.</summary>
internal static class ManualSections
{
    /// <summary>Every verb with its arguments and options.</summary>
    public static void AppendVerbs(StringBuilder page, RootCommand root)
    {
        foreach (var entry in CommandTree.Entries(root).Where(entry => entry.Path.Length > 0)) Write(page, entry);
    }

    public static void AppendExitCodes(StringBuilder page, IEnumerable<(int Code, string Meaning)> codes)
    {
        foreach (var (code, meaning) in codes) page.Append($".TP\n.B {code}\n{Safe(meaning)}\n");
    }

    private static void Write(StringBuilder page, CommandEntry entry)
    {
        var arguments = string.Concat(entry.Arguments.Select(argument => $" \\fI{Safe(argument.Name)}\\fR"));
        page.Append($".TP\n.B {Safe(entry.Path)}{arguments}\n{Safe(entry.Description)}\n");
        if (entry.Options.Count == 0) return;
        page.Append(".RS\n");
        foreach (var option in entry.Options)
        {
            var value = option.ValueType == typeof(bool) ? "" : $" \\fI{Safe(option.HelpName ?? "VALUE")}\\fR";
            page.Append($".TP\n.B {Safe(option.Name)}{value}\n{Safe(option.Description ?? "")}\n");
        }

        page.Append(".RE\n");
    }

    /// <summary>A hyphen of an option is no dash, and a line may begin neither with a dot nor with a quote.</summary>
    private static string Safe(string text)
    {
        var safe = text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal);
        return safe.StartsWith('.') || safe.StartsWith('\'') ? $"\\&{safe}" : safe;
    }
}
