using System.Text.Json;

namespace DriverMonitor.Files;

/// <summary>What is wrong with a text that should be JSON, for whoever wrote it: without the parser's own vocabulary.</summary>
internal static class JsonFault
{
    private const string Nothing = "does not contain any JSON tokens";

    /// <summary>One line of at most an excerpt's length, without a full stop.</summary>
    public static string Words(Exception fault)
    {
        if (fault.Message.Contains(Nothing, StringComparison.Ordinal)) return "it is empty";
        var what = fault.Message.Split([" Path: ", " LineNumber: "], 2, StringSplitOptions.None)[0];
        what = ShownText.Excerpt(what.ReplaceLineEndings(" ").Trim().TrimEnd('.'));
        return fault is JsonException { LineNumber: { } line } ? $"line {line + 1}: {what}" : what;
    }
}
