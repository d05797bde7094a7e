using System.Threading.Channels;

namespace DriverMonitor.Fleet.Intake;

/// <summary>Where vehicles' messages come from: the broker inside this process, or a cluster of brokers outside.</summary>
internal interface IIntake : IAsyncDisposable
{
    /// <summary>
    /// Messages in order of arrival. Bounded: while nobody reads, the broker is not acknowledged and waits; nothing is dropped.
    /// </summary>
    ChannelReader<Delivery> Deliveries { get; }

    /// <summary>Messages can come.</summary>
    bool IsConnected => true;

    /// <summary>Whether a refused message makes its sender wait; else it must be kept until it can be stored.</summary>
    bool CanRefuse { get; }

    /// <summary>Connects, and connects again after every loss, until <paramref name="stop"/>.</summary>
    Task RunAsync(CancellationToken stop);

    /// <summary>Publishes an order at QoS 1 with five minutes to live, not retained.</summary>
    /// <returns>False if the broker could not be told; the caller decides whether to try again.</returns>
    Task<bool> PublishAsync(string topic, ReadOnlyMemory<byte> body, CancellationToken stop);
}
