using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace DriverMonitor.Hosting;

/// <summary>
/// One line an event: the journal's priority or the level's name, the part, the message. Whatever a message repeats from outside
/// stays on its line, and its control characters are shown.
/// </summary>
internal sealed class PlainLines(IOptionsMonitor<PlainLineOptions> options) : ConsoleFormatter(Named)
{
    public const string Named = "plain";

    private const string Ours = "DriverMonitor.";

    public override void Write<TState>(in LogEntry<TState> entry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var line = new StringBuilder(options.CurrentValue.HasPriorities ? Priority(entry.LogLevel) : Level(entry.LogLevel));
        line.Append(PartOf(entry.Category)).Append(": ");
        Add(line, entry.Formatter(entry.State, entry.Exception));
        if (entry.Exception is { } e) Add(line.Append(' '), e.ToString());
        textWriter.WriteLine(line.ToString());
    }

    /// <summary>Our own parts by their folder; others by their last name.</summary>
    public static string PartOf(string category) => category.StartsWith(Ours, StringComparison.Ordinal)
        ? category[Ours.Length..].Split('.')[0]
        : category[(category.LastIndexOf('.') + 1)..];

    private static void Add(StringBuilder line, string message)
    {
        // A value that is not there is left out; the framework would write what a programmer expects.
        foreach (var one in message.Replace("(null)", "", StringComparison.Ordinal).ReplaceLineEndings(" ").TrimEnd())
        {
            if (char.IsControl(one)) line.Append(CultureInfo.InvariantCulture, $"\\x{(int)one:x2}");
            else line.Append(one);
        }
    }

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce: ",
        LogLevel.Debug => "dbug: ",
        LogLevel.Information => "info: ",
        LogLevel.Warning => "warn: ",
        LogLevel.Error => "fail: ",
        _ => "crit: ",
    };

    /// <summary>The numbers of syslog(3), which sd-daemon(3) lets a program write before its lines.</summary>
    private static string Priority(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "<7>",
        LogLevel.Information => "<6>",
        LogLevel.Warning => "<4>",
        LogLevel.Error => "<3>",
        _ => "<2>",
    };
}

internal sealed class PlainLineOptions : ConsoleFormatterOptions
{
    /// <summary>The journal reads the lines, not a person.</summary>
    public bool HasPriorities { get; set; }
}

internal static class PlainLogging
{
    public static void AddPlainLines(this ILoggingBuilder logging, bool hasPriorities)
    {
        logging.AddConsole(console => console.FormatterName = PlainLines.Named);
        logging.AddConsoleFormatter<PlainLines, PlainLineOptions>(lines => lines.HasPriorities = hasPriorities);
        // What the runtime's web server says of its own doings is no concern of who looks after a vehicle.
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("System", LogLevel.Warning);
    }
}
