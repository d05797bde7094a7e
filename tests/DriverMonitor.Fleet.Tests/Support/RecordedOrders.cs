using System.Text.Json;
using System.Threading.Channels;
using DriverMonitor.Core.Commands;
using DriverMonitor.Fleet.Intake;

namespace DriverMonitor.Fleet.Tests.Support;

/// <summary>The way to vehicles; what is sent is kept, read as a vehicle reads it.</summary>
internal sealed class RecordedOrders : IIntake
{
    private readonly List<string> _orders = [];

    /// <summary>Nothing can be sent.</summary>
    public bool IsDown { get; set; }

    public bool CanRefuse => false;

    public ChannelReader<Delivery> Deliveries { get; } = Channel.CreateUnbounded<Delivery>().Reader;

    public Task RunAsync(CancellationToken stop) => Task.CompletedTask;

    public Task<bool> PublishAsync(string topic, ReadOnlyMemory<byte> body, CancellationToken stop)
    {
        if (IsDown) return Task.FromResult(false);
        var order = CommandReader.Read(body.ToArray(), topic.Split('/')[^1]).Order
            ?? throw new InvalidOperationException("a vehicle would refuse it");
        var mark = (FleetCommand.HighWaterMark)order.Order;
        var missing = string.Join(' ', mark.Missing.Select(range => $"{range.From}-{range.To}"));
        _orders.Add($"{order.To} up to {mark.UpTo} missing {(missing.Length > 0 ? missing : "none")}");
        return Task.FromResult(true);
    }

    /// <summary>What was sent since the last call.</summary>
    public string Take()
    {
        var all = string.Join(", ", _orders);
        _orders.Clear();
        return all;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
