using System.Diagnostics;
using DriverMonitor.Core;
using DriverMonitor.Core.Events;
using DriverMonitor.Core.Privacy;
using DriverMonitor.Core.Signals;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Hosting;

/// <summary>Alerts and changes of the senses as log lines; no measures and nothing personal.</summary>
/// <param name="sinceStart">How long the program runs; null leaves the first picture unsaid.</param>
internal sealed partial class LogSink(ILogger<LogSink> log, Func<TimeSpan>? sinceStart = null, DisclosurePolicy policy = default)
    : IEventSink
{
    private readonly ILogger _log = log;
    private static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(1);

    private Func<TimeSpan>? _sinceStart = sinceStart;
    private (TimeSpan At, DateTimeOffset Wall)? _clock;

    /// <summary>Since the operating system made this process.</summary>
    public static TimeSpan ProcessAge(TimeProvider time)
    {
        using var us = Process.GetCurrentProcess();
        return time.GetUtcNow() - us.StartTime.ToUniversalTime();
    }

    public void Emit(in Observation seen, in Outcome outcome)
    {
        if (_sinceStart is not null && seen.Face is { Sight: not Sight.NoFrame })
        {
            var seconds = _sinceStart().TotalSeconds;
            _sinceStart = null;
            LogFirst(seconds);
        }

        if (seen.Wall is { } wall) UpdateClock(seen.At, wall.Local);
        if (outcome.Events.IsDefaultOrEmpty || !_log.IsEnabled(LogLevel.Information)) return;

        foreach (var happened in outcome.Events)
        {
            Log(happened);
        }
    }

    private void Log(MonitorEvent happened)
    {
        if (happened is MonitorEvent.Alert alert)
        {
            var rule = NameOf(alert.Rule);
            LogAlert(alert.Phase, rule, alert.Level);
        }
        else if (happened is MonitorEvent.Dispute dispute)
        {
            var rule = NameOf(dispute.Rule);
            LogDispute(rule, dispute.Level);
        }
        else if (happened is MonitorEvent.Status status && policy.Allows(Audience.Log, status.Kind))
        {
            LogStatus(status.Kind, status.Detail);
        }
    }

    private string NameOf(AlertRule rule) => policy.Names(Audience.Log, rule) ? $"{rule}" : DisclosurePolicy.DriverState;

    /// <summary>Windows and timers do not care; who reads the log or a report later must know.</summary>
    private void UpdateClock(TimeSpan at, DateTimeOffset wall)
    {
        if (_clock is { } before && wall - before.Wall - (at - before.At) is var set && set.Duration() > ClockSlack)
            LogClock(set.TotalMinutes);
        _clock = (at, wall);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Alert {Phase}: {Rule}, level {Level}.")]
    private partial void LogAlert(AlertPhase phase, string rule, AlertLevel level);

    [LoggerMessage(Level = LogLevel.Information, Message = "The driver disputes an alert: {Rule}, level {Level}.")]
    private partial void LogDispute(string rule, AlertLevel level);

    [LoggerMessage(Level = LogLevel.Information, Message = "The clock was set by {Minutes:+0;-0} minutes.")]
    private partial void LogClock(double minutes);

    [LoggerMessage(Level = LogLevel.Information, Message = "The first picture is judged, {Seconds:0.0} s after the start.")]
    private partial void LogFirst(double seconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "Status: {Kind} {Detail}")]
    private partial void LogStatus(StatusKind kind, string? detail);
}
