using System.Text;
using DriverMonitor.Configuration;
using DriverMonitor.Core;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Wire;
using DriverMonitor.Files;
using DriverMonitor.Hosting;
using DriverMonitor.Recording;
using DriverMonitor.Recording.Report;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Cli;

/// <summary>What a replay writes, and the line with which it ends.</summary>
internal sealed class ReplayOutputs : IDisposable
{
    /// <summary>Names the standard output instead of a file.</summary>
    public const string StandardOutput = "-";

    private readonly string[] _paths;
    private readonly DisclosurePolicy _policy;
    private readonly List<OutputFile> _files = [];
    private readonly EventFile? _events;
    private readonly TraceFile? _trace;
    private readonly Recorder? _recorder;
    private readonly Stream? _report;
    private readonly ReportLog? _log;
    private readonly string _language;
    private readonly DriveTally _tally = new();
    private Stream? _standardOutput;

    /// <param name="paths">Where to write; what is null is not written.</param>
    /// <param name="origin">What judges.</param>
    /// <param name="record">Opens a recorder in a folder.</param>
    /// <param name="policy">What whoever is handed the files may read in them.</param>
    public ReplayOutputs(ReplayPaths paths, WireOrigin origin, Func<string, Recorder> record, DisclosurePolicy policy)
    {
        _policy = policy;
        _paths = [.. paths.Outputs.Select(output => output.Path)];
        (_language, Sinks) = (paths.Language ?? ReportLanguage.Usual, new([], NullLogger.Instance));
        try
        {
            _events = Open(paths.Events, path => new EventFile(Begin(path), origin, policy));
            _trace = Open(paths.Trace, path => new TraceFile(Begin(path), policy));
            _report = Open(paths.Report, Begin);
            _log = _report is null ? null : new ReportLog(policy.To(Audience.File));
            _recorder = Open(paths.Record, record);
        }
        catch
        {
            Dispose();
            throw;
        }

        Sinks = new FanOut(
            [.. new IEventSink?[] { _events, _trace, _recorder, _log, _tally }.OfType<IEventSink>()],
            NullLogger.Instance);
    }

    public FanOut Sinks { get; }

    /// <summary>Finishes what is written, then says how it went, and gives the exit code.</summary>
    /// <param name="last">What ended with the drive.</param>
    /// <param name="facts">For the report.</param>
    /// <param name="stop">Asked for if the drive was left in its middle: then nothing is put in its place.</param>
    /// <param name="partial">What the input promised and did not give; null where all of it was judged.</param>
    /// <exception cref="OutputException">The disk did not take everything.</exception>
    public int Finish(Outcome last, ReportFacts facts, CancellationToken stop, string? partial = null)
    {
        if (stop.IsCancellationRequested)
        {
            Console.Error.WriteLine(
                $"drivermonitor: stopped before the end{(_files.Count == 0 ? "." : "; no file was written.")}");
            return ExitCode.Interrupted;
        }

        _tally.Emit(default, last);
        Write(last, facts with { Partial = partial });
        WriteSummary(partial is null ? $"{_tally}" : $"{_tally}, partial");
        if (partial is not null)
            Console.Error.WriteLine($"drivermonitor: {ShownText.Line(partial)}. What was there was judged; --strict refuses it.");
        return ExitCode.Fine;
    }

    /// <summary>A line about the whole, where it mixes with nothing that was asked for.</summary>
    public void WriteSummary(string line) => (_standardOutput is null ? Console.Out : Console.Error).WriteLine(line);

    public void Dispose()
    {
        _recorder?.Dispose();
        _standardOutput?.Dispose();
        foreach (var file in _files) file.Dispose();
    }

    private void Write(Outcome last, ReportFacts facts)
    {
        try
        {
            _events?.Emit(default, last);
            _log?.Emit(default, last);
            if (_log is not null)
                _report!.Write(
                    Encoding.UTF8.GetBytes(
                        new ReportPage(
                            facts with
                            {
                                Tells = _policy.To(Audience.File),
                            },
                            _log,
                            ReportLanguage.Words(_language)
                        ).Write()));
            _standardOutput?.Flush();
            foreach (var file in _files)
                file.Content.Flush();
        }
        catch (IOException e)
        {
            throw new OutputException(
                $"Nothing was written: {e.Message.ReplaceLineEndings(" ").TrimEnd('.')}. Make room on the disk of {string.Join(" and ", _paths)}.",
                e);
        }

        _recorder?.Dispose();
        if (_recorder?.Failure is { } why)
            throw new OutputException($"The drive was not recorded whole: {why} Make room, or name another folder.");
        if (Sinks.Failures > 0)
            throw new OutputException(
                $"{Sinks.Failures} lines could not be written. Look at the disk of {string.Join(" and ", _paths)}.");
        foreach (var file in _files)
            file.Commit();
    }

    private Stream Begin(string path)
    {
        if (path == StandardOutput) return _standardOutput = new BufferedStream(Console.OpenStandardOutput(), 1 << 16);
        var file = OutputFile.Create(path);
        _files.Add(file);
        return file.Content;
    }

    /// <summary>Opens an output, or says in one line why not; null for none.</summary>
    public static T? Open<T>(string? path, Func<string, T> open) where T : class
    {
        if (path is null) return null;
        try
        {
            return open(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"Output file {path} cannot be written: {e.Message.TrimEnd('.')}. Name another file.", e);
        }
    }
}

/// <summary>Files that a replay is to write; null for those nobody asked for.</summary>
/// <param name="Language">Of the report; null for the system's.</param>
/// <param name="Strict">Write nothing of an input that is cut or damaged.</param>
internal readonly record struct ReplayPaths(
    string? Events, string? Trace, string? Report, string? Record, string? Language = null, bool Strict = false)
{
    /// <summary>Those that were asked for, as they were named.</summary>
    public IReadOnlyList<NamedPath> Outputs =>
        [.. Named(("--events", Events), ("--trace", Trace), ("--report", Report), ("--record", Record))];

    /// <summary>The ones of these that are there.</summary>
    public static IEnumerable<NamedPath> Named(params IEnumerable<(string Name, string? Path)> all) =>
        all.Where(one => one.Path is not null).Select(one => new NamedPath(one.Name, one.Path!));
}
