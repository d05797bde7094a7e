using System.Text;
using DriverMonitor.Core;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Signals;
using DriverMonitor.Host;
using DriverMonitor.Recording;
using DriverMonitor.Recording.Report;
using Microsoft.Extensions.Logging.Abstractions;

namespace DriverMonitor.Commands;

/// <summary>What a replay writes, and the line with which it ends.</summary>
internal sealed class ReplayOutputs : IDisposable
{
    private readonly string[] _paths;
    private readonly DisclosurePolicy _policy;
    private readonly EventFile? _events;
    private readonly TraceFile? _trace;
    private readonly Recorder? _recorder;
    private readonly FileStream? _report;
    private readonly ReportLog? _log;
    private readonly string _language;
    private readonly Tally _tally = new();

    /// <param name="paths">Where to write; what is null is not written.</param>
    /// <param name="origin">What judges.</param>
    /// <param name="record">Opens a recorder in a folder.</param>
    /// <param name="policy">What whoever is handed the files may read in them.</param>
    public ReplayOutputs(ReplayPaths paths, WireOrigin origin, Func<string, Recorder> record, DisclosurePolicy policy)
    {
        _policy = policy;
        _paths = [.. new[] { paths.Events, paths.Trace, paths.Report, paths.Record }.OfType<string>()];
        _events = Open(paths.Events, path => new EventFile(path, origin, policy));
        _trace = Open(paths.Trace, path => new TraceFile(path, policy));
        _report = Open(paths.Report, path => PrivateFile.Create(path));
        (_log, _language) = (_report is null ? null : new ReportLog(policy.To(Audience.File)), paths.Language ?? ReportLanguage.Usual);
        _recorder = Open(paths.Record, record);
        Sinks = new FanOut([.. new IEventSink?[] { _events, _trace, _recorder, _log, _tally }.OfType<IEventSink>()], NullLogger.Instance);
    }

    public FanOut Sinks { get; }

    /// <summary>Says how it went, writes the report, and gives the exit code.</summary>
    public int Finish(Outcome last, ReportFacts facts)
    {
        _events?.Emit(default, last);
        _tally.Emit(default, last);
        _log?.Emit(default, last);
        Console.WriteLine(_tally);
        if (_log is not null) _report!.Write(Encoding.UTF8.GetBytes(new ReportPage(facts with { Tells = _policy.To(Audience.File) }, _log, ReportLanguage.Words(_language)).Write()));
        if (Sinks.Failures == 0) return ExitCode.Fine;
        Console.Error.WriteLine($"drivermonitor: {Sinks.Failures} lines could not be written. Look at the disk of {string.Join(" and ", _paths)}.");
        return ExitCode.OurBug;
    }

    public void Dispose()
    {
        _events?.Dispose();
        _trace?.Dispose();
        _recorder?.Dispose();
        _report?.Dispose();
    }

    private static T? Open<T>(string? path, Func<string, T> open) where T : class
    {
        if (path is null) return null;
        try
        {
            return open(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"Output file {path} cannot be written: {e.Message} Name another file.", e);
        }
    }
}

/// <summary>Files that a replay is to write; null for those nobody asked for.</summary>
/// <param name="Language">Of the report; null for the system's.</param>
internal readonly record struct ReplayPaths(string? Events, string? Trace, string? Report, string? Record, string? Language = null);
