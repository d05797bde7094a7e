using System.Threading.Channels;
using DriverMonitor.Core.Commands;
using DriverMonitor.Fleet.Intake;

namespace DriverMonitor.Fleet.Tests.Support;

/// <summary>The way to vehicles; what is sent is kept, read as a vehicle reads it.</summary>
internal sealed class SentOrders : IIntake
{
    private readonly List<SignedCommand> _sent = [];

    public IReadOnlyList<SignedCommand> Sent
    {
        get { lock (_sent) return [.. _sent]; }
    }

    public bool CanRefuse => false;

    public ChannelReader<Delivery> Deliveries { get; } = Channel.CreateUnbounded<Delivery>().Reader;

    public Task RunAsync(CancellationToken stop) => Task.CompletedTask;

    public Task<bool> PublishAsync(string topic, ReadOnlyMemory<byte> body, CancellationToken stop)
    {
        var reading = CommandReader.Read(body.ToArray(), topic.Split('/')[^1]);
        lock (_sent) _sent.Add(reading.Order ?? throw new InvalidOperationException($"a vehicle would refuse it: {reading.Refusal} {reading.Where}"));
        return Task.FromResult(true);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
