using DriverMonitor.Core.Supervision;
using Microsoft.Extensions.Logging;

namespace DriverMonitor.Hosting;

/// <summary>
/// Where an uninterruptible supply says how the board is fed, on any thread: a loss is one line and one event at once, and the
/// service ends by itself while everything can still be written.
/// </summary>
/// <param name="end">Ends the service.</param>
internal sealed partial class PowerSupply(
    PowerPolicy policy, DeviceReport report, Action end, TimeProvider time, ILogger<PowerSupply> log)
{
    private readonly ILogger _log = log;
    private readonly long _start = time.GetTimestamp();
    private readonly Lock _gate = new();

    /// <param name="isAbsent">The supply is gone.</param>
    /// <param name="chargePercent">0 to 100; anything else is unknown.</param>
    public void Update(bool isAbsent, double? chargePercent = null)
    {
        var charge = chargePercent is >= 0 and <= 100 ? chargePercent : null;
        PowerStep step;
        lock (_gate) step = policy.Step(time.GetElapsedTime(_start), isAbsent, charge);
        switch (step)
        {
            case PowerStep.Lost:
                report.ReportTrouble(charge is { } percent
                    ? $"the supply is gone; the battery holds {percent:F0} %, and the service ends at {PowerPolicy.LowPercent:F0} %"
                    : "the supply is gone; the service ends before the rest of the power does");
                break;
            case PowerStep.Back:
                report.ReportWell("the supply is back");
                break;
            case PowerStep.End:
                LogEnds();
                end();
                break;
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The power will be gone soon: the service ends now, so that nothing is half written. It starts again by itself if the board stays on."
    )]
    private partial void LogEnds();
}
