using System.Collections.Immutable;

namespace DriverMonitor.Core.Commands;

/// <summary>
/// Decides whether an order that could be read is to be obeyed: it must be for this vehicle, be signed with a key it knows,
/// count upwards, not be out of date, and not be one of too many.
/// </summary>
/// <param name="address">This vehicle as orders name it: <c>tenant/vehicle</c>.</param>
/// <param name="keys">Names of the keys it obeys, and of the orders that each may sign.</param>
/// <param name="last">The last counter of each key, from the run before.</param>
public sealed class CommandReplayGuard(
    string address, IReadOnlyDictionary<string, IReadOnlySet<string>> keys, ImmutableDictionary<string, long> last)
{
    /// <summary>Orders obeyed within a minute; a fleet needs one or two.</summary>
    public const int MostObeyedAMinute = 10;

    /// <summary>Messages looked at within a minute: checking a signature costs time that a flood must not take.</summary>
    public const int MostReadAMinute = 30;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly Queue<TimeSpan> _read = new();
    private readonly Queue<TimeSpan> _obeyed = new();

    /// <summary>The last counter of each key that was accepted.</summary>
    public ImmutableDictionary<string, long> Counters { get; private set; } = last;

    /// <summary>Whether one more message may be looked at now.</summary>
    public bool MayRead(TimeSpan at) => IsRoom(_read, MostReadAMinute, at);

    /// <summary>What can be told without the key; null if nothing is against it.</summary>
    public CommandRefusal? CheckAddress(SignedCommand order) =>
        order.To != address && !IsWithoutTenant(order) ? CommandRefusal.OtherVehicle
        : !keys.TryGetValue(order.KeyId, out var may) ? CommandRefusal.UnknownSigner
        : !may.Contains(order.Order.Name) ? CommandRefusal.OutOfScope
        : null;

    /// <summary>
    /// For this vehicle, in the form before tenants were named: it would hold for another fleet's vehicle of the same name, and
    /// is read for one version more.
    /// </summary>
    public bool IsWithoutTenant(SignedCommand order) =>
        order.To == address[(address.IndexOf('/', StringComparison.Ordinal) + 1)..];

    /// <summary>
    /// The last word on an order whose signature is right; null if it is to be obeyed, and then its counter is used up.
    /// </summary>
    /// <param name="now">The time of day where it can be trusted, otherwise null: then the counter alone must do.</param>
    public CommandRefusal? Admit(SignedCommand order, TimeSpan at, DateTimeOffset? now)
    {
        if (order.Counter <= Counters.GetValueOrDefault(order.KeyId)) return CommandRefusal.Replayed;
        if (now > order.Expires) return CommandRefusal.Expired;
        if (!IsRoom(_obeyed, MostObeyedAMinute, at)) return CommandRefusal.Flooded;
        Counters = Counters.SetItem(order.KeyId, order.Counter);
        return null;
    }

    private static bool IsRoom(Queue<TimeSpan> times, int most, TimeSpan at)
    {
        while (times.TryPeek(out var oldest) && at - oldest >= Minute) times.Dequeue();
        if (times.Count >= most) return false;
        times.Enqueue(at);
        return true;
    }
}
