using System.Net.Sockets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Hosting;

/// <summary>
/// Tells systemd what the heartbeat says: ready at the first judged picture (or when it is told that there is none), then
/// signs of life, and how it is whenever that changes. It keeps silent when the heart does, and systemd starts us again. It
/// has a timer of its own, so that a systemd that is slow to listen cannot hold up the loop.
/// </summary>
internal sealed partial class SystemdWatchdog(
    Liveness heart,
    ISystemdNotifier systemd,
    SupervisedPart part,
    TimeProvider time,
    ILogger<SystemdWatchdog> log
) : BackgroundService
{
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(0.5);
    private static readonly ServiceState SignOfLife = new("WATCHDOG=1");

    private readonly ILogger _log = log;
    private bool _isReady;
    private bool _isUnheard;
    private string _said = "";

    /// <summary>
    /// By what systemd puts into the environment: the framework looks at the parent process, which ProtectProc=invisible
    /// hides, and then no line would carry a priority.
    /// </summary>
    public static bool IsStartedBySystemd { get; } = new[] { "INVOCATION_ID", "JOURNAL_STREAM", "NOTIFY_SOCKET" }
        .Any(name => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)));

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        Notify(ServiceState.Stopping);
        return base.StopAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => part.RunAsync(WatchAsync, stoppingToken);

    private async Task WatchAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Often, time);
        while (await timer.WaitForNextTickAsync(stoppingToken)) Notify(heart.Read());
    }

    private void Notify(in LivenessState pulse)
    {
        if (!pulse.HasBegun) return;
        if (!_isReady) _isReady = Notify(ServiceState.Ready);
        if (pulse.Words != _said && Notify(new ServiceState($"STATUS={pulse.Words}"))) _said = pulse.Words;
        if (pulse.IsAlive) Notify(SignOfLife);
    }

    private bool Notify(ServiceState state)
    {
        try
        {
            systemd.Notify(state);
            return !(_isUnheard = false);
        }
        catch (SocketException e)
        {
            // Watching goes on. If nobody hears us for long, systemd starts us again.
            if (!_isUnheard) LogUnheard(e.Message);
            return !(_isUnheard = true);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "systemd cannot be told how the monitor is: {Why}")]
    private partial void LogUnheard(string why);
}
