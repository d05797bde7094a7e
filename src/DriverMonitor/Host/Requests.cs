using System.Threading.Channels;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Host;

/// <summary>What somebody asks of the judgement: the button, the page in the cab, an order from the fleet.</summary>
/// <param name="Acknowledge">The advice that stands was heard.</param>
/// <param name="Dispute">The last alert was wrong.</param>
/// <param name="Alert">This one was wrong.</param>
/// <param name="Allow">What may be judged from now on; null changes nothing.</param>
internal readonly record struct Request(bool Acknowledge = false, bool Dispute = false, Modalities? Allow = null, AlertName? Alert = null);

/// <summary>
/// The way from any thread into the loop. Requests become parts of observations, so that a recording replays them. Bounded:
/// nobody presses a button sixteen times between two pictures, and a newer wish replaces an older one.
/// </summary>
internal sealed class Requests
{
    private readonly Channel<Request> _waiting = Channel.CreateBounded<Request>(
        new BoundedChannelOptions(16) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>Returns at once; the loop takes it within a quarter of a second.</summary>
    public void Ask(Request request) => _waiting.Writer.TryWrite(request);

    /// <summary>The oldest that waits; for the loop alone.</summary>
    public bool TryTake(out Request request) => _waiting.Reader.TryRead(out request);
}
