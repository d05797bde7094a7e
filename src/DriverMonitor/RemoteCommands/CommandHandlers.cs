using DriverMonitor.Configuration;
using DriverMonitor.Core.Commands;

namespace DriverMonitor.RemoteCommands;

/// <summary>
/// What an order can set in motion; the parts themselves live elsewhere. Failures are thrown as
/// <see cref="OrderFailedException"/>.
/// </summary>
internal sealed record CommandHandlers
{
    public required Action<FleetCommand.HighWaterMark> Mark { get; init; }

    /// <summary>How many of the events from first to last are still there and go out again.</summary>
    public required Func<long, long, int> Resend { get; init; }

    public required Action<IReadOnlyList<ConfigChange>> Configure { get; init; }
    public required Action<FleetCommand.ConsentRequest> AskDriver { get; init; }

    /// <summary>How many files were deleted.</summary>
    public required Func<string, int> Erase { get; init; }

    /// <summary>What is to be said of the export, and the sealed bundle if it may go along.</summary>
    public required Func<FleetCommand.ExportDriver, (string Detail, string? Bundle)> Export { get; init; }

    /// <summary>Puts a renewed certificate, X.509 in DER, in the place of the present one.</summary>
    public required Action<byte[]> Renew { get; init; }

    /// <summary>What is to be said of a version that is to be installed.</summary>
    public Func<FleetCommand.UpdateProgram, string> Update { get; init; } =
        _ => throw new OrderFailedException(CommandRefusal.NotAllowed, "updates are not ordered here");

    public required Func<CancellationToken, Task<IReadOnlyList<CheckLine>>> LocateFault { get; init; }
}

/// <summary>An order was right and cannot be obeyed; the message is a few words for the answer, nothing personal.</summary>
internal sealed class OrderFailedException(CommandRefusal refusal, string detail, Exception? inner = null)
    : Exception(detail, inner)
{
    public CommandRefusal Refusal { get; } = refusal;
}
