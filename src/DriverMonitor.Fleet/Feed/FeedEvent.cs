using System.Data.Common;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Feed;

/// <summary>A stored event, as far as what happens after the storing needs it.</summary>
internal sealed record FeedEvent(
    int Tenant, string TenantName, int VehicleId, string Vehicle, long Epoch, long Seq, EventType Type, EventKind Kind, int Level,
    long At, long ReceivedAt, string? Episode, string? Rule, string Body)
{
    /// <summary>When it happened, Unix milliseconds; null while no clock vouches for it.</summary>
    public long? HappenedAt { get; init; }

    /// <summary>As on the wire.</summary>
    public string Id => $"{Vehicle}:{(ulong)Epoch:x16}:{Seq}";
}

/// <summary>
/// Something that follows from stored events. It sees each at least once, so it must not mind to see one again.
/// </summary>
internal interface IFeedHandler
{
    /// <summary>Under which it is remembered how far it has read; never changed.</summary>
    string Name { get; }

    /// <summary>What it wants to see.</summary>
    IReadOnlyCollection<EventType> Wanted { get; }

    /// <summary>Whether anybody cares now; what passes meanwhile is not shown later.</summary>
    Task<bool> IsWantedAsync(DbConnection connection, CancellationToken stop) => Task.FromResult(true);

    Task HandleAsync(IReadOnlyList<FeedEvent> events, CancellationToken stop);
}
