using Microsoft.Extensions.Logging;

namespace DriverMonitor.Audit;

/// <summary>
/// Tells at the start and every hour how the log ends: whoever keeps these notices a log that was cut or written anew.
/// </summary>
internal sealed partial class AuditHeads(AuditLog audit, Action<long, string> tell, TimeProvider time, ILogger<AuditHeads> log)
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    private readonly ILogger _log = log;

    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Every, time);
        do Publish(); while (await timer.WaitForNextTickAsync(stop));
    }

    private void Publish()
    {
        try
        {
            var head = audit.Head();
            tell(head.Entries, head.Hash);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogUnreadable(e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The audit log cannot be read: {Why}")]
    private partial void LogUnreadable(string why);
}
