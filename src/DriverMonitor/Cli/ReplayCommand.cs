using System.CommandLine;
using DriverMonitor.Recording.Report;

namespace DriverMonitor.Cli;

/// <summary>
/// <c>replay INPUT</c>: judges a video, a folder of pictures or a recording as fast as it can, on the input's own clock.
/// </summary>
internal sealed class ReplayCommand
{
    private readonly Argument<string?> _input = new("INPUT")
    {
        Description = "A recording, a video, a folder of pictures, or one picture.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _heart = new("--heart")
    {
        Description = "Heart series: lines 'at_s,bpm,rr_ms', or one RR interval in ms a line.",
    };

    private readonly Option<string?> _speed = new("--speed")
    {
        Description = "Speed in km/h, or a file of lines 'at_s,kmh'. Unknown counts as fast.",
    };

    private readonly Option<string?> _voice = new("--voice")
    {
        Description = "Sound of the same drive: a WAV file, 16 kHz, mono, 16 bit. Only measures of it are kept.",
    };

    private readonly Option<string?> _events = new("--events")
    {
        Description = "Write every event as a line of JSON to this file; - is the standard output.",
    };

    private readonly Option<string?> _trace = new("--trace")
    {
        Description = "Write every picture's measures as a line of CSV to this file; - is the standard output.",
    };

    private readonly Option<string?> _report = new("--report")
    {
        Description = "Write the drive as one page of HTML, to read and to print.",
    };

    private readonly Option<string?> _language = new("--language")
    {
        Description = "Of the report: en or de; the system's without it.",
    };

    private readonly Option<string?> _record = new("--record")
    {
        Description = "Record what was measured, without any picture, into this folder: to send, or to judge again quickly.",
    };

    private readonly Option<bool> _strict = new("--strict")
    {
        Description = "Refuse an input that is cut or damaged (exit code 66) instead of judging what is there.",
    };

    private readonly Option<string?> _config = new("--config")
    {
        Description = "Settings file; without it the defaults, or those that a recording was judged with.",
    };

    private ReplayCommand() => _language.AcceptOnlyFromAmong(ReportLanguage.Known);

    public static Command Make()
    {
        var options = new ReplayCommand();
        var command = new Command("replay", "Judge a recorded drive.")
        {
            options._input, options._heart, options._speed, options._voice, options._events, options._trace, options._report,
            options._language, options._record, options._strict, options._config,
        };
        command.Validators.Add(line =>
        {
            var (input, heart, voice) = (
                line.GetValue(options._input), line.GetValue(options._heart), line.GetValue(options._voice));
            if (input is null && heart is null)
                line.AddError("replay needs an INPUT (a recording, a video or a folder of pictures) or --heart FILE.");
            if (input is null && voice is not null)
                line.AddError("--voice needs an INPUT: a voice is judged beside a face.");
        });
        command.SetAction((line, stop) => Task.FromResult(ReplayRun.Run(options.Read(line), stop)));
        return command;
    }

    private ReplayRequest Read(ParseResult line) => new(
        line.GetValue(_input),
        line.GetValue(_heart),
        line.GetValue(_speed),
        line.GetValue(_voice),
        line.GetValue(_config),
        new(
            line.GetValue(_events), line.GetValue(_trace), line.GetValue(_report), line.GetValue(_record),
            line.GetValue(_language), line.GetValue(_strict)));
}
