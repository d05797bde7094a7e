using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Vehicle;

/// <summary>
/// Keeps connected to gpsd and gives on what its receivers report; gpsd missing, killed or started anew stops nobody.
/// </summary>
/// <param name="settings">With a host.</param>
/// <param name="hear">Takes a report; false if it is not the one in use.</param>
internal sealed partial class GpsdListener(
    GpsdSettings settings, Func<GpsdReport, bool> hear, TimeProvider time, ILogger<GpsdListener> log)
{
    /// <summary>gpsd is on this machine or beside it: asking costs nothing, so the pause need not grow.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>A receiver without a fix says so every second. Silence is a receiver unplugged, or a dead connection.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    private readonly ILogger _log = log;
    private bool? _hasFix;
    private bool _isLost;
    private bool _isOddSaid;

    /// <summary>Runs until stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var reason = await ListenAsync(stop);
            if (stop.IsCancellationRequested) return;

            if (!_isLost) LogLost(settings.Host!, settings.Port, reason);
            (_isLost, _hasFix) = (true, null);
            await Task.Delay(Pause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>One connection, from its beginning to its end; the reason of the end, in words.</summary>
    private async Task<string> ListenAsync(CancellationToken stop)
    {
        try
        {
            using var session = new GpsdSession();
            await session.OpenAsync(settings, time, stop);
            await foreach (var report in session.ReadAsync(Silence, time, stop))
            {
                if (report.IsVersion) ShowFound(report.Release);
                if (report.Odd is { } field) ShowOdd(field);
                if (report.IsFix && hear(report)) ShowFix(report.HasFix);
            }

            return "it closed the connection";
        }
        catch (OperationCanceledException)
        {
            return "it does not answer";
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return e.Message.ReplaceLineEndings(" ").TrimEnd('.');
        }
    }

    private void ShowFound(string? release)
    {
        LogFound(release ?? "?", settings.Host!, settings.Port);
        _isLost = false;
    }

    /// <summary>Once: a receiver says it every second.</summary>
    private void ShowOdd(string field)
    {
        if (!_isOddSaid) LogOdd(settings.Host!, settings.Port, field);
        _isOddSaid = true;
    }

    private void ShowFix(bool hasFix)
    {
        if (hasFix != _hasFix) LogFix(hasFix ? "a fix" : "no fix");
        _hasFix = hasFix;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Speed comes from gpsd {Release} at {Host}:{Port}.")]
    private partial void LogFound(string release, string host, int port);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "gpsd at {Host}:{Port} sends {Field} that cannot be read; that field is left out, the rest is used."
    )]
    private partial void LogOdd(string host, int port, string field);

    [LoggerMessage(Level = LogLevel.Information, Message = "The satellite receiver has {Fix}.")]
    private partial void LogFix(string fix);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "gpsd at {Host}:{Port} is lost: {Reason}. The speed counts as fast; retrying."
    )]
    private partial void LogLost(string host, int port, string reason);
}
