using System.Text.Json;
using DriverMonitor.Fleet.Feed;
using DriverMonitor.Fleet.Storage;
using DriverMonitor.Fleet.Wire;

namespace DriverMonitor.Fleet.Orders;

/// <summary>Puts what a vehicle answered beside the order that it answers. Only the vehicle that was asked can answer.</summary>
internal sealed class OrderAnswers(FleetDatabase database) : IFeedHandler
{
    public string Name => "order-answers";

    public IReadOnlyCollection<EventType> Wanted { get; } = [EventType.OrderAnswer];

    public async Task HandleAsync(IReadOnlyList<FeedEvent> events, CancellationToken stop)
    {
        await using var connection = await database.OpenAsync(FleetDatabase.EveryTenant, stop);
        foreach (var one in events)
        {
            if (IdOf(one.Body) is not { } id) continue;
            await connection.ExecuteAsync(
                "update orders set answer = @answer, answered_at = @at where id = @id and vehicle_id = @vehicle and answer is null", stop,
                ("answer", one.Body), ("at", one.ReceivedAt), ("id", id), ("vehicle", one.VehicleId));
        }
    }

    private static string? IdOf(string body)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("id", out var id)
            && id.ValueKind == JsonValueKind.String ? id.GetString() : null;
    }
}
