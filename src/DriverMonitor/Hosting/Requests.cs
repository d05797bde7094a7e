using System.Threading.Channels;
using DriverMonitor.Core.Signals;

namespace DriverMonitor.Hosting;

/// <summary>What somebody asks of the judgement: the button, the page in the cab, an order from the fleet.</summary>
/// <param name="Acknowledge">The advice that stands was heard.</param>
/// <param name="Dispute">The last alert was wrong.</param>
/// <param name="Alert">This one was wrong.</param>
/// <param name="Allow">What may be judged from now on; null changes nothing.</param>
internal readonly record struct Request(
    bool Acknowledge = false, bool Dispute = false, Modalities? Allow = null, AlertName? Alert = null);

/// <summary>
/// The way from any thread into the loop. Requests become parts of observations, so that a recording replays them. Bounded:
/// nobody presses a button sixteen times between two pictures, and a newer press replaces an older one. What may be judged has
/// a place of its own: no number of presses pushes a withdrawal out.
/// </summary>
internal sealed class Requests
{
    private readonly Channel<Request> _waiting = Channel.CreateBounded<Request>(
        new BoundedChannelOptions(16) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>The newest <see cref="Modalities"/> that waits; negative for none.</summary>
    private int _allow = -1;

    /// <summary>Returns at once; the loop takes it within a tenth of a second.</summary>
    public void Ask(Request request)
    {
        if (request.Allow is { } allow) Interlocked.Exchange(ref _allow, (int)allow);
        if (request with { Allow = null } is var rest && rest != default) _waiting.Writer.TryWrite(rest);
    }

    /// <summary>What may be judged, then the oldest that waits; for the loop alone.</summary>
    public bool TryTake(out Request request)
    {
        if (Interlocked.Exchange(ref _allow, -1) is >= 0 and var allow)
        {
            request = new(Allow: (Modalities)allow);
            return true;
        }

        return _waiting.Reader.TryRead(out request);
    }
}
