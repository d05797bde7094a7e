using Microsoft.Extensions.Logging;

namespace DriverMonitor.Audit;

/// <summary>
/// Tells at the start and every hour how the log ends, signed by the device: whoever keeps these notices a log that was cut or
/// written anew, and can prove it.
/// </summary>
/// <param name="vehicle"><c>tenant/vehicle</c>.</param>
internal sealed partial class AuditHeads(
    AuditLog audit, DeviceKey key, string vehicle, Action<AuditHead, SignedHead?> tell, TimeProvider time,
    ILogger<AuditHeads> log)
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
            tell(head, Sign(head));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogUnreadable(e.Message);
        }
    }

    /// <summary>A head that is not signed is better than none.</summary>
    private SignedHead? Sign(AuditHead head)
    {
        try
        {
            return key.Sign(vehicle, head);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogUnsigned(e.Message);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "How the audit log ends is told without a signature: {Why}")]
    private partial void LogUnsigned(string why);

    [LoggerMessage(Level = LogLevel.Error, Message = "The audit log cannot be read: {Why}")]
    private partial void LogUnreadable(string why);
}
